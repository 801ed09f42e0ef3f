"""When a machine is free. What is in the way here is in nobody's power to set aside."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, CharField, DateTimeField, F, Field, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.prepared import prepared
from ecluster.words import local_time
from equipment.days import day_pieces
from equipment.models import Booking, Equipment, Outage, WaitingEntry
from equipment.opening import hours_of, is_open
from equipment.policy import MINUTE, held, lasting, policy_of
from equipment.statuses import GONE, BookingStatus, EquipmentStatus
from members.belonging import managed_organisation_ids, own_organisation_ids

DAY = timedelta(days=1)  # no buffer is longer
LOOK_AHEAD = timedelta(days=28)
DEFAULT_STEP = 30  # minutes between the starts that are tried where the policy names none


@dataclass(frozen=True)
class Clash:
    """A time that is somebody else's, and how it is in the way; never whose."""

    kind: str  # booking, outage, offer or retired
    starts_at: datetime | None
    ends_at: datetime | None  # None: nobody knows yet
    buffer: int = 0  # minutes; set where only they are in the way

    @property
    def message(self) -> str:
        told = _MESSAGES[self.kind, bool(self.buffer), self.ends_at is None]()
        return told % {
            "start": local_time(self.starts_at),
            "end": local_time(self.ends_at),
            "buffer": lasting(self.buffer),
        }


_MESSAGES = {
    ("booking", False, False): lambda: _("It is booked from %(start)s to %(end)s."),
    ("booking", True, False): lambda: _(
        "It is booked from %(start)s to %(end)s, and a buffer of %(buffer)s is kept between two bookings."
    ),
    ("outage", False, False): lambda: _("It can't be used from %(start)s to %(end)s."),
    ("outage", False, True): lambda: _("It has been out of order since %(start)s."),
    ("outage", True, False): lambda: _(
        "It can't be used from %(start)s to %(end)s, and a booking keeps a buffer of %(buffer)s."
    ),
    ("outage", True, True): lambda: _("It is out of order from %(start)s, and a booking keeps a buffer of %(buffer)s."),
    ("offer", False, False): lambda: _("From %(start)s to %(end)s it is kept for somebody on the waiting list."),
    ("offer", True, False): lambda: _(
        "From %(start)s to %(end)s it is kept for somebody on the waiting list, with a buffer of %(buffer)s."
    ),
    ("retired", False, True): lambda: _("It is no longer in use."),
}


@dataclass(frozen=True)
class Taken:
    """A time of one machine that is not free, with its buffers."""

    kind: str
    pk: int
    person_id: int
    starts_at: datetime
    ends_at: datetime | None
    held_from: datetime
    held_until: datetime | None

    def touches(self, start: datetime, end: datetime) -> bool:
        return self.held_from < end and (self.held_until is None or self.held_until > start)

    def is_open_to(self, person, ignoring: Booking | None) -> bool:
        """What is offered to `person`, or is the very booking that would be moved, is not in their way."""
        if self.kind == "offer":
            return person is not None and self.person_id == person.pk
        return self.kind == "booking" and ignoring is not None and self.pk == ignoring.pk


def clashes(
    equipment: Equipment,
    starts_at: datetime,
    ends_at: datetime,
    *,
    person=None,
    ignoring: Booking | None = None,
) -> list[Clash]:
    """What is in the way, in order of time. `person`: what is offered to them is not. One query."""
    if equipment.status == EquipmentStatus.RETIRED:
        return [Clash("retired", None, None)]
    held_from, held_until = held(equipment, starts_at, ends_at)
    return [
        _clash(row, starts_at, ends_at, held_from, held_until)
        for row in taken(equipment, held_from, held_until)
        if not row.is_open_to(person, ignoring)
    ]


def _clash(row: Taken, starts_at: datetime, ends_at: datetime, held_from: datetime, held_until: datetime) -> Clash:
    if row.ends_at is not None and row.ends_at <= starts_at:
        buffer = (row.held_until - row.ends_at) + (starts_at - held_from)  # type: ignore[operator]
    elif row.starts_at >= ends_at:
        buffer = (row.starts_at - row.held_from) + (held_until - ends_at)
    else:
        buffer = timedelta()
    return Clash(row.kind, row.starts_at, row.ends_at, buffer // MINUTE)


def taken(equipment: Equipment, start: datetime, end: datetime) -> list[Taken]:
    """Bookings, outages and open offers whose held time touches [start, end), in order of time. One query."""
    policy = policy_of(equipment)
    before, after = policy.buffer_before * MINUTE, policy.buffer_after * MINUTE
    rows = _taken(equipment_id=equipment.pk, since=start - after, until=end + before, now=timezone.now())
    found = [_with_buffers(Taken(*row), before, after) for row in rows]
    return sorted((row for row in found if row.touches(start, end)), key=lambda row: row.starts_at)


def _with_buffers(row: Taken, before: timedelta, after: timedelta) -> Taken:
    """A booking has those it was made under; an offer will have those of today; an outage has none."""
    if row.kind != "offer":
        return row
    return replace(row, held_from=row.starts_at - before, held_until=row.ends_at + after)  # type: ignore[operator,arg-type]


@prepared(equipment_id=BigIntegerField(), since=DateTimeField(), until=DateTimeField(), now=DateTimeField())
def _taken(equipment_id, since, until, now):
    """All at once, because it is asked under the machine's lock, where everybody waits."""
    bookings = Booking.objects.holding().touching(since, until).annotate(holder=F("person_id"))
    outages = Outage.objects.touching(since, until).annotate(
        holder=F("reported_by_id"), held_from=F("starts_at"), held_until=F("ends_at")
    )
    offers = WaitingEntry.objects.offered().filter(offered_until__gt=now, starts_at__lt=until, ends_at__gt=since)
    offers = offers.annotate(holder=F("person_id"), held_from=F("starts_at"), held_until=F("ends_at"))
    first, *others = (
        rows.filter(equipment_id=equipment_id)
        .annotate(what=Value(kind, output_field=CharField()))
        .order_by()
        .values_list("what", "pk", "holder", "starts_at", "ends_at", "held_from", "held_until")
        for kind, rows in (("booking", bookings), ("outage", outages), ("offer", offers))
    )
    return first.union(*others, all=True)


# --- other times ----------------------------------------------------------------------------------------------

Slot = tuple[datetime, datetime]


def next_free(equipment: Equipment, starts_at: datetime, minutes: int, count: int = 3, *, person=None) -> list[Slot]:
    """The next times from `starts_at` on that are free for so long, within the opening hours. Two queries."""
    if equipment.status == EquipmentStatus.RETIRED:
        return []
    start, length = max(starts_at, timezone.now()), minutes * MINUTE
    until = start + LOOK_AHEAD
    in_the_way = [row for row in taken(equipment, start - DAY, until + DAY) if not row.is_open_to(person, None)]
    return list(islice(_free_slots(equipment, start, until, length, in_the_way), count))


def _free_slots(
    equipment: Equipment, start: datetime, until: datetime, length: timedelta, in_the_way: list[Taken]
) -> Iterator[Slot]:
    hours, zone = hours_of(equipment), ZoneInfo(equipment.time_zone)
    step = (policy_of(equipment).start_interval or DEFAULT_STEP) * MINUTE
    start = _on_the_step(start, step, zone)
    while start < until:
        end = start + length
        held_from, held_until = held(equipment, start, end)
        blocking = next((row for row in in_the_way if row.touches(held_from, held_until)), None)
        if blocking is not None and blocking.held_until is None:
            return
        if blocking is None and all(is_open(hours, *piece) for piece in day_pieces(start, end, zone)):
            yield start, end
            start = _on_the_step(end, step, zone)
        else:
            start = _on_the_step(max(start + step, _end_of(blocking, equipment)), step, zone)


def _end_of(row: Taken | None, equipment: Equipment) -> datetime:
    if row is None or row.held_until is None:
        return datetime.min.replace(tzinfo=UTC)
    return row.held_until + policy_of(equipment).buffer_before * MINUTE


def _on_the_step(moment: datetime, step: timedelta, zone: ZoneInfo) -> datetime:
    """`moment`, or the next on which a booking may begin: so many minutes from midnight where the machine stands."""
    local = moment.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    since = local.replace(tzinfo=None) - midnight.replace(tzinfo=None)
    missing = -since % step
    return (moment + missing).astimezone(UTC)


# --- calendars ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Busy:
    """A time of a machine in a calendar. `booking` is set only where the viewer may know it."""

    equipment_id: int
    kind: str  # booking, request (only those the viewer may see), outage or offer
    starts_at: datetime
    ends_at: datetime | None
    booking: Booking | None = None
    is_mine: bool = False
    reason: str = ""  # of an outage


def busy(equipment_ids: Collection[int], starts_at: datetime, ends_at: datetime, *, viewer) -> list[Busy]:
    """What a calendar shows of these machines within [starts_at, ends_at), in order of time. Four queries."""
    within = {"ids": list(equipment_ids), "since": starts_at, "until": ends_at}
    seen = {booking.pk: booking for booking in _seen(**within, **_known_by(viewer))} if viewer.is_authenticated else {}
    found = [Busy(*row) for pk, *row in _held(**within) if pk not in seen]
    found += [_known(booking, viewer) for booking in seen.values()]
    found += [
        Busy(equipment_id, "outage", start, end, reason=reason)
        for equipment_id, start, end, reason in _outages(**within)
    ]
    found += [
        Busy(equipment_id, "offer", start, end, is_mine=person_id == viewer.pk)
        for equipment_id, start, end, person_id in _offers(**within, now=timezone.now())
    ]
    return sorted(found, key=lambda block: (block.starts_at, block.equipment_id))


_WITHIN: dict[str, Field] = {"ids": BigIntegerField(), "since": DateTimeField(), "until": DateTimeField()}


def _touching(rows: QuerySet, ids, since, until) -> QuerySet:
    return rows.filter(equipment__pk__in=ids, starts_at__lt=until, ends_at__gt=since).order_by()


def _known_by(viewer) -> dict:
    own, managed = own_organisation_ids(viewer), managed_organisation_ids(viewer)
    return {"person_pk": viewer.pk, "own": sorted(own), "managed": sorted(managed)}


@prepared(**_WITHIN, person_pk=BigIntegerField(), own=BigIntegerField(), managed=BigIntegerField())
def _seen(ids, since, until, person_pk, own, managed) -> QuerySet:
    known = Booking.objects.known_to(person_pk, own, managed).exclude(status__in=GONE)
    return _touching(known, ids, since, until).select_related("person", "organisation")


@prepared(**_WITHIN)
def _held(ids, since, until) -> QuerySet:
    held_ones = _touching(Booking.objects.holding(), ids, since, until).annotate(kind=Value("booking"))
    return held_ones.values_list("pk", "equipment_id", "kind", "starts_at", "ends_at")


@prepared(**_WITHIN)
def _outages(ids, since, until) -> QuerySet:
    rows = Outage.objects.touching(since, until).filter(equipment__pk__in=ids).order_by()
    return rows.values_list("equipment_id", "starts_at", "ends_at", "reason")


@prepared(**_WITHIN, now=DateTimeField())
def _offers(ids, since, until, now) -> QuerySet:
    offers = _touching(WaitingEntry.objects.offered().filter(offered_until__gt=now), ids, since, until)
    return offers.values_list("equipment_id", "starts_at", "ends_at", "person_id")


def _known(booking: Booking, viewer) -> Busy:
    kind = "request" if booking.status == BookingStatus.REQUESTED else "booking"
    is_mine = booking.person_id == viewer.pk
    return Busy(booking.equipment_id, kind, booking.starts_at, booking.ends_at, booking, is_mine)
