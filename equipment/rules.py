"""The conditions on a machine or a booking that go with a permission; `ecluster.accounts.access` asks them."""

from ecluster.accounts.access import object_rule
from ecluster.accounts.permissions import Permission
from equipment.models import Access, Booking, Equipment, UserClass
from members.belonging import managed_organisation_ids, own_organisation_ids
from members.models import Membership
from members.rules import coordinates_any_of
from members.statuses import MembershipStatus


def machine_of(obj: Equipment | Booking) -> Equipment:
    return obj if isinstance(obj, Equipment) else obj.equipment


@object_rule(Permission.KEEP_EQUIPMENT)
def keeps(user, obj) -> bool:
    """The owner's managers, and those of the owner's people whom they made keepers."""
    machine = machine_of(obj)
    if machine.owner_id in managed_organisation_ids(user):
        return True
    if machine.pk is None:  # about to be entered: there are no keepers yet
        return False
    return machine.owner_id in own_organisation_ids(user) and machine.keepers.filter(pk=user.pk).exists()


@object_rule(Permission.EDIT_EQUIPMENT)
def keeps_or_coordinates(user, obj) -> bool:
    machine = machine_of(obj)
    return keeps(user, machine) or (user.may(Permission.REVIEW_MEMBERSHIP) and coordinates_any_of(user, machine.owner))


@object_rule(Permission.BOOK_EQUIPMENT)
def may_use(user, equipment: Equipment) -> bool:
    if equipment.access == Access.ANYONE or equipment.owner_id in own_organisation_ids(user):
        return True
    if equipment.access == Access.MEMBERS:
        return user.may(Permission.VIEW_MEMBERS_SIDE)
    return equipment.access == Access.MINI_CLUSTER and shares_mini_cluster(user, equipment)


@object_rule(Permission.CHANGE_BOOKING)
def booked_or_keeps(user, booking: Booking) -> bool:
    """Whose it is, their organisation's managers, and the machine's keepers."""
    return (
        booking.person_id == user.pk
        or booking.organisation_id in managed_organisation_ids(user)
        or keeps(user, booking.equipment)
    )


def shares_mini_cluster(user, equipment: Equipment) -> bool:
    active = Membership.objects.filter(status=MembershipStatus.ACTIVE)
    theirs = active.filter(organisation__in=own_organisation_ids(user)).values("mini_cluster")
    return active.filter(organisation=equipment.owner_id, mini_cluster__in=theirs).exists()


def user_class_of(user, equipment: Equipment) -> UserClass:
    """What `user` is to the owner: the rate goes by it."""
    if equipment.owner_id in own_organisation_ids(user):
        return UserClass.OWNER
    if shares_mini_cluster(user, equipment):
        return UserClass.MINI_CLUSTER
    return UserClass.MEMBER if user.may(Permission.VIEW_MEMBERS_SIDE) else UserClass.OUTSIDER
