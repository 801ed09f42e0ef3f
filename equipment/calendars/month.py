"""A month in whole weeks: what is on each day, and how much of it is free."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from equipment.calendars.days import bounds
from equipment.calendars.lanes import Lane
from equipment.calendars.spans import minutes
from equipment.calendars.week import Mark
from equipment.calendars.words import day_label, span_label
from equipment.policy import lasting

MOST_SHOWN = 4  # on one day; the rest is told as a number


@dataclass(frozen=True)
class Day:
    day: date
    in_month: bool
    is_today: bool
    marks: list[Mark]
    more: int
    free: str  # how much of it
    is_past: bool
    label: str


def month(lanes: list[Lane], days: list[date], first: date, today: date, zone: ZoneInfo) -> list[list[Day]]:
    cells = [_day(lanes, day, first, today, zone) for day in days]
    return [cells[number : number + 7] for number in range(0, len(cells), 7)]


def _day(lanes: list[Lane], day: date, first: date, today: date, zone: ZoneInfo) -> Day:
    start, end = bounds([day], zone)
    marks = [
        Mark(block.kind, _text(lane, span_label(block.starts_at, block.ends_at, start, end, zone), block.label, lanes))
        for lane in lanes
        for block in lane.blocks_in(start, end)
    ]
    free = sum(minutes(lane.free_in(start, end)) for lane in lanes)
    return Day(
        day=day,
        in_month=day.month == first.month,
        is_today=day == today,
        marks=marks[:MOST_SHOWN],
        more=max(0, len(marks) - MOST_SHOWN),
        free=lasting(free) if free else "",
        is_past=day < today,
        label=day_label(day),
    )


def _text(lane: Lane, times: str, label: str, lanes: list[Lane]) -> str:
    return f"{times} {lane.machine.name}: {label}" if len(lanes) > 1 else f"{times} {label}"
