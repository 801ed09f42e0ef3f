"""The time of one machine in a calendar: when it is open, what is on it, and what of it is free to book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.urls import reverse

from equipment.calendars.spans import Block, Span, within, without
from equipment.free_times import span_query
from equipment.models import Booking, Equipment, OpeningHours
from equipment.policy import MINUTE, policy_of

DAY = timedelta(days=1)
SHORTEST_GAP = timedelta(minutes=15)  # less than that is not shown as free
USUAL_LENGTH = timedelta(hours=1)


@dataclass
class Lane:
    machine: Equipment
    open: list[Span]
    blocks: list[Block]
    free_from: datetime  # what is over is free to nobody
    may_book: bool = True
    moving: Booking | None = None  # whose other time a free one would be

    @cached_property
    def free(self) -> list[Span]:
        taken = [self._with_buffers(block) for block in self.blocks if block.keeps_others_off]
        to_come = [(max(start, self.free_from), end) for start, end in self.open if end > self.free_from]
        return [piece for piece in without(to_come, taken) if piece[1] - piece[0] >= SHORTEST_GAP]

    def _with_buffers(self, block: Block) -> Span:
        """Between two bookings lie the buffers of both; an outage has none of its own."""
        policy = policy_of(self.machine)
        before, after = policy.buffer_before * MINUTE, policy.buffer_after * MINUTE
        if block.kind == "outage":
            return block.starts_at - after, block.ends_at + before
        return block.starts_at - before - after, block.ends_at + before + after

    @cached_property
    def _book_address(self) -> str:
        if self.moving:
            return reverse("equipment:booking-move", args=[self.moving.pk])
        return reverse("equipment:book", args=[self.machine.pk])

    @cached_property
    def _length(self) -> timedelta:
        """How long a booking is that is begun with a click."""
        if self.moving:
            return self.moving.ends_at - self.moving.starts_at
        policy = policy_of(self.machine)
        wanted = max(USUAL_LENGTH, (policy.shortest or 0) * MINUTE)
        return min(wanted, policy.longest * MINUTE) if policy.longest else wanted

    def blocks_in(self, starts_at: datetime, ends_at: datetime) -> list[Block]:
        return [block for block in self.blocks if block.starts_at < ends_at and block.ends_at > starts_at]

    def free_in(self, starts_at: datetime, ends_at: datetime) -> list[Span]:
        return [piece for piece in within(self.free, starts_at, ends_at) if piece[1] - piece[0] >= SHORTEST_GAP]

    def is_open_in(self, starts_at: datetime, ends_at: datetime) -> bool:
        return any(start < ends_at and end > starts_at for start, end in self.open)

    def book_url(self, starts_at: datetime) -> str:
        if not self.may_book:
            return ""
        return f"{self._book_address}?{span_query(starts_at, starts_at + self._length)}"


def opening(hours: Iterable[OpeningHours], zone: ZoneInfo, starts_at: datetime, ends_at: datetime) -> list[Span]:
    """The opening hours of a machine in `zone` as instants. No row at all: it is always open."""
    rows = list(hours)
    if not rows:
        return [(starts_at, ends_at)]
    day, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
    spans = []
    while day <= last:
        for row in rows:
            if row.weekday == day.weekday():
                closing_day = day if row.closes > time() else day + DAY
                spans.append((datetime.combine(day, row.opens, zone), datetime.combine(closing_day, row.closes, zone)))
        day += DAY
    return _joined(within(_in_utc(spans), starts_at, ends_at))


def _in_utc(spans: list[Span]) -> list[Span]:
    """Times of one zone are compared by their clocks, which lies on the days on which it is changed."""
    return sorted((start.astimezone(UTC), end.astimezone(UTC)) for start, end in spans)


def _joined(spans: list[Span]) -> list[Span]:
    """Until midnight and from midnight is open through the night."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
