"""The waiting list of a machine: getting on it, taking what is offered, leaving it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from ecluster.tasks.background import background
from ecluster.workflow import WrongStatus, move
from equipment import following
from equipment.actions._machine import lock
from equipment.actions.bookings import request
from equipment.errors import Refused
from equipment.models import Booking, Equipment, WaitingEntry
from equipment.policy import operated, violations
from equipment.slots import clashes
from equipment.statuses import EquipmentStatus, WaitingStatus
from equipment.waiting import offer_next
from members.belonging import own_organisation_ids
from members.models import Organisation


@transaction.atomic
def wait_for(
    *,
    equipment: Equipment,
    starts_at: datetime,
    ends_at: datetime,
    by: User,
    organisation: Organisation | None = None,
    purpose: str = "",
    is_operated: bool = False,
) -> WaitingEntry:
    """Raises Refused where the policy would not let them have that time anyhow, ValidationError where it is free."""
    require(by, Permission.BOOK_EQUIPMENT, equipment)
    if organisation and organisation.pk not in own_organisation_ids(by):
        raise PermissionDenied(f"{by} does not belong to {organisation}")
    equipment = lock(equipment)
    _refuse(equipment, starts_at, ends_at, by, is_operated=is_operated)
    entry = WaitingEntry.objects.create(
        equipment=equipment,
        person=by,
        organisation=organisation,
        starts_at=starts_at,
        ends_at=ends_at,
        purpose=purpose,
        is_operated=operated(equipment, is_operated),
    )
    record(target=entry, action="wait", by=by, changes={"starts_at": [None, starts_at], "ends_at": [None, ends_at]})
    return entry


@transaction.atomic
def take(*, entry: WaitingEntry, by: User) -> Booking:
    """Books the time that is kept for `by`; where the owner approves each booking, as a request.

    Raises WrongStatus once the offer has lapsed, Refused where the rules say no by now.
    """
    entry = _own(entry, by)
    if entry.status != WaitingStatus.OFFERED or entry.offered_until is None or entry.offered_until <= timezone.now():
        raise WrongStatus(entry, "take")
    booking = request(
        equipment=entry.equipment,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        by=by,
        organisation=entry.organisation,
        purpose=entry.purpose,
        is_operated=entry.is_operated,
    )
    move(entry, "take", by=by)
    return booking


@transaction.atomic
def withdraw(*, entry: WaitingEntry, by: User) -> WaitingEntry:
    """What was offered to them goes to the next."""
    entry = _own(entry, by)
    was_offered = entry.status == WaitingStatus.OFFERED
    move(entry, "withdraw", by=by)
    if was_offered:
        offer_next(entry.equipment)
    return entry


@background()
def lapse_offers() -> None:
    """Offers nobody took go to the next; who waited for a time that has begun waits no longer."""
    now = timezone.now()
    due = WaitingEntry.objects.offered().filter(offered_until__lte=now)
    due |= WaitingEntry.objects.waiting().filter(starts_at__lte=now)
    for pk in due.order_by("pk").values_list("pk", flat=True):
        _lapse(pk)


@transaction.atomic
def _lapse(pk: int) -> None:
    entry = _with_its_machine(pk)
    was_offered = entry.status == WaitingStatus.OFFERED
    ends_at = entry.offered_until if was_offered else entry.starts_at
    is_standing = entry.status in (WaitingStatus.WAITING, WaitingStatus.OFFERED)
    if not is_standing or ends_at is None or ends_at > timezone.now():
        return  # taken or withdrawn meanwhile
    move(entry, "lapse", by=None)
    following.lapsed(entry, was_offered=was_offered)
    if was_offered:
        offer_next(entry.equipment)


def _refuse(equipment: Equipment, starts_at: datetime, ends_at: datetime, by: User, *, is_operated: bool) -> None:
    if starts_at <= timezone.now() or ends_at <= starts_at:
        raise ValidationError(_("Wait for a time that is yet to come, and that ends after it begins."))
    if equipment.status == EquipmentStatus.RETIRED:
        raise ValidationError(_("This machine is retired: nothing comes free on it."))
    told = violations(equipment, by, starts_at, ends_at, is_operated=is_operated)
    if told:
        raise Refused(equipment, by, starts_at, ends_at, violations=told)
    if not clashes(equipment, starts_at, ends_at, person=by):
        raise ValidationError(_("This time is free: book it."))
    standing = WaitingEntry.objects.filter(
        status__in=[WaitingStatus.WAITING, WaitingStatus.OFFERED], equipment=equipment, person=by
    )
    if standing.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise ValidationError(_("You wait for this time already."))


def _with_its_machine(pk: int) -> WaitingEntry:
    """Both locked, the machine first: as everything does that books."""
    machine = lock(Equipment.objects.get(waiting=pk))
    entry = WaitingEntry.objects.select_for_update(of=("self",)).select_related("person", "organisation").get(pk=pk)
    entry.equipment = machine
    return entry


def _own(entry: WaitingEntry, by: User) -> WaitingEntry:
    if entry.person_id != by.pk:
        raise PermissionDenied(f"{entry.pk} is not the waiting-list entry of {by}")
    return _with_its_machine(entry.pk)
