"""What waits for a person, over all apps: whose turn is theirs, and where they take it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecluster.accounts.permissions import Permission
from members.belonging import current_affiliations, managed_organisation_ids
from members.models import Expert, Membership, MiniCluster, Organisation
from members.rules import coordinates
from members.statuses import ExpertStatus


@dataclass(frozen=True)
class Turn:
    """Something to do: `what` in a sentence, `action` the word on the button that leads to `url`."""

    what: str
    action: str
    url: str


def turns_of(user) -> list[Turn]:
    """The most pressing first."""
    if not user.is_authenticated:
        return []
    return [*_applications(user), *_expert_applications(user), *_own_expert_profile(user), *_own_organisations(user)]


def _applications(user) -> Iterator[Turn]:
    if not user.may(Permission.REVIEW_MEMBERSHIP):
        return
    mine = [m.pk for m in MiniCluster.objects.select_related("team") if coordinates(user, m)]
    number = Membership.objects.visible_to(user).awaiting_review().filter(mini_cluster__in=mine).count()
    if number:
        what = ngettext("%d application waits for a decision", "%d applications wait for a decision", number) % number
        yield Turn(what, _("Decide"), f"{reverse('members:membership-list')}?status=applied")


def _expert_applications(user) -> Iterator[Turn]:
    if not user.may(Permission.DECIDE_EXPERT):
        return
    number = Expert.objects.visible_to(user).awaiting_decision().count()
    if number:
        what = ngettext("%d expert asks to join the pool", "%d experts ask to join the pool", number) % number
        yield Turn(what, _("Decide"), reverse("members:expert-applications"))


def _own_expert_profile(user) -> Iterator[Turn]:
    invited = Expert.objects.visible_to(user).filter(user=user, status=ExpertStatus.INVITED).first()
    if invited:
        yield Turn(_("You are invited to the expert pool"), _("Answer"), invited.get_absolute_url())


def _own_organisations(user) -> Iterator[Turn]:
    for affiliation in current_affiliations(user) if managed_organisation_ids(user) else ():
        if affiliation.is_manager and not affiliation.organisation.merged_into_id:
            yield from _upkeep(affiliation.organisation)


def _upkeep(organisation: Organisation) -> Iterator[Turn]:
    if not organisation.is_fresh:
        what = _("Nobody confirmed the profile of %(name)s within a year") % {"name": organisation.name}
        yield Turn(what, _("Look through it"), organisation.get_absolute_url())
    elif organisation.completeness < 100:
        what = _("The profile of %(name)s is %(percent)d %% complete") % {
            "name": organisation.name,
            "percent": organisation.completeness,
        }
        yield Turn(what, _("Add what is missing"), organisation.get_absolute_url())
