"""Table 1 for any day, its growth, and the promise that a past day's figures never change."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecluster.accounts.permissions import Role
from ecluster.workflow import WrongStatus
from members import table1
from members.actions import counting, memberships, merging
from members.models import MembershipChange, MembershipPeriod, MiniCluster, Organisation, OrganisationClass
from tests.factories.accounts import AppointmentFactory, administrator
from tests.factories.memberships import active_membership, application_of, newcomer
from tests.factories.mini_clusters import MiniClusterFactory, chief_coordinator

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def numbers(day):
    return [row.numbers for row in table1.table(day).rows]


def test_memberships_stand_by_mini_cluster_and_class_with_totals():
    machine_tool, mould = MiniClusterFactory(position=1), MiniClusterFactory(position=2)
    for org_class in ["company", "company", "university"]:
        active_membership(newcomer(org_class=org_class), machine_tool, on=date(2005, 3, 1))
    active_membership(newcomer(org_class="rnd_centre"), mould, on=date(2005, 3, 2))
    table = table1.table(date(2005, 3, 2))
    assert [(row.mini_cluster, row.numbers, row.total) for row in table.rows] == [
        (machine_tool, [2, 0, 1, 0], 3),
        (mould, [0, 1, 0, 0], 1),
    ]
    assert (table.totals.numbers, table.total) == ([2, 1, 1, 0], 4)


def test_an_organisation_counts_once_in_each_of_its_mini_clusters():
    organisation = newcomer(org_class="university")
    for position in (1, 2):
        active_membership(organisation, MiniClusterFactory(position=position))
    assert numbers(TODAY) == [[0, 0, 1, 0], [0, 0, 1, 0]]


def test_applications_and_suspended_members_do_not_count():
    mini_cluster = MiniClusterFactory()
    application_of(mini_cluster=mini_cluster)
    suspended = active_membership(mini_cluster=mini_cluster, on=TODAY - 5 * DAY)
    memberships.suspend(membership=suspended, by=chief_coordinator(), reason="Dues", on=TODAY - 2 * DAY)
    assert [numbers(TODAY - 3 * DAY), numbers(TODAY - 2 * DAY)] == [[[1, 0, 0, 0]], [[0, 0, 0, 0]]]


def test_a_mini_cluster_has_no_row_before_it_was_founded():
    MiniClusterFactory(founded_on=date(2004, 4, 1))
    assert (numbers(date(2004, 3, 31)), numbers(date(2004, 4, 1))) == ([], [[0, 0, 0, 0]])


def test_the_table_is_two_queries(django_assert_num_queries):
    for position in range(3):
        active_membership(mini_cluster=MiniClusterFactory(position=position))
    with django_assert_num_queries(2):
        assert table1.table(TODAY).total == 3


def test_growth_is_told_at_the_end_of_each_month_and_on_the_day_asked_for():
    for day in [date(2004, 4, 30), date(2004, 5, 1), date(2004, 7, 15)]:
        active_membership(on=day)
    grown = table1.growth(until=date(2004, 7, 20))
    assert grown.days == [date(2004, 4, 30), date(2004, 5, 31), date(2004, 6, 30), date(2004, 7, 20)]
    assert grown.numbers == [1, 2, 2, 3]


def test_growth_by_quarter_and_of_one_mini_cluster():
    first = active_membership(on=date(2004, 4, 30))
    active_membership(on=date(2005, 1, 1))
    grown = table1.history(until=date(2005, 2, 1), mini_cluster=first.mini_cluster)[1].by_quarter()
    assert grown.days == [date(2004, 6, 30), date(2004, 9, 30), date(2004, 12, 31), date(2005, 2, 1)]
    assert grown.numbers == [1, 1, 1, 1]


def test_growth_sinks_on_the_day_after_the_last_that_counted():
    membership = active_membership(on=TODAY - 40 * DAY)
    memberships.end(membership=membership, by=chief_coordinator(), reason="Moved")
    assert table1.growth(until=TODAY).numbers[-1] == 0
    assert table1.growth(until=TODAY - DAY).numbers[-1] == 1


def test_every_day_of_a_month_is_told_as_its_rows_say_folded_or_not():
    mini_cluster, keeper = MiniClusterFactory(), chief_coordinator()
    AppointmentFactory(user=keeper, office=Role.ADMINISTRATOR)
    for first, end in [(1, 16), (1, 30), (14, 16), (30, None)]:
        membership = active_membership(mini_cluster=mini_cluster, on=date(2005, 6, first))
        if end:
            memberships.end(membership=membership, by=keeper, reason="Moved", on=date(2005, 6, end))
    month = [date(2005, 5, 31) + number * DAY for number in range(32)]
    rows = [table1.counted(day).count() for day in month]
    assert [table1.table(day).total for day in month] == rows
    counting.fold_changes.func()
    assert [table1.table(day).total for day in month] == rows
    assert [table1.growth(until=day).numbers[-1] for day in month] == rows
    assert MembershipChange.objects.get().change == 1


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "apply",
                "approve",
                "suspend",
                "resume",
                "end",
                "reclassify",
                "merge",
                "rename",
                "fold",
                "next day",
                "next day",
            ]
        ),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
    min_size=5,
    max_size=40,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_past_days_never_change_whatever_is_done_later(steps, db, monkeypatch):
    life = ClusterLife(monkeypatch)
    for action, one, other in steps:
        life.take(action, one, other)
        life.check()


class ClusterLife:
    """A small cluster through a random series of days, with what each past day's table was when it ended."""

    def __init__(self, monkeypatch):
        self.monkeypatch, self.seen = monkeypatch, {}
        MembershipPeriod.objects.all().delete()
        counting.draw_up_changes()
        self.day = date(2026, 3, 1)
        self._set_clock()
        self.chief, self.admin = chief_coordinator(), administrator()
        self.chief.appointments.update(starts_on=date(2026, 1, 1))
        self.admin.appointments.update(starts_on=date(2026, 1, 1))
        self.mini_clusters = [MiniClusterFactory(), MiniClusterFactory()]
        self.organisations = [newcomer(org_class=c) for c in OrganisationClass]
        for organisation in self.organisations:
            place = {"organisation": organisation, "mini_cluster": self.mini_clusters[0]}
            memberships.approve(membership=memberships.apply(by=self.admin, **place), by=self.chief)

    def take(self, action, one, other):
        with suppress(ValidationError, WrongStatus):  # not every step is open on every day
            getattr(self, "_" + action.replace(" ", "_"))(one, other)

    def check(self):
        for day, numbers_then in self.seen.items():
            assert self._figures(day) == numbers_then
        table = table1.table(self.day)
        rows = Counter(
            (period.mini_cluster, period.org_class)
            for period in table1.counted(self.day).select_related("mini_cluster")
        )
        assert {(r.mini_cluster, c): n for r in table.rows for c, n in r.cells if n} == dict(rows)
        assert table1.growth(until=self.day).numbers[-1] == table.total

    def _figures(self, day):
        return {
            row.mini_cluster.pk: row.numbers for row in table1.table(day).rows if row.mini_cluster in self.mini_clusters
        }

    def _set_clock(self):
        self.monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: value.date() if value else self.day)

    def _next_day(self, one, _):
        for passed in range(one % 3 + 1):
            self.seen[self.day + passed * DAY] = self._figures(self.day + passed * DAY)
        self.day += (one % 3 + 1) * DAY

    def _membership(self, number):
        return self._pick([m for o in self._present() for m in o.memberships.order_by("pk")], number)

    def _present(self):
        return Organisation.objects.filter(pk__in=[o.pk for o in self.organisations], merged_into=None)

    def _pick(self, rows, number):
        if not rows:
            raise ValidationError("nothing there")
        return rows[number % len(rows)]

    def _apply(self, one, other):
        organisation = self._pick(list(self._present()), one)
        mini_cluster = MiniCluster.objects.get(pk=self._pick(self.mini_clusters, other).pk)
        memberships.apply(organisation=organisation, mini_cluster=mini_cluster, by=self.admin)

    def _approve(self, one, _):
        memberships.approve(membership=self._membership(one), by=self.chief)

    def _suspend(self, one, _):
        memberships.suspend(membership=self._membership(one), by=self.chief, reason="random")

    def _resume(self, one, _):
        memberships.resume(membership=self._membership(one), by=self.chief, reason="random")

    def _end(self, one, _):
        memberships.end(membership=self._membership(one), by=self.chief, reason="random")

    def _reclassify(self, one, other):
        organisation = self._pick(list(self._present()), one)
        memberships.reclassify(organisation=organisation, org_class=list(OrganisationClass)[other % 4], by=self.admin)

    def _merge(self, one, other):
        duplicate, survivor = self._pick(list(self._present()), one), self._pick(list(self._present()), other)
        merging.merge(organisation=duplicate, into=survivor, by=self.chief, reason="random")

    def _fold(self, _one, _other):
        counting.fold_changes.func()

    def _rename(self, one, _):
        organisation = self._pick(list(self._present()), one)
        Organisation.objects.filter(pk=organisation.pk).update(name_en=f"Renamed {self.day}")
