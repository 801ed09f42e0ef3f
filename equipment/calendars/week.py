"""Days beside each other, hour by hour: a machine's week, or a day of several machines."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from equipment.calendars.days import Hour, bounds, hours_of, rows_of
from equipment.calendars.lanes import Lane
from equipment.calendars.spans import Block
from equipment.calendars.words import hour_label, span_label

OFFICE_HOURS = [(hour, False) for hour in range(8, 18)]  # shown where nothing is open and nothing booked


@dataclass(frozen=True)
class Mark:
    """What a cell or a line of a day says of something that is there."""

    kind: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Cell:
    kind: str  # free, busy, closed, past or none: an hour that this day has not
    marks: list[Mark]
    url: str = ""  # to book from `starts` on
    starts: str = ""
    label: str = ""
    is_whole: bool = True  # free for all of the hour


@dataclass(frozen=True)
class Column:
    """One day of one machine."""

    day: date
    lane: Lane
    heading: str
    note: str = ""
    url: str = ""
    is_today: bool = False


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Grid:
    columns: list[Column]
    rows: list[Row]
    days: list[list[Mark]]  # for a phone: each column as a list of what is in it


def grid(columns: list[Column], zone: ZoneInfo) -> Grid:
    days = [hours_of(column.day, zone) for column in columns]
    rows = _worth_showing(rows_of(days), columns, days)
    first = rows[0]
    by_row = [{hour.row: hour for hour in hours} for hours in days]
    return Grid(
        columns,
        [
            Row(
                hour_label(*row),
                [
                    _cell(column, hours.get(row), zone, is_first=row == first)
                    for column, hours in zip(columns, by_row, strict=True)
                ],
            )
            for row in rows
        ],
        [lines(column.lane, column.day, zone) for column in columns],
    )


def _worth_showing(rows: list, columns: list[Column], days: list[tuple[Hour, ...]]) -> list[tuple[int, bool]]:
    """From the first hour in which something is open or booked to the last."""
    used = {
        hour.row
        for column, hours in zip(columns, days, strict=True)
        for hour in hours
        if column.lane.is_open_in(hour.starts_at, hour.ends_at) or _is_booked(column.lane, hour)
    }
    if not used:
        return OFFICE_HOURS
    return [row for row in rows if min(used) <= row <= max(used)]


def _is_booked(lane: Lane, hour: Hour) -> bool:
    return any(block.kind != "outage" for block in lane.blocks_in(hour.starts_at, hour.ends_at))


def _cell(column: Column, hour: Hour | None, zone: ZoneInfo, *, is_first: bool) -> Cell:
    if hour is None:
        return Cell("none", [], label=_("The clock shows no such hour on this day."))
    lane = column.lane
    blocks = lane.blocks_in(hour.starts_at, hour.ends_at)
    marks = [_mark(block, hour.starts_at, column, zone, is_first=is_first) for block in blocks]
    free = lane.free_in(hour.starts_at, hour.ends_at)
    if free:
        start = free[0][0]
        starts = f"{start.astimezone(zone):%H:%M}"
        is_whole = free[0] == (hour.starts_at, hour.ends_at)
        label = _("Book %(day)s, %(time)s") % {"day": column.note or column.heading, "time": starts}
        return Cell("free", marks, lane.book_url(start), starts, label, is_whole)
    if blocks:
        return Cell("busy", marks)
    if not lane.is_open_in(hour.starts_at, hour.ends_at):
        return Cell("closed", [])
    return Cell("past" if hour.starts_at < lane.free_from else "busy", [])


def _mark(block: Block, starts_at: datetime, column: Column, zone: ZoneInfo, *, is_first: bool) -> Mark:
    """Its words stand in the first of its cells only."""
    if block.starts_at < starts_at and not is_first:
        return Mark(block.kind, "", block.url)
    start, end = bounds([column.day], zone)
    return Mark(block.kind, f"{span_label(block.starts_at, block.ends_at, start, end, zone)} {block.label}", block.url)


def lines(lane: Lane, day: date, zone: ZoneInfo) -> list[Mark]:
    """A day as a list: what is on it and what is free, in order of time."""
    start, end = bounds([day], zone)
    taken = [(block.starts_at, block.ends_at, block) for block in lane.blocks_in(start, end)]
    free = [(piece[0], piece[1], None) for piece in lane.free_in(start, end)]
    return [
        _line(lane, block, span_label(from_, to, start, end, zone), from_)
        for from_, to, block in sorted([*taken, *free], key=lambda line: line[0])
    ]


def _line(lane: Lane, block: Block | None, times: str, starts_at: datetime) -> Mark:
    if block:
        return Mark(block.kind, f"{times} {block.label}", block.url)
    return Mark("free", _("%(times)s free") % {"times": times}, lane.book_url(starts_at))
