"""Bookings made together, every so many weeks: all of them, or told which of them can't be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ecluster.accounts.access import require
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from equipment import following
from equipment.actions._machine import lock
from equipment.actions.bookings import request
from equipment.actions.changing import cancel
from equipment.errors import Refused
from equipment.models import Booking, Equipment, Series
from equipment.series import Occurrence, SeriesClashes, plan
from members.models import Organisation


@transaction.atomic
def make_series(
    *,
    equipment: Equipment,
    time_zone: str,
    first_start_local: datetime,
    minutes: int,
    by: User,
    every_weeks: int = 1,
    count: int | None = None,
    until: date | None = None,
    leave_out_clashing: bool = False,
    meant: Mapping[date, datetime] | None = None,
    organisation: Organisation | None = None,
    purpose: str = "",
    is_operated: bool = False,
) -> Series:
    """Books every time of the series for `by`, or none and raises SeriesClashes with those that can't be.

    `leave_out_clashing` books the others all the same. A time that the clock shows twice or never is asked about in
    any case (`SeriesClashes.occurrences[…].choices`) and answered by `meant`, {day: instant}.
    """
    require(by, Permission.BOOK_EQUIPMENT, equipment)
    times = plan(first_start_local, ZoneInfo(time_zone), every_weeks=every_weeks, count=count, until=until, meant=meant)
    equipment = lock(equipment)
    series = Series.objects.create(
        equipment=equipment, person=by, time_zone=time_zone, every_weeks=every_weeks, until=times[-1].local.date()
    )
    facts = {
        "equipment": equipment,
        "by": by,
        "organisation": organisation,
        "purpose": purpose,
        "is_operated": is_operated,
        "series": series,
    }
    told = [_book(occurrence, minutes, facts) for occurrence in times]
    _refuse(told, leave_out_clashing)
    record(target=series, action="make_series", by=by, changes={"bookings": [0, series.bookings.count()]})
    following.series_made(series)
    return series


@transaction.atomic
def cancel_rest(*, series: Series, by: User, reason: str = "") -> list[Booking]:
    """Cancels what of one's series has not begun yet; each as if it were cancelled by itself."""
    if series.person_id != by.pk:
        raise PermissionDenied(f"{series} is not the series of {by}")
    lock(series.equipment)
    rest = series.bookings.live().filter(starts_at__gt=timezone.now()).select_related("equipment")
    return [cancel(booking=booking, by=by, reason=reason) for booking in rest.order_by("starts_at")]


def _book(occurrence: Occurrence, minutes: int, facts: dict) -> Occurrence:
    """The same occurrence, with what is in its way where it could not be booked."""
    if occurrence.starts_at is None:
        return occurrence
    ends_at = occurrence.starts_at + timedelta(minutes=minutes)
    try:
        with transaction.atomic():
            request(starts_at=occurrence.starts_at, ends_at=ends_at, **facts)
    except Refused as refused:
        return replace(occurrence, violations=refused.violations, clashes=refused.clashes)
    return occurrence


def _refuse(told: list[Occurrence], leave_out_clashing: bool) -> None:
    impossible = [o for o in told if o.is_unanswered or o.violations or o.clashes]
    unanswered = any(o.is_unanswered for o in impossible)
    if unanswered or len(impossible) == len(told) or (impossible and not leave_out_clashing):
        raise SeriesClashes(impossible, possible=len(told) - len(impossible))
