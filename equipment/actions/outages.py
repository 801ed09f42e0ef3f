"""A machine can't be used: for service that is planned, or because it broke down."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ecluster.accounts.access import can, require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from ecluster.workflow import move
from equipment import notices
from equipment.actions._machine import check_order, lock
from equipment.errors import CoversBookings, wants_reason
from equipment.models import Booking, Equipment, Outage
from equipment.querysets.bookings import BookingQuerySet
from equipment.statuses import BookingStatus, EquipmentStatus
from equipment.waiting import offer_next


@transaction.atomic
def plan_outage(
    *,
    equipment: Equipment,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    by,
    cancelling: Collection[int] = (),
) -> Outage:
    """Raises CoversBookings unless `cancelling` are exactly the live bookings that it would lie over now.

    Those are cancelled, free of charge; their people are told why and what else is free.
    """
    reason = wants_reason(reason)
    check_order(starts_at, ends_at)
    machine = lock(equipment)
    require(by, Permission.KEEP_EQUIPMENT, machine)
    covered = list(_live(machine).touching(starts_at, ends_at).select_related("person"))
    if {booking.pk for booking in covered} != set(cancelling):
        raise CoversBookings(covered)
    outage = Outage.objects.create(
        equipment=machine,
        kind=Outage.Kind.PLANNED,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        reported_by=by,
    )
    record(target=machine, action="plan_outage", by=by, changes=_times(outage), reason=reason)
    _cancel(covered, outage, by=by)
    outage.cancelled.set(covered)
    return outage


@transaction.atomic
def withdraw_outage(*, outage: Outage, by) -> None:
    """One that is planned and has not begun does not come: only the trail of the machine still tells of it.

    Whose bookings it cancelled are told, and what comes free is offered to who waits.
    """
    machine = lock(outage.equipment)
    require(by, Permission.KEEP_EQUIPMENT, machine)
    outage = Outage.objects.select_for_update().get(pk=outage.pk)
    outage.equipment = machine
    if outage.kind != Outage.Kind.PLANNED or outage.starts_at <= timezone.now():
        raise ValidationError(_("It has begun: say that the machine works again."))
    lost = list(outage.cancelled.filter(starts_at__gt=timezone.now()).select_related("person"))
    times = {name: pair[::-1] for name, pair in _times(outage).items()}
    record(target=machine, action="withdraw_outage", by=by, changes=times, reason=outage.reason)
    outage.delete()
    notices.outage_withdrawn(outage, lost, by=by)
    offer_next(machine)


@transaction.atomic
def report_outage(*, equipment: Equipment, reason: str, by, expected_until: datetime | None = None) -> Outage:
    """By whoever may use the machine, or keeps it. It lasts until `end_outage`; no booking is cancelled."""
    reason = wants_reason(reason)
    machine = lock(equipment)
    if not can(by, Permission.KEEP_EQUIPMENT, machine):
        require(by, Permission.BOOK_EQUIPMENT, machine)
    now = timezone.now()
    if expected_until and expected_until <= now:
        raise ValidationError({"expected_until": _("Give a time that lies ahead.")})
    if machine.status != EquipmentStatus.WORKING:
        raise ValidationError(_("It is “%(status)s” already.") % {"status": machine.get_status_display()})
    outage = Outage.objects.create(
        equipment=machine,
        kind=Outage.Kind.REPORTED,
        starts_at=now,
        expected_until=expected_until,
        reason=reason,
        reported_by=by,
    )
    move(machine, "break_down", by=by, reason=reason)
    notices.outage_reported(outage, _affected(machine, now, expected_until), by=by)
    return outage


@transaction.atomic
def end_outage(*, outage: Outage, by, at: datetime | None = None) -> Outage:
    """It works again, since `at`; the machine is back in use when nothing else is reported."""
    machine = lock(outage.equipment)
    require(by, Permission.KEEP_EQUIPMENT, machine)
    outage.refresh_from_db(from_queryset=Outage.objects.select_for_update())
    at = at or timezone.now()
    _check_end(outage, at)
    was_expected, before = outage.expected_until, outage.ends_at
    outage.equipment, outage.ends_at = machine, at
    outage.save(update_fields=["ends_at", "updated_at"])
    record(target=machine, action="end_outage", by=by, changes={"ends_at": [before, at]})
    still_down = machine.outages.filter(kind=Outage.Kind.REPORTED, ends_at=None).exists()
    if machine.status == EquipmentStatus.DOWN and not still_down:
        move(machine, "repair", by=by)
    if outage.kind == Outage.Kind.REPORTED:
        notices.outage_ended(outage, _affected(machine, at, was_expected))
    offer_next(machine)
    return outage


def _check_end(outage: Outage, at: datetime) -> None:
    if outage.ends_at is not None and outage.ends_at <= timezone.now():
        raise ValidationError(_("This outage is over already."))
    if at <= outage.starts_at or at > timezone.now():
        raise ValidationError({"at": _("Give a time between its beginning and now.")})


def _live(machine: Equipment) -> BookingQuerySet:
    return Booking.objects.live().filter(equipment=machine).order_by("starts_at")


def _affected(machine: Equipment, since: datetime, until: datetime | None) -> list[Booking]:
    """Live bookings in that time; where nobody knows how long it takes, the next week's."""
    until = until or since + notices.UNKNOWN
    found = list(_live(machine).filter(starts_at__lt=until, ends_at__gt=since).select_related("person"))
    for booking in found:
        booking.equipment = machine
    return found


def _cancel(covered: list[Booking], outage: Outage, *, by) -> None:
    for booking in covered:
        booking.equipment = outage.equipment
        with translation.override(booking.person.language):
            note = _("The machine can't be used then: %(reason)s") % {"reason": outage.reason}
        was_held = booking.status == BookingStatus.APPROVED
        move(booking, "cancel", by=by, reason=note, decision_note=note)
        notices.cancelled(booking, by=by, was_held=was_held)


def _times(outage: Outage) -> dict[str, list]:
    return {"starts_at": [None, outage.starts_at], "ends_at": [None, outage.ends_at]}
