"""Which of many machines are free at a time: one query over all of them, after two small ones about their policies."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import DateTimeField, F, Max, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from equipment.days import END_OF_DAY, Piece, day_pieces
from equipment.expressions import MinutesLater

Machines = TypeVar("Machines", bound=QuerySet)
_BEFORE = Coalesce(F("equipment__policy__buffer_before"), 0)
_AFTER = Coalesce(F("equipment__policy__buffer_after"), 0)


def free_between(machines: Machines, starts_at: datetime, ends_at: datetime) -> Machines:
    before, after = _widest_buffers()
    held_from, held_until = starts_at - before, ends_at + after
    bookings = _model("Booking").holding().touching_anywhere(held_from, held_until)
    outages = _model("Outage").touching(held_from, held_until)
    if before or after:
        bookings = bookings.filter(held_from__lt=_held_until(ends_at), held_until__gt=_held_from(starts_at))
        ends_later = Q(ends_at=None) | Q(ends_at__gt=_held_from(starts_at))
        outages = outages.filter(ends_later, starts_at__lt=_held_until(ends_at))
    offers = (
        _model("WaitingEntry")
        .offered()
        .filter(
            offered_until__gt=timezone.now(),
            starts_at__lt=MinutesLater(_moment(ends_at), _BEFORE + _AFTER),
            ends_at__gt=MinutesLater(_moment(starts_at), -(_BEFORE + _AFTER)),
        )
    )
    for rows in (bookings, outages, offers):
        machines = machines.exclude(pk__in=rows.order_by().values("equipment"))
    return machines.filter(_is_open(machines.model, starts_at, ends_at))


def _model(name: str):
    return apps.get_model(f"equipment.{name}").objects


def _moment(value: datetime) -> Value:
    return Value(value, output_field=DateTimeField())


def _held_from(starts_at: datetime) -> MinutesLater:
    return MinutesLater(_moment(starts_at), -_BEFORE)


def _held_until(ends_at: datetime) -> MinutesLater:
    return MinutesLater(_moment(ends_at), _AFTER)


def _widest_buffers() -> tuple[timedelta, timedelta]:
    """No machine's are wider: what the index is asked for."""
    widest = _model("BookingPolicy").aggregate(before=Max("buffer_before"), after=Max("buffer_after"))
    return timedelta(minutes=widest["before"] or 0), timedelta(minutes=widest["after"] or 0)


def _is_open(model: type[Model], starts_at: datetime, ends_at: datetime) -> Q:
    """The time is another time of day in each zone where machines stand."""
    zones = defaultdict(list)
    for name in model._default_manager.order_by().values_list("time_zone", flat=True).distinct():
        zones[tuple(day_pieces(starts_at, ends_at, ZoneInfo(name)))].append(name)
    hours = _model("OpeningHours")
    found = ~Q(pk__in=hours.order_by().values("equipment"))
    for pieces, names in zones.items():
        then = Q(time_zone__in=names)
        for piece in pieces:
            then &= Q(pk__in=hours.filter(_covers(piece)).order_by().values("equipment"))
        found |= then
    return found


def _covers(piece: Piece) -> Q:
    weekday, opens, closes = piece
    until = Q(closes=END_OF_DAY)
    if closes != END_OF_DAY:
        until |= Q(closes__gte=closes)
    return until & Q(weekday=weekday, opens__lte=opens)
