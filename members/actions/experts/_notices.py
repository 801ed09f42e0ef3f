"""What people are told about the pool."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.actions.welcoming import link_to_set_password
from ecluster.accounts.mailing import send_mail_to
from ecluster.accounts.models import Appointment, User
from ecluster.accounts.permissions import ROLE_PERMISSIONS, Permission
from ecluster.notifications.actions import notify
from ecluster.notifications.kinds import NoticeKind, register
from members.models import Engagement, Expert

APPLICATIONS = register(
    NoticeKind("experts.applications", _("Applications to the expert pool, and answers to invitations"))
)
POOL = register(NoticeKind("experts.pool", _("Your place in the expert pool, and work recorded for you")))

_ANSWERED = {
    "join": _("%(person)s joined the expert pool"),
    "refuse": _("%(person)s does not wish to join the expert pool"),
    "leave": _("%(person)s left the expert pool"),
}
_DECIDED = {
    "accept": _("You are in the expert pool"),
    "decline": _("Your application to the expert pool was declined"),
    "remove": _("You are no longer in the expert pool"),
}


def application_arrived(expert: Expert) -> None:
    context = {"person": expert.user, "expert": expert}
    _tell(
        _deciders(),
        APPLICATIONS,
        _("%(person)s applies to the expert pool"),
        context,
        reverse("members:expert-applications"),
    )


def invited(expert: Expert, *, by: User, is_new_here: bool) -> None:
    context = {"person": expert.user, "expert": expert, "by": by}
    if is_new_here:
        _mail_newcomer(expert.user, context)
        return
    template = "members/emails/expert_invited.txt"
    subject = _("You are invited to join the expert pool")
    notify([expert.user], kind=POOL, subject=subject, template=template, context=context, url=expert.get_absolute_url())


def answered(expert: Expert, action: str) -> None:
    _tell(_deciders(), APPLICATIONS, _ANSWERED[action], {"person": expert.user}, expert.get_absolute_url())


def decided(expert: Expert, action: str) -> None:
    notify(
        [expert.user],
        kind=POOL,
        subject=_DECIDED[action],
        template="members/emails/expert_decided.txt",
        context={"action": action, "reason": expert.decision_reason},
        url=expert.get_absolute_url(),
    )


def work_began(engagement: Engagement) -> None:
    expert = engagement.expert
    _tell(
        [expert.user],
        POOL,
        _("Recorded for you: %(work)s"),
        {"work": engagement.title},
        expert.get_absolute_url(),
    )


def _tell(people: list[User], kind: NoticeKind, subject, context: dict, url: str) -> None:
    notify(people, kind=kind, subject=subject, context=context, url=url)


def _deciders() -> list[User]:
    offices = [role for role, permissions in ROLE_PERMISSIONS.items() if Permission.DECIDE_EXPERT in permissions]
    terms = Appointment.objects.in_force().filter(office__in=offices).select_related("user")
    return [term.user for term in terms]


def _mail_newcomer(person: User, context: dict) -> None:
    """Who is new here reads how to enter: by the link of a forgotten password, then to the question."""
    with translation.override(person.language):
        page = settings.SITE_URL + context["expert"].get_absolute_url()
        body = render_to_string(
            "members/emails/expert_invited_newcomer.txt",
            context | {"link": link_to_set_password(person), "page": page},
        )
        subject = gettext("You are invited to join the expert pool")
    send_mail_to.enqueue(person.email, subject=subject, body=body, language=person.language)
