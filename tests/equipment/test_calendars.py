"""What a calendar shows: hours as they are on each day, what is taken without names, what is free as a link to book."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from equipment.calendars.days import hours_of, midnight, month_of, rows_of, week_of
from equipment.calendars.lanes import Lane, opening
from equipment.calendars.spans import Block, without
from equipment.calendars.week import Column, grid
from equipment.models import OpeningHours
from equipment.statuses import BookingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, down, machine, monday, open_on, seoul, with_policy
from tests.factories.people import colleague_at, manager_of

SEOUL, NEW_YORK, SANTIAGO = ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York"), ZoneInfo("America/Santiago")
SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)  # in New York


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestTheHoursOfADay:
    def test_are_24_and_fill_it(self):
        hours = hours_of(date(2027, 3, 13), NEW_YORK)
        assert [hour.row for hour in hours] == [(number, False) for number in range(24)]
        assert all(one.ends_at == next_.starts_at for one, next_ in pairwise(hours))
        assert (hours[0].starts_at, hours[-1].ends_at) == (utc("2027-03-13 05:00"), utc("2027-03-14 05:00"))

    def test_are_23_when_the_clock_goes_forward(self):
        hours = hours_of(SPRING, NEW_YORK)
        assert len(hours) == 23
        assert (2, False) not in {hour.row for hour in hours}
        assert (hours[-1].ends_at - hours[0].starts_at) == timedelta(hours=23)

    def test_are_25_when_it_goes_back(self):
        hours = hours_of(AUTUMN, NEW_YORK)
        assert [hour.row for hour in hours][:4] == [(0, False), (1, False), (1, True), (2, False)]
        assert (hours[-1].ends_at - hours[0].starts_at) == timedelta(hours=25)

    def test_begin_at_one_where_midnight_is_left_out(self):
        day = date(2027, 9, 5)
        assert hours_of(day, SANTIAGO)[0].row == (1, False)
        assert midnight(day, SANTIAGO) == utc("2027-09-05 04:00") == hours_of(day, SANTIAGO)[0].starts_at

    def test_of_a_week_have_the_double_hour_as_a_row_of_its_own(self):
        week = rows_of(hours_of(day, NEW_YORK) for day in week_of(AUTUMN))
        assert week[:4] == [(0, False), (1, False), (1, True), (2, False)]
        assert len(week) == 25

    def test_a_month_is_whole_weeks(self):
        days = month_of(date(2027, 2, 10))
        assert (days[0], days[-1], len(days)) == (date(2027, 2, 1), date(2027, 2, 28), 28)
        assert len(month_of(date(2027, 5, 1))) == 42


class TestStretches:
    def test_what_is_taken_out_may_overlap(self):
        ten, eleven, twelve, one = (utc(f"2027-03-01 {hour}:00") for hour in (10, 11, 12, 13))
        assert without([(ten, one)], [(eleven, twelve), (eleven, twelve)]) == [(ten, eleven), (twelve, one)]
        assert without([(ten, one)], [(ten, one)]) == []

    def test_opening_hours_are_of_the_machines_clock(self):
        hours = [OpeningHours(weekday=0, opens="09:00", closes="12:00")]
        hours[0].clean_fields(exclude=["equipment"])
        day = seoul("2027-03-01 00:00")
        assert opening(hours, SEOUL, day, day + timedelta(days=7)) == [
            (utc("2027-03-01 00:00"), utc("2027-03-01 03:00"))
        ]

    def test_until_midnight_and_from_midnight_is_open_through_the_night(self):
        late, early = (
            OpeningHours(weekday=0, opens="22:00", closes="00:00"),
            OpeningHours(weekday=1, opens="00:00", closes="02:00"),
        )
        for row in (late, early):
            row.clean_fields(exclude=["equipment"])
        day = seoul("2027-03-01 00:00")
        assert opening([late, early], SEOUL, day, day + timedelta(days=7)) == [
            (utc("2027-03-01 13:00"), utc("2027-03-01 17:00"))
        ]


@pytest.mark.django_db
class TestAGrid:
    def lane(self, **facts) -> Lane:
        day = seoul("2027-03-01 00:00")
        defaults = {"open": [(day, day + timedelta(days=1))], "blocks": [], "free_from": day}
        return Lane(machine(), **defaults | facts)

    def cells(self, lane: Lane, day=date(2027, 3, 1), zone=SEOUL) -> dict:
        drawn = grid([Column(day, lane, "Mon 1 Mar")], zone)
        return {row.label: row.cells[0] for row in drawn.rows}

    def test_a_free_hour_is_a_link_to_book_it(self):
        lane = self.lane()
        cell = self.cells(lane)["10:00"]
        assert (cell.kind, cell.label) == ("free", "Book Mon 1 Mar, 10:00")
        assert cell.url == f"/equipment/{lane.machine.pk}/book/?start=2027-03-01T01:00Z&end=2027-03-01T02:00Z"

    def test_what_is_taken_is_told_once_and_goes_on(self):
        block = Block("booking", seoul("2027-03-01 10:00"), seoul("2027-03-01 11:30"), "booked")
        cells = self.cells(self.lane(blocks=[block]))
        assert [cells[hour].kind for hour in ("09:00", "10:00", "11:00", "12:00")] == ["free", "busy", "free", "free"]
        assert [mark.text for mark in cells["10:00"].marks + cells["11:00"].marks] == ["10:00–11:30 booked", ""]
        assert (cells["11:00"].starts, cells["11:00"].is_whole) == ("11:30", False)

    def test_a_request_keeps_nobody_off(self):
        block = Block("request", seoul("2027-03-01 10:00"), seoul("2027-03-01 11:00"), "your request")
        assert self.cells(self.lane(blocks=[block]))["10:00"].url

    def test_what_is_over_and_what_is_closed_is_no_link(self):
        nine, noon = seoul("2027-03-01 09:00"), seoul("2027-03-01 12:00")
        cells = self.cells(self.lane(open=[(nine, noon)], free_from=nine + timedelta(hours=1)))
        assert {hour: cell.kind for hour, cell in cells.items()} == {"09:00": "past", "10:00": "free", "11:00": "free"}

    def test_a_day_without_an_hour_says_so(self):
        start = midnight(SPRING, NEW_YORK)
        lane = self.lane(open=[(start, start + timedelta(days=2))], free_from=start)
        both = grid([Column(SPRING, lane, "Sun"), Column(SPRING + timedelta(days=1), lane, "Mon")], NEW_YORK)
        two = next(row for row in both.rows if row.label == "02:00")
        assert [cell.kind for cell in two.cells] == ["none", "free"]
        assert "start=2027-03-15T06:00Z" in two.cells[1].url

    def test_an_hour_that_comes_twice_is_booked_twice(self):
        start = midnight(AUTUMN, NEW_YORK)
        cells = self.cells(self.lane(open=[(start, start + timedelta(days=1))], free_from=start), AUTUMN, NEW_YORK)
        assert "start=2027-11-07T05:00Z" in cells["01:00"].url
        assert "start=2027-11-07T06:00Z" in cells["01:00 again"].url

    def test_between_two_bookings_both_buffers_are_kept(self):
        lane = self.lane(blocks=[Block("booking", seoul("2027-03-01 10:00"), seoul("2027-03-01 11:00"), "booked")])
        lane.machine = with_policy(lane.machine, buffer_before=15, buffer_after=15)
        assert self.cells(lane)["11:00"].starts == "11:30"


@pytest.mark.django_db
class TestThePage:
    def week(self, client, equipment, **query):
        return client.get(f"/equipment/{equipment.pk}/calendar/", {"day": f"{monday():%Y-%m-%d}"} | query)

    def marks(self, response) -> list[str]:
        return [
            mark.text
            for row in response.context["fragment"][1]["grid"].rows
            for cell in row.cells
            for mark in cell.marks
            if mark.text
        ]

    def test_names_nobody_to_others(self, client_for):
        cmm = machine()
        booked(cmm, monday("10:00"), person=UserFactory(name_en="Kim Secret"))
        response = self.week(client_for(colleague_at(machine().owner)), cmm)
        assert self.marks(response) == ["10:00–11:00 booked"]
        assert "Secret" not in response.content.decode()

    def test_names_people_to_who_keeps_the_machine(self, client_for):
        cmm = machine()
        booked(cmm, monday("10:00"), person=UserFactory(name_en="Kim Chulsoo"))
        assert self.marks(self.week(client_for(manager_of(cmm.owner)), cmm)) == ["10:00–11:00 Kim Chulsoo"]

    def test_shows_ones_own_bookings_and_requests(self, client_for):
        cmm, person = machine(), UserFactory()
        cmm.access = "anyone"
        cmm.save()
        booked(cmm, monday("10:00"), person=person)
        booked(cmm, monday("13:00"), person=person, status=BookingStatus.REQUESTED)
        booked(cmm, monday("15:00"), status=BookingStatus.REQUESTED)
        booked(cmm, monday("17:00"), person=person, status=BookingStatus.CANCELLED)
        marks = self.marks(self.week(client_for(person), cmm))
        assert marks == ["10:00–11:00 your booking", "13:00–14:00 your request"]

    def test_shows_outages_with_their_reason(self, client_for):
        cmm = machine()
        down(cmm, monday("10:00"), monday("12:00"))
        assert self.marks(self.week(client_for(colleague_at(cmm.owner)), cmm)) == ["10:00–12:00 out of use: Spindle"]

    def test_is_in_the_readers_clock_and_says_so(self, client_for):
        cmm = machine()
        booked(cmm, seoul("2027-03-16 10:00"))
        booked(cmm, seoul("2027-03-09 10:00"))
        client = client_for(colleague_at(cmm.owner, time_zone="America/New_York"))
        before = client.get(f"/equipment/{cmm.pk}/calendar/", {"day": "2027-03-08"})
        after = client.get(f"/equipment/{cmm.pk}/calendar/", {"day": "2027-03-15"})
        assert (self.marks(before), self.marks(after)) == (["20:00–21:00 booked"], ["21:00–22:00 booked"])
        assert "Times are of America/New_York (UTC−05:00), your clock." in before.content.decode()
        assert "Times are of America/New_York (UTC−04:00), your clock." in after.content.decode()
        assert "stands in Asia/Seoul" in after.content.decode()

    def test_leads_to_the_weeks_and_months_beside_it(self, client_for):
        cmm = machine()
        client = client_for(colleague_at(cmm.owner))
        week = client.get(f"/equipment/{cmm.pk}/calendar/", {"day": "2027-03-03"}).context["asked"]
        month = client.get(f"/equipment/{cmm.pk}/calendar/", {"day": "2027-01-31", "view": "month"}).context["asked"]
        assert (week.title, week.previous, week.next) == (
            "Mon 1 Mar – Sun 7 Mar, 2027",
            "?day=2027-02-24",
            "?day=2027-03-10",
        )
        assert (month.title, month.next) == ("January 2027", "?day=2027-02-01&view=month")

    @pytest.mark.parametrize("day", ["", "yesterday", "0001-01-01", "9999-12-31", "2027-02-30"])
    def test_a_day_that_is_none_is_today(self, client_for, day):
        cmm = machine()
        response = client_for(colleague_at(cmm.owner)).get(f"/equipment/{cmm.pk}/calendar/", {"day": day, "view": "x"})
        assert (response.context["asked"].day, response.context["asked"].view) == (timezone.localdate(), "week")

    def test_of_a_machine_one_may_not_see_is_no_page(self, client_for):
        hidden = machine(access="owner")
        assert client_for(colleague_at(machine().owner)).get(f"/equipment/{hidden.pk}/calendar/").status_code == 404

    def test_who_may_see_but_not_use_it_finds_no_links(self, client_for):
        cmm = machine(access="mini_cluster")
        response = self.week(client_for(colleague_at(machine().owner)), cmm)
        assert "/book/" not in response.content.decode()

    def test_a_month_tells_what_is_on_each_day_and_how_much_is_free(self, client_for):
        cmm = machine()
        open_on(cmm, 0, "09:00", "17:00")
        booked(cmm, monday("10:00"), hours=2)
        weeks = self.week(client_for(colleague_at(cmm.owner)), cmm, view="month").context["fragment"][1]["weeks"]
        day = next(day for week in weeks for day in week if day.day == monday().date())
        assert ([mark.text for mark in day.marks], day.free) == (["10:00–12:00 booked"], "6 h")

    @pytest.mark.parametrize("number", [1, 3])
    @pytest.mark.parametrize("view", ["week", "month"])
    def test_makes_as_many_queries_for_three_bookings_as_for_one(
        self, client_for, django_assert_num_queries, number, view
    ):
        cmm = machine()
        client = client_for(manager_of(cmm.owner))
        for hour in range(10, 10 + number):
            booked(cmm, monday(f"{hour}:00"))
        self.week(client, cmm, view=view)
        with django_assert_num_queries(10):
            self.week(client, cmm, view=view)


@pytest.mark.django_db
class TestSeveralMachines:
    ADDRESS = "/equipment/calendar/"

    def test_stand_beside_each_other_on_a_day(self, client_for):
        lathe, mill = machine(name_en="Lathe"), machine(name_en="Mill")
        booked(mill, monday("10:00"))
        query = {"machine": [lathe.pk, mill.pk], "view": "day", "day": f"{monday():%Y-%m-%d}"}
        drawn = client_for(colleague_at(lathe.owner)).get(self.ADDRESS, query).context["fragment"][1]["grid"]
        ten = next(row for row in drawn.rows if row.label == "10:00")
        assert [column.heading for column in drawn.columns] == ["Lathe", "Mill"]
        assert [cell.kind for cell in ten.cells] == ["free", "busy"]

    def test_are_rows_of_a_week(self, client_for):
        lathe, mill = machine(name_en="Lathe"), machine(name_en="Mill")
        booked(mill, monday("10:00"))
        query = {"machine": [lathe.pk, mill.pk], "day": f"{monday():%Y-%m-%d}"}
        rows = client_for(colleague_at(lathe.owner)).get(self.ADDRESS, query).context["fragment"][1]["rows"]
        assert {row.name: [mark.text for mark in days[0][0]] for row, days in rows} == {
            "Lathe": ["00:00–24:00 free"],
            "Mill": ["00:00–10:00 free", "10:00–11:00 booked", "11:00–24:00 free"],
        }

    def test_are_those_one_keeps_where_none_is_named(self, client_for):
        kept = machine(name_en="Lathe")
        machine(name_en="Mill")
        response = client_for(manager_of(kept.owner)).get(self.ADDRESS)
        assert [one.name for one, _ in response.context["shown"]] == ["Lathe"]

    def test_are_found_by_name_and_added(self, client_for):
        lathe, mill = machine(name_en="Lathe"), machine(name_en="Mill")
        machine(name_en="Mill of others", access="owner")
        response = client_for(colleague_at(lathe.owner)).get(self.ADDRESS, {"machine": lathe.pk, "find": "mill"})
        assert [(one.name, query) for one, query in response.context["found"]] == [
            ("Mill", f"?machine={lathe.pk}&machine={mill.pk}")
        ]

    def test_that_one_may_not_see_are_left_out(self, client_for):
        hidden = machine(access="owner")
        response = client_for(colleague_at(machine().owner)).get(
            self.ADDRESS, {"machine": [hidden.pk, "x", "9" * 30, "-1"]}
        )
        assert (response.status_code, response.context["shown"]) == (200, [])

    @pytest.mark.parametrize("number", [1, 3])
    def test_cost_as_many_queries_for_three_as_for_one(self, client_for, django_assert_num_queries, number):
        machines = [machine() for _ in range(number)]
        client = client_for(colleague_at(machine().owner))
        query = {"machine": [one.pk for one in machines]}
        client.get(self.ADDRESS, query)
        with django_assert_num_queries(10):
            client.get(self.ADDRESS, query)
