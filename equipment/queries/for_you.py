"""What machines are to one person: may they use it, what an hour costs them, what they have to learn first.

For a page of machines in three queries, however many there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from ecluster.accounts.permissions import Permission
from equipment.costs import cost
from equipment.models import Access, Equipment, Operation, Rate, Training, UserClass
from members.belonging import own_organisation_ids
from members.models import Membership


@dataclass(frozen=True)
class ForYou:
    """`needs_training`: nobody operates it for them, and they have not learnt it, or too long ago."""

    may_use: bool
    user_class: UserClass
    krw_per_hour: int
    needs_training: bool
    is_trained: bool

    def cost_of(self, minutes: int) -> int:
        return cost(minutes, self.krw_per_hour)


def for_you(machines: Sequence[Equipment], user) -> dict[int, ForYou]:
    """By the machine's key. A visitor is told what it would be for whoever opens an account."""
    neighbours = _in_the_same_mini_clusters(machines, user)
    rates = _rates(machines)
    trained = _trained(machines, user)
    found = {}
    for machine in machines:
        user_class = _class(machine, user, neighbours)
        found[machine.pk] = ForYou(
            may_use=_may_use(machine, user, user_class),
            user_class=user_class,
            krw_per_hour=rates.get((machine.pk, user_class), 0),
            needs_training=bool(machine.training) and machine.operation == Operation.SELF and machine.pk not in trained,
            is_trained=machine.pk in trained,
        )
    return found


def _class(machine: Equipment, user, neighbours: set[int]) -> UserClass:
    """As `rules.user_class_of`, for many at once."""
    if not user.is_authenticated:
        return UserClass.OUTSIDER
    if machine.owner_id in own_organisation_ids(user):
        return UserClass.OWNER
    if machine.owner_id in neighbours:
        return UserClass.MINI_CLUSTER
    return UserClass.MEMBER if user.may(Permission.VIEW_MEMBERS_SIDE) else UserClass.OUTSIDER


def _may_use(machine: Equipment, user, user_class: UserClass) -> bool:
    """As the rule of BOOK_EQUIPMENT."""
    if machine.access == Access.ANYONE:
        return True
    if not user.is_authenticated:
        return False
    if machine.access == Access.MEMBERS:
        return user_class == UserClass.OWNER or user.may(Permission.VIEW_MEMBERS_SIDE)
    return user_class == UserClass.OWNER or (
        machine.access == Access.MINI_CLUSTER and user_class == UserClass.MINI_CLUSTER
    )


def _in_the_same_mini_clusters(machines: Iterable[Equipment], user) -> set[int]:
    """The owners that share a mini-cluster with an organisation of the person's."""
    own = own_organisation_ids(user) if user.is_authenticated else set()
    owners = {machine.owner_id for machine in machines} - own
    if not own or not owners:
        return set()
    theirs = Membership.objects.active().filter(organisation__in=own).values("mini_cluster")
    shared = Membership.objects.active().filter(organisation__in=owners, mini_cluster__in=theirs)
    return set(shared.order_by().values_list("organisation_id", flat=True))


def _rates(machines: Iterable[Equipment]) -> dict[tuple[int, str], int]:
    rows = Rate.objects.filter(equipment__in=[machine.pk for machine in machines]).order_by()
    return {
        (pk, user_class): krw for pk, user_class, krw in rows.values_list("equipment", "user_class", "krw_per_hour")
    }


def _trained(machines: Iterable[Equipment], user) -> set[int]:
    """Those of the machines that the person has learnt, and it still counts today."""
    asking = [machine.pk for machine in machines if machine.training]
    if not asking or not user.is_authenticated:
        return set()
    rows = Training.objects.filter(person=user, equipment__in=asking).values_list("equipment", "expires_on")
    return {pk for pk, expires_on in rows if expires_on is None or expires_on >= timezone.localdate()}
