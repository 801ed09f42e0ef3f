"""What waits for a person, over all apps: whose turn is theirs, and where they take it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecluster.accounts.permissions import Permission
from ecluster.prepared import prepared
from equipment.queries.turns import waiting_for
from equipment.statuses import BookingStatus, WaitingStatus
from members.belonging import current_affiliations, managed_organisation_ids
from members.models import Expert, Membership, MiniCluster, Organisation
from members.reading import READER, Reader, asked_by
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
    return [
        *_applications(user),
        *_expert_applications(user),
        *_equipment(user),
        *_own_expert_profile(user),
        *_own_organisations(user),
    ]


def _applications(user) -> Iterator[Turn]:
    if not user.may(Permission.REVIEW_MEMBERSHIP):
        return
    mine = [m.pk for m in _mini_clusters() if coordinates(user, m)]
    number = _number(_awaiting_review(mini_clusters=mine, **asked_by(user)))
    if number:
        what = ngettext("%d application waits for a decision", "%d applications wait for a decision", number) % number
        yield Turn(what, _("Decide"), f"{reverse('members:membership-list')}?status=applied")


def _expert_applications(user) -> Iterator[Turn]:
    if not user.may(Permission.DECIDE_EXPERT):
        return
    number = _number(_awaiting_decision(**asked_by(user)))
    if number:
        what = ngettext("%d expert asks to join the pool", "%d experts ask to join the pool", number) % number
        yield Turn(what, _("Decide"), reverse("members:expert-applications"))


def _equipment(user) -> Iterator[Turn]:
    """What is kept for somebody only for a while comes first."""
    waiting, mine = waiting_for(user), reverse("equipment:booking-list")
    if number := waiting.get(WaitingStatus.OFFERED):
        what = ngettext("%d time that you waited for came free", "%d times that you waited for came free", number)
        yield Turn(what % number, _("Take it"), f"{mine}?show=waiting")
    if number := waiting.get(BookingStatus.REQUESTED):
        what = ngettext("%d request for a machine waits for you", "%d requests for machines wait for you", number)
        yield Turn(what % number, _("Decide"), reverse("equipment:desk"))
    if number := waiting.get(BookingStatus.APPROVED):
        what = ngettext("%d use of a machine is not logged yet", "%d uses of machines are not logged yet", number)
        yield Turn(what % number, _("Log it"), mine)


def _own_expert_profile(user) -> Iterator[Turn]:
    for invited in _invited(**asked_by(user)):
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


# --- Asked at each visit of the front page ---------------------------------------------------------------------


@prepared()
def _mini_clusters() -> QuerySet:
    return MiniCluster.objects.order_by()


@prepared(mini_clusters=BigIntegerField(), **READER)
def _awaiting_review(mini_clusters, **reader) -> QuerySet:
    visible = Membership.objects.visible_to(Reader(**reader))
    return _counted(visible.awaiting_review().filter(mini_cluster__pk__in=mini_clusters))


@prepared(**READER)
def _awaiting_decision(**reader) -> QuerySet:
    return _counted(Expert.objects.visible_to(Reader(**reader)).awaiting_decision())


@prepared(**READER)
def _invited(**reader) -> QuerySet:
    visible = Expert.objects.visible_to(Reader(**reader))
    return visible.filter(user=reader["reader_pk"], status=ExpertStatus.INVITED).only("pk")


def _counted(rows: QuerySet) -> QuerySet:
    return rows.order_by().values("status").annotate(number=Count("pk")).values_list("number", flat=True)


def _number(counted: list[int]) -> int:
    """How many of one status there are: no row where there are none."""
    return counted[0] if counted else 0
