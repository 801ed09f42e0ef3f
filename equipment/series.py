"""The times of a series, as the clock of one place shows them: 10:00 stays 10:00, whatever the clock is put to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ecluster.local_times import Never, Once, Twice, instants, resolve

LONGEST = 60  # occurrences: a year of weeks, and a little more


@dataclass(frozen=True)
class Occurrence:
    """One time of a series and what is in its way, if anything is."""

    local: datetime  # naive: what the clock shows there
    found: Once | Twice | Never
    starts_at: datetime | None  # None: which instant is meant is still to be asked
    violations: list = field(default_factory=list)
    clashes: list = field(default_factory=list)

    @property
    def choices(self) -> list[datetime]:
        """The instants that may be meant, where the clock shows this time twice or never."""
        return [] if isinstance(self.found, Once) else instants(self.found)

    @property
    def is_unanswered(self) -> bool:
        return self.starts_at is None


class SeriesClashes(Exception):
    """Nothing was booked: `occurrences` are those that can't be as they stand, each with its reasons."""

    def __init__(self, occurrences: list[Occurrence], possible: int) -> None:
        self.occurrences, self.possible = occurrences, possible
        super().__init__(_("Some times of the series can't be booked."))

    @property
    def has_questions(self) -> bool:
        return any(occurrence.is_unanswered for occurrence in self.occurrences)


def plan(
    first: datetime,
    zone: ZoneInfo,
    *,
    every_weeks: int,
    count: int | None = None,
    until: date | None = None,
    meant: Mapping[date, datetime] | None = None,
) -> list[Occurrence]:
    """From `first` (naive, as the clock in `zone` shows it) so many times, or until that day.

    `meant` answers for a day on which the clock shows the time twice or never; an answer that is none of the two
    instants is no answer.
    """
    if every_weeks < 1 or (count is None) == (until is None):
        raise ValidationError(_("Say every how many weeks, and either how often or until when."))
    days = list(_locals(first, every_weeks, count, until))
    if not days:
        raise ValidationError(_("The series ends before it begins."))
    if len(days) > LONGEST:
        raise ValidationError(_("A series has at most %(number)d times: end it earlier.") % {"number": LONGEST})
    return [_occurrence(local, zone, meant or {}) for local in days]


def _locals(first: datetime, every_weeks: int, count: int | None, until: date | None) -> Iterator[datetime]:
    for number in range(LONGEST + 1 if count is None else min(count, LONGEST + 1)):
        local = first + timedelta(weeks=number * every_weeks)
        if until and local.date() > until:
            return
        yield local


def _occurrence(local: datetime, zone: ZoneInfo, meant: Mapping[date, datetime]) -> Occurrence:
    found = resolve(local, zone)
    if isinstance(found, Once):
        return Occurrence(local, found, found.instant)
    answer = meant.get(local.date())
    return Occurrence(local, found, answer if answer in instants(found) else None)
