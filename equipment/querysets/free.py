"""Which of many machines are free at a time: one query over all of them, after two small ones about their policies.

`free(machines, **asked(starts_at, ends_at))`: the first composes, the second brings the values, so that a page may
have the query prepared (`TIMES` are its fields).
"""

from datetime import datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    Max,
    Q,
    QuerySet,
    SmallIntegerField,
    TimeField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from ecluster.prepared import prepared
from equipment.days import END_OF_DAY, Piece, day_pieces
from equipment.expressions import MinutesLater, moment

Machines = TypeVar("Machines", bound=QuerySet)
TIMES: dict[str, Field] = {
    **{name: DateTimeField() for name in ("starts_at", "ends_at", "held_from", "held_until", "now")},
    "zones": CharField(),
    "weekdays": SmallIntegerField(),
    "opens": TimeField(),
    "closes": TimeField(),
}
_BEFORE = Coalesce(F("equipment__policy__buffer_before"), 0)
_AFTER = Coalesce(F("equipment__policy__buffer_after"), 0)


def asked(starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    """The time as the policies and the zones of all machines have it: what is open is another time of day in each.

    `pieces`: how many of `weekdays`, `opens` and `closes` are of each of `zones`, one after the other.
    """
    [(before, after)] = _widest_buffers()
    zones = [zone for (zone,) in _zones()]
    pieces = [day_pieces(starts_at, ends_at, ZoneInfo(zone)) for zone in zones]
    in_order = [piece for of_zone in pieces for piece in of_zone]
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "held_from": starts_at - timedelta(minutes=before),
        "held_until": ends_at + timedelta(minutes=after),
        "now": timezone.now(),
        "zones": zones,
        "weekdays": [weekday for weekday, _opens, _closes in in_order],
        "opens": [opens for _weekday, opens, _closes in in_order],
        "closes": [time.max if closes == END_OF_DAY else closes for _weekday, _opens, closes in in_order],
        "pieces": tuple(map(len, pieces)),
        "buffered": bool(before or after),
    }


def free(
    machines: Machines,
    *,
    starts_at,
    ends_at,
    held_from,
    held_until,
    now,
    zones: list,
    weekdays: list,
    opens: list,
    closes: list,
    pieces: tuple[int, ...],
    buffered: bool,
) -> Machines:
    """`buffered`: some machine's policy has buffers."""
    bookings = _model("Booking").holding().touching_anywhere(held_from, held_until)
    outages = _model("Outage").touching(held_from, held_until)
    if buffered:
        since, until = MinutesLater(moment(starts_at), -_BEFORE), MinutesLater(moment(ends_at), _AFTER)
        bookings = bookings.filter(held_from__lt=until, held_until__gt=since)
        outages = outages.filter(Q(ends_at=None) | Q(ends_at__gt=since), starts_at__lt=until)
    offers = (
        _model("WaitingEntry")
        .offered()
        .filter(
            offered_until__gt=now,
            starts_at__lt=MinutesLater(moment(ends_at), _BEFORE + _AFTER),
            ends_at__gt=MinutesLater(moment(starts_at), -(_BEFORE + _AFTER)),
        )
    )
    for rows in (bookings, outages, offers):
        machines = machines.exclude(pk__in=rows.order_by().values("equipment"))
    wanted = iter(zip(weekdays, opens, closes, strict=True))
    for zone, number in zip(zones, pieces, strict=True):
        closed = _closed([next(wanted) for _piece in range(number)])
        machines = machines.exclude(pk__in=closed.filter(equipment__time_zone=zone) if len(zones) > 1 else closed)
    return machines


def _model(name: str):
    return apps.get_model(f"equipment.{name}").objects


@prepared()
def _widest_buffers() -> QuerySet:
    """No machine's are wider: what the index is asked for."""
    widest = {"before": Coalesce(Max("buffer_before"), 0), "after": Coalesce(Max("buffer_after"), 0)}
    return _model("BookingPolicy").order_by().values(of=Value(1)).annotate(**widest).values_list("before", "after")


@prepared()
def _zones() -> QuerySet:
    return _model("Equipment").order_by().values_list("time_zone").distinct()


def _closed(pieces: list[Piece]) -> QuerySet:
    """Machines with opening hours of which no line covers one of `pieces`: the lines are gone through once."""
    lines, closed = {}, Q()
    for i, (weekday, opens, closes) in enumerate(pieces):
        covers = Q(Q(closes=END_OF_DAY) | Q(closes__gte=closes), weekday=weekday, opens__lte=opens)
        lines[f"open_{i}"] = Max(Case(When(covers, then=1), default=0), output_field=IntegerField())
        closed |= Q((f"open_{i}", 0))
    return _model("OpeningHours").order_by().values("equipment").annotate(**lines).filter(closed).values("equipment")
