"""What became of a booked time: used, missed, or logged by nobody."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import can, require
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.tasks.background import background
from ecluster.workflow import move
from equipment.actions._machine import lock_with_machine
from equipment.costs import cost, owed_for_nothing
from equipment.models import Booking
from equipment.statuses import BookingStatus

SETTLED_AFTER = timedelta(days=7)


@transaction.atomic
def finish(*, booking: Booking, by: User, used_minutes: int | None = None, remarks: str = "") -> Booking:
    """Logs the use, by whose booking it is or by a keeper. Without `used_minutes`: as booked, or until now.

    It may end early, and it may have taken longer than booked; never longer than there was time since it began.
    """
    lock_with_machine(booking)
    require(by, Permission.CHANGE_BOOKING, booking)
    passed = _minutes_between(booking.starts_at, timezone.now())
    if booking.status == BookingStatus.APPROVED:
        _refuse_use(booking, used_minutes, passed, by=by)
    used = min(booking.minutes, passed) if used_minutes is None else used_minutes
    owed = cost(used, booking.krw_per_hour)
    move(booking, "finish", by=by, used_minutes=used, cost_krw=owed, remarks=remarks.strip())
    return booking


@transaction.atomic
def miss(*, booking: Booking, by: User, note: str = "") -> Booking:
    """Nobody came: a keeper says so once the time is over, and never of a time in which the machine was down."""
    lock_with_machine(booking)
    require(by, Permission.KEEP_EQUIPMENT, booking)
    if booking.status == BookingStatus.APPROVED:
        _refuse_miss(booking)
    owed = owed_for_nothing(booking)
    move(booking, "miss", by=by, reason=note, used_minutes=0, cost_krw=owed, remarks=note.strip())
    return booking


@background()
def settle_unlogged() -> None:
    """What nobody logged within a week counts as used as booked, so that the month can be billed."""
    due = Booking.objects.filter(status=BookingStatus.APPROVED, ends_at__lte=timezone.now() - SETTLED_AFTER)
    for pk in due.order_by("pk").values_list("pk", flat=True):
        _settle(pk)


@transaction.atomic
def _settle(pk: int) -> None:
    """The minutes in which the machine was down are not charged."""
    booking = Booking.objects.select_related("equipment").get(pk=pk)
    lock_with_machine(booking)
    if booking.status != BookingStatus.APPROVED:
        return
    used = booking.minutes - _minutes_down(booking)
    move(booking, "settle", by=None, used_minutes=used, cost_krw=cost(used, booking.krw_per_hour))


def _refuse_use(booking: Booking, used_minutes: int | None, passed: int, *, by: User) -> None:
    """Who came and used nothing owes nothing: that is a keeper's to say."""
    if booking.starts_at > timezone.now():
        raise ValidationError(_("It has not begun yet: cancel it if you don't need it."))
    if used_minutes is not None and not 0 <= used_minutes <= passed:
        told = _("Between 0 and %(minutes)d minutes: so long ago it began.") % {"minutes": passed}
        raise ValidationError({"used_minutes": told})
    if used_minutes == 0 and not can(by, Permission.KEEP_EQUIPMENT, booking):
        raise ValidationError({"used_minutes": _("At least a minute: that it was not used only a keeper can log.")})


def _refuse_miss(booking: Booking) -> None:
    if booking.ends_at > timezone.now():
        raise ValidationError(_("They may still come: say so when the booked time is over."))
    if booking.equipment.outages.touching(booking.starts_at, booking.ends_at).exists():
        raise ValidationError(_("The machine was down in that time: cancel the booking, or log what was used."))


def _minutes_down(booking: Booking) -> int:
    """Outages may overlap each other: each minute counts once."""
    down, until = timedelta(0), booking.starts_at
    for outage in booking.equipment.outages.touching(booking.starts_at, booking.ends_at).order_by("starts_at"):
        end = min(outage.ends_at or booking.ends_at, booking.ends_at)
        down += max(end - max(outage.starts_at, until), timedelta(0))
        until = max(until, end)
    return round(down.total_seconds() / 60)


def _minutes_between(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds() // 60))
