"""The members' part of a person's data, and of closing their account."""

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.actions.people import anonymous_address
from ecluster.accounts.closing import Closing
from ecluster.accounts.models import User
from ecluster.search import engine as search
from ecluster.workflow import move
from members.actions.people import finish, is_last_manager
from members.importing import privacy as imports
from members.models import Affiliation, Application, Engagement, Expert, Invitation, Organisation
from members.statuses import ExpertStatus

_EXPERT_FIELDS = [
    *("status", "headline_ko", "headline_en", "biography_ko", "biography_en", "employer", "position"),
    *("is_public", "languages", "availability", "away_until", "limit", "confirmed_on"),
]


def held(user: User) -> dict:
    expert = Expert.objects.filter(user=user).first()
    return {
        "affiliations": [
            {
                "organisation": row.organisation.name,
                "title": row.title,
                "is_manager": row.is_manager,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
            }
            for row in user.affiliations.select_related("organisation")
        ],
        "expert": {name: getattr(expert, name) for name in _EXPERT_FIELDS} if expert else None,
        "specialities": [term.name for term in expert.specialities.all()] if expert else [],
        "engagements": list(
            Engagement.objects.filter(expert__user=user).values(
                "title_ko", "title_en", "field", "started_on", "ended_on", "rating"
            )
        ),
        "applications": list(
            _applications(user).values("contact_name", "contact_email", "contact_phone", "contact_title", "sent_at")
        ),
        "invitations_to_you": list(
            _invitations_to(user).values("organisation__name_ko", "organisation__name_en", "name", "title")
        ),
        "organisations_that_name_you_as_contact": list(
            _named_by(user).values("name_ko", "name_en", "contact_name", "contact_email", "contact_phone")
        ),
        "imported_rows": imports.held(user),
    }


def closing(user: User) -> Closing:
    affiliations = list(user.affiliations.filter(ends_on=None).select_related("organisation", "user"))
    is_expert = Expert.objects.filter(user=user).exists()
    return Closing(
        carry_out=lambda: _let_go(user),
        erased=_erased(affiliations, is_expert),
        kept=_kept(user, is_expert),
        warnings=[
            format_lazy(
                _("You are the only manager of {organisation}. Make somebody else manager first."),
                organisation=affiliation.organisation.name,
            )
            for affiliation in affiliations
            if is_last_manager(affiliation)
        ],
    )


def _erased(affiliations: list[Affiliation], is_expert: bool) -> list[str | Promise]:
    sentences: list[str | Promise] = [_("Your name wherever an application, an invitation or a contact has it.")]
    if affiliations:
        sentences.append(_("Your place in your organisation: it ends today."))
    if is_expert:
        sentences.append(_("Your expert profile: you leave the pool, and what you wrote about yourself is erased."))
    return sentences


def _kept(user: User, is_expert: bool) -> list[str | Promise]:
    sentences: list[str | Promise] = []
    if user.affiliations.exists():
        sentences.append(_("That somebody belonged to your organisation from when to when, without your name."))
    if is_expert and user.expert.engagements.exists():  # type: ignore[attr-defined]
        sentences.append(_("The work you did as an expert, without your name: public money was spent on it."))
    return [*sentences, *imports.kept(user)]


def _let_go(user: User) -> None:
    for affiliation in user.affiliations.filter(ends_on=None).select_related("organisation", "user"):
        finish(affiliation, by=user)
    _leave_the_pool(user)
    imports.let_go(user)
    address = anonymous_address(user)
    _applications(user).update(contact_name="", contact_email=address, contact_phone="", contact_title="")
    _named_by(user).update(contact_name="", contact_email="", contact_phone="")
    _invitations_to(user).filter(accepted_at=None).delete()
    _invitations_to(user).update(email=address, name="", title="")


def _leave_the_pool(user: User) -> None:
    expert = Expert.objects.filter(user=user).first()
    if expert is None:
        return
    if expert.status == ExpertStatus.ACCEPTED:
        move(expert, "leave", by=user)
    expert.headline_ko = expert.headline_en = expert.biography_ko = expert.biography_en = ""
    expert.employer = expert.position = expert.decision_reason = ""
    expert.organisation, expert.is_public, expert.languages = None, False, []
    expert.save()
    expert.specialities.clear()
    search.remove([expert])


def _applications(user: User):
    return Application.objects.filter(Q(sent_by=user) | Q(contact_email__iexact=user.email))


def _invitations_to(user: User):
    return Invitation.objects.filter(email__iexact=user.email)


def _named_by(user: User):
    return Organisation.objects.filter(contact_email__iexact=user.email)
