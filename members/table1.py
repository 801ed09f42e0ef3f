"""Table 1 of the Changwon paper for any day: memberships by mini-cluster and class, and how they grew.

All figures count periods of membership: a cell's number is the number of the rows that `counted()` gives for it. They
are read from the kept changes of the months up to a day, less what happened in its month after it.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, Count, DateField, Q, QuerySet, Sum
from django.db.models.functions import Cast, TruncMonth

from ecluster.prepared import prepared
from members.models import MembershipChange, MembershipPeriod, MiniCluster, OrganisationClass
from members.querysets.memberships import MembershipPeriodQuerySet

CLASSES: tuple[OrganisationClass, ...] = tuple(OrganisationClass)
NOBODY = (0,) * len(CLASSES)
Cell = tuple[int, str, date]  # a mini-cluster, a class, and the first day of a month


@dataclass(frozen=True)
class Row:
    """`mini_cluster` is None in the row of totals."""

    mini_cluster: MiniCluster | None
    cells: tuple[tuple[OrganisationClass, int], ...]

    @property
    def numbers(self) -> list[int]:
        return [number for _, number in self.cells]

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True)
class Table:
    day: date
    rows: list[Row]

    @property
    def totals(self) -> Row:
        columns = zip(*(row.numbers for row in self.rows), strict=True)
        sums = [sum(column) for column in columns] or [0] * len(CLASSES)
        return Row(None, tuple(zip(CLASSES, sums, strict=True)))

    @property
    def total(self) -> int:
        return self.totals.total

    def row_of(self, mini_cluster: MiniCluster) -> Row:
        return next(
            (row for row in self.rows if row.mini_cluster == mini_cluster), Row(None, tuple((c, 0) for c in CLASSES))
        )


@dataclass(frozen=True)
class Growth:
    """`numbers[i]` memberships counted on `days[i]`."""

    days: list[date]
    numbers: list[int]

    def by_quarter(self) -> "Growth":
        """Only what counted on the last day of each quarter, and at the end."""
        kept = [pair for pair in zip(self.days, self.numbers, strict=True) if pair[0].month % 3 == 0]
        end = (self.days[-1], self.numbers[-1])
        days, numbers = zip(*[*kept, *([] if end in kept else [end])], strict=True)
        return Growth(list(days), list(numbers))


def table(day: date) -> Table:
    """In two queries. A mini-cluster founded later has no row."""
    numbers = _changes(day, "mini_cluster_id")
    rows = [_row(mini_cluster, numbers.get(mini_cluster.pk, NOBODY)) for mini_cluster in _mini_clusters()]
    return Table(day, [row for row in rows if row.mini_cluster.founded_on <= day or row.total])  # type: ignore[union-attr]


def _row(mini_cluster: MiniCluster | None, numbers: Iterable[int]) -> Row:
    return Row(mini_cluster, tuple(zip(CLASSES, numbers, strict=True)))


@prepared()
def _mini_clusters() -> QuerySet:
    return MiniCluster.objects.order_by("position", "pk")


def counted(day: date, *, mini_cluster: MiniCluster | None = None, org_class: str = "") -> MembershipPeriodQuerySet:
    """The rows behind a number of the table of `day`."""
    periods = MembershipPeriod.objects.on(day)
    if mini_cluster:
        periods = periods.filter(mini_cluster=mini_cluster)
    return periods.filter(org_class=org_class) if org_class else periods


def growth(*, until: date) -> Growth:
    """What counted on the last day of each month, from the first membership on, and on `until`."""
    return history(until=until)[1]


def history(*, until: date, mini_cluster: MiniCluster | None = None) -> tuple[Row, Growth]:
    """What counted on `until`, all of it or of one mini-cluster, and how it came to that; one query."""
    changes = _changes(until, "month", mini_cluster)
    row = _row(mini_cluster, [sum(column) for column in zip(*changes.values(), strict=True)] or NOBODY)
    if not changes:
        return row, Growth([until], [0])
    days = list(_month_ends(min(changes), until))
    return row, Growth(days, _running({month: sum(numbers) for month, numbers in changes.items()}, days))


def changes_of_periods() -> Counter[Cell]:
    """What the kept changes add up to, as the periods themselves tell it."""
    changes: Counter[Cell] = Counter()
    periods = MembershipPeriod.objects.order_by()
    place = ("mini_cluster_id", "org_class")
    for *key, number in periods.values_list(*place, TruncMonth("starts_on")).annotate(Count("pk")):
        changes[*key] += number
    for *key, day, number in periods.exclude(ends_on=None).values_list(*place, "ends_on").annotate(Count("pk")):
        changes[*key, (day + timedelta(days=1)).replace(day=1)] -= number
    return changes


def _changes(day: date, key: str, mini_cluster: MiniCluster | None = None) -> dict[Any, list[int]]:
    """By how many memberships of each class the number of each `key` changed until `day`."""
    of = {"is_one": mini_cluster is not None, "pk": mini_cluster.pk if mini_cluster else 0}
    days = {"day": day, "month": day.replace(day=1), "end": _month_end(day.year, day.month)}
    changes: dict[Any, list[int]] = {}
    for found, *numbers in _changes_by(key=key, **of, **days):
        known = changes.get(found)
        changes[found] = [a + b for a, b in zip(known, numbers, strict=True)] if known else numbers
    return changes


@prepared(day=DateField(), month=DateField(), end=DateField(), pk=BigIntegerField())
def _changes_by(*, day, month, end, pk, is_one: bool, key: str) -> QuerySet:
    """Rows of (key, number of each class); a key may come more than once."""
    of = {"mini_cluster": pk} if is_one else {}
    kept = MembershipChange.objects.filter(month__lte=month, **of)
    periods = MembershipPeriod.objects.filter(**of).annotate(month=Cast(month, DateField()))
    begun_later = periods.filter(starts_on__gt=day, starts_on__lte=end)
    over_later = periods.filter(ends_on__gte=day, ends_on__lt=end)
    return _by(key, kept, lambda of_class: Sum("change", filter=of_class, default=0)).union(
        _by(key, begun_later, lambda of_class: -Count("pk", filter=of_class)),
        _by(key, over_later, lambda of_class: Count("pk", filter=of_class)),
        all=True,
    )


def _by(key: str, rows: QuerySet, number: Callable[[Q], Any]) -> QuerySet:
    return rows.order_by().values_list(key).annotate(**{c.value: number(Q(org_class=c.value)) for c in CLASSES})


@lru_cache(maxsize=100)
def _month_ends(first: date, until: date) -> tuple[date, ...]:
    """The last day of each month from `first` on, and `until`."""
    ends, year, month = [], first.year, first.month
    while (day := _month_end(year, month)) < until:
        ends.append(day)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return (*ends, until)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _running(changes: dict[date, int], days: list[date]) -> list[int]:
    numbers, sum_, waiting = [], 0, sorted(changes.items(), reverse=True)
    for day in days:
        while waiting and waiting[-1][0] <= day:
            sum_ += waiting.pop()[1]
        numbers.append(sum_)
    return numbers
