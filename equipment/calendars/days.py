"""The days of a reader's calendar and their hours, also on days that have 23 or 25 of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ecluster.local_times import Never, instants, resolve

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hour:
    """From one full hour on the clock to the next; `again` where the clock was put back and shows it once more."""

    hour: int
    again: bool
    starts_at: datetime
    ends_at: datetime

    @property
    def row(self) -> tuple[int, bool]:
        return self.hour, self.again


@lru_cache(maxsize=1_000)
def hours_of(day: date, zone: ZoneInfo) -> tuple[Hour, ...]:
    """All that the clock shows on this day, in order; they touch each other and fill the day."""
    full_hours = [(hour, resolve(datetime.combine(day, time(hour)), zone)) for hour in range(24)]
    starts = [
        (hour, bool(number), instant)
        for hour, found in full_hours
        if not isinstance(found, Never)
        for number, instant in enumerate(instants(found))
    ]
    starts.sort(key=lambda start: start[2])
    ends = [*(instant for _, _, instant in starts[1:]), midnight(day + DAY, zone)]
    return tuple(Hour(hour, again, start, end) for (hour, again, start), end in zip(starts, ends, strict=True))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of `day`: where the clock is put forward at midnight there is no 00:00."""
    found = resolve(datetime.combine(day, time()), zone)
    return instants(found)[1] if isinstance(found, Never) else instants(found)[0]


def bounds(days: list[date], zone: ZoneInfo) -> tuple[datetime, datetime]:
    return midnight(days[0], zone), midnight(days[-1] + DAY, zone)


def week_of(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(7)]


def month_of(day: date) -> list[date]:
    """Whole weeks, from the one of the first of the month to that of its last."""
    first = day.replace(day=1)
    last = month_after(first) - DAY
    start, end = week_of(first)[0], week_of(last)[-1]
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(day: date) -> date:
    return (day.replace(day=1) - DAY).replace(day=1)


def rows_of(days: Iterable[tuple[Hour, ...]]) -> list[tuple[int, bool]]:
    """The hours that any of these days has: the hour that comes twice is a row of its own, once."""
    return sorted({hour.row for day in days for hour in day})
