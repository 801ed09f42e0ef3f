"""Table 1 of the Changwon paper for any day: memberships by mini-cluster and class, and how they grew.

All figures are drawn from the periods of membership, and each counts periods: a cell's number is the number of the
rows that `counted()` gives for it.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from members.models import MembershipPeriod, MiniCluster, OrganisationClass
from members.querysets.memberships import MembershipPeriodQuerySet
from members.querysets.mini_clusters import MiniClusterQuerySet

CLASSES: tuple[OrganisationClass, ...] = tuple(OrganisationClass)


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
    """In one query. A mini-cluster founded later has no row."""
    rows = [row(m) for m in with_numbers(MiniCluster.objects.order_by("position", "pk"), day)]
    return Table(day, [row for row in rows if row.mini_cluster.founded_on <= day or row.total])  # type: ignore[union-attr]


def with_numbers(mini_clusters: MiniClusterQuerySet, day: date) -> MiniClusterQuerySet:
    """Each with how many memberships counted on `day` in each class, for its `row()`."""
    in_force = (Q(periods__ends_on=None) | Q(periods__ends_on__gte=day)) & Q(periods__starts_on__lte=day)
    return mini_clusters.annotate(
        **{c.value: Count("periods", filter=in_force & Q(periods__org_class=c)) for c in CLASSES}
    )


def row(mini_cluster: MiniCluster) -> Row:
    return Row(mini_cluster, tuple((c, getattr(mini_cluster, c.value)) for c in CLASSES))


def counted(day: date, *, mini_cluster: MiniCluster | None = None, org_class: str = "") -> MembershipPeriodQuerySet:
    """The rows behind a number of the table of `day`."""
    periods = MembershipPeriod.objects.on(day)
    if mini_cluster:
        periods = periods.filter(mini_cluster=mini_cluster)
    return periods.filter(org_class=org_class) if org_class else periods


def growth(*, until: date, mini_cluster: MiniCluster | None = None) -> Growth:
    """What counted on the last day of each month, from the first membership on, and on `until`."""
    periods = MembershipPeriod.objects.filter(starts_on__lte=until)
    if mini_cluster:
        periods = periods.filter(mini_cluster=mini_cluster)
    changes = _changes(periods)
    if not changes:
        return Growth([until], [0])
    days = list(_month_ends(min(changes), until))
    return Growth(days, _running(changes, days))


def _changes(periods: MembershipPeriodQuerySet) -> Counter[date]:
    """By how many the number changes on which day; what begins is told of the month's first day."""
    changes: Counter[date] = Counter()
    for month, ends_on, number in (
        periods.values_list(TruncMonth("starts_on"), "ends_on").annotate(number=Count("pk")).order_by()
    ):
        changes[month] += number
        if ends_on:
            changes[ends_on + timedelta(days=1)] -= number
    return changes


def _month_ends(first: date, until: date) -> Iterable[date]:
    year, month = first.year, first.month
    while (day := _month_end(year, month)) < until:
        yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    yield until


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _running(changes: Counter[date], days: list[date]) -> list[int]:
    numbers, sum_, waiting = [], 0, sorted(changes.items(), reverse=True)
    for day in days:
        while waiting and waiting[-1][0] <= day:
            sum_ += waiting.pop()[1]
        numbers.append(sum_)
    return numbers
