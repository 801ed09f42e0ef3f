"""A series: every so many weeks at the same time of day, all of it or told why not."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.local_times import Never, Twice
from ecluster.notifications.models import Notice
from equipment.actions.series import cancel_rest, make_series
from equipment.models import Access, Booking, BookingPolicy, Series
from equipment.series import SeriesClashes
from tests.factories.accounts import UserFactory
from tests.factories.equipment import SEOUL, booked, down, machine
from tests.factories.organisations import listed
from tests.factories.people import colleague_at

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
WEEK = timedelta(weeks=1)


@pytest.fixture
def cmm():
    return machine(access=Access.ANYONE)


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def monday() -> datetime:
    """10:00 of a Monday two weeks ahead, as a clock shows it."""
    today = timezone.localdate()
    return datetime.combine(today + timedelta(days=14 - today.weekday()), datetime.min.time()).replace(hour=10)


def series(cmm, person, first: datetime, zone=SEOUL, **facts) -> Series:
    facts = {"minutes": 60, "count": 3} | facts
    return make_series(equipment=cmm, time_zone=zone.key, first_start_local=first, by=person, **facts)


def times(made: Series, zone=SEOUL) -> list[str]:
    return [f"{b.starts_at.astimezone(zone):%m-%d %H:%M}" for b in made.bookings.order_by("starts_at")]


def next_change(zone: ZoneInfo, *, back: bool) -> datetime:
    """The first second, in UTC, on which the clock in `zone` has just been put back (or forward), months ahead."""
    moment = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + 4 * WEEK
    while True:
        before, after = (m.astimezone(zone).utcoffset() for m in (moment - timedelta(hours=1), moment))
        if before != after and (after < before) is back:
            return moment
        moment += timedelta(hours=1)


class TestTimes:
    def test_each_week_at_the_same_time(self, cmm, person, monday):
        made = series(cmm, person, monday)
        assert times(made) == [f"{monday + n * WEEK:%m-%d} 10:00" for n in range(3)]
        assert (made.person, made.every_weeks, made.until) == (person, 1, (monday + 2 * WEEK).date())
        assert set(made.bookings.values_list("status", flat=True)) == {"approved"}

    def test_every_second_week_until_a_day(self, cmm, person, monday):
        until = (monday + 4 * WEEK).date()
        made = series(cmm, person, monday, every_weeks=2, count=None, until=until)
        assert times(made) == [f"{monday + n * WEEK:%m-%d} 10:00" for n in (0, 2, 4)]

    def test_ten_in_seoul_is_ten_in_seoul_and_ten_in_new_york_ten_there_on_both_sides_of_the_change(self, cmm, person):
        change = next_change(NEW_YORK, back=False).astimezone(NEW_YORK)
        first = change.replace(hour=10, minute=0, tzinfo=None) - WEEK
        made = series(cmm, person, first, NEW_YORK, count=2)
        assert [time[-5:] for time in times(made, NEW_YORK)] == ["10:00", "10:00"]
        early, late = made.bookings.order_by("starts_at").values_list("starts_at", flat=True)
        assert late - early == WEEK - timedelta(hours=1)
        kept = series(cmm, person, first + timedelta(hours=3), SEOUL, count=2)
        early, late = kept.bookings.order_by("starts_at").values_list("starts_at", flat=True)
        assert late - early == WEEK

    @pytest.mark.parametrize(
        "when",
        [{}, {"count": 2, "until": date(2099, 1, 1)}, {"count": 0}, {"until": date(2001, 1, 1)}, {"count": 61}],
    )
    def test_what_is_no_series_is_refused(self, cmm, person, monday, when):
        with pytest.raises(ValidationError):
            series(cmm, person, monday, **{"count": None} | when)
        assert not Series.objects.exists()

    def test_nor_is_every_no_week(self, cmm, person, monday):
        with pytest.raises(ValidationError):
            series(cmm, person, monday, every_weeks=0)


class TestClockChanges:
    """Somebody has to say which instant is meant; the others of the series are not in doubt."""

    def test_a_time_that_comes_twice_is_asked_about(self, cmm, person):
        second = next_change(NEW_YORK, back=True)  # 01:00, for the second time
        local = second.astimezone(NEW_YORK).replace(tzinfo=None)
        with pytest.raises(SeriesClashes) as told:
            series(cmm, person, local - WEEK, NEW_YORK)
        (doubt,) = told.value.occurrences
        assert (doubt.local, type(doubt.found), doubt.choices) == (local, Twice, [second - timedelta(hours=1), second])
        assert (told.value.has_questions, told.value.possible) == (True, 2)
        assert not Booking.objects.exists()

    def test_a_time_that_never_comes_is_asked_about(self, cmm, person):
        change = next_change(NEW_YORK, back=False)  # 03:00; 02:30 never was
        local = change.astimezone(NEW_YORK).replace(tzinfo=None) - timedelta(minutes=30)
        with pytest.raises(SeriesClashes) as told:
            series(cmm, person, local - WEEK, NEW_YORK)
        (doubt,) = told.value.occurrences
        assert (doubt.local, type(doubt.found)) == (local, Never)

    @pytest.mark.parametrize("number", [0, 1])
    def test_the_answer_is_booked(self, cmm, person, number):
        second = next_change(NEW_YORK, back=True)
        local = second.astimezone(NEW_YORK).replace(tzinfo=None)
        answer = [second - timedelta(hours=1), second][number]
        made = series(cmm, person, local - WEEK, NEW_YORK, meant={local.date(): answer})
        assert made.bookings.order_by("starts_at")[1].starts_at == answer

    def test_an_answer_that_is_none_of_the_two_is_none(self, cmm, person):
        second = next_change(NEW_YORK, back=True)
        local = second.astimezone(NEW_YORK).replace(tzinfo=None)
        with pytest.raises(SeriesClashes):
            series(cmm, person, local - WEEK, NEW_YORK, meant={local.date(): second + timedelta(hours=1)})

    def test_a_doubt_is_not_left_out_but_asked_about(self, cmm, person):
        second = next_change(NEW_YORK, back=True)
        local = second.astimezone(NEW_YORK).replace(tzinfo=None)
        with pytest.raises(SeriesClashes):
            series(cmm, person, local - WEEK, NEW_YORK, leave_out_clashing=True)


class TestClashes:
    @pytest.fixture
    def taken(self, cmm, monday):
        return booked(cmm, (monday + WEEK).replace(tzinfo=SEOUL))

    def test_each_is_told_and_nothing_is_booked(self, cmm, person, monday, taken):
        BookingPolicy.objects.create(equipment=cmm, ahead_limit=2)
        down(cmm, (monday + 2 * WEEK).replace(tzinfo=SEOUL), (monday + 2 * WEEK).replace(tzinfo=SEOUL, hour=20))
        with pytest.raises(SeriesClashes) as told:
            series(cmm, person, monday, count=5)
        found = [
            (f"{o.local:%m-%d}", [c.kind for c in o.clashes], [v.code for v in o.violations])
            for o in told.value.occurrences
        ]
        assert found == [
            (f"{monday + WEEK:%m-%d}", ["booking"], []),
            (f"{monday + 2 * WEEK:%m-%d}", ["outage"], []),
            (f"{monday + 4 * WEEK:%m-%d}", [], ["ahead_limit"]),
        ]
        assert told.value.possible == 2
        assert (Booking.objects.exclude(pk=taken.pk).exists(), Series.objects.exists()) == (False, False)
        assert not Notice.objects.filter(user=person).exists()

    def test_the_rest_is_booked_where_they_are_left_out(self, cmm, person, monday, taken):
        made = series(cmm, person, monday, leave_out_clashing=True)
        assert times(made) == [f"{monday + n * WEEK:%m-%d} 10:00" for n in (0, 2)]

    def test_not_where_nothing_is_left(self, cmm, person, monday, taken):
        with pytest.raises(SeriesClashes):
            series(cmm, person, monday + WEEK, count=1, leave_out_clashing=True)

    def test_its_own_times_do_not_overlap_each_other(self, cmm, person, monday):
        with pytest.raises(SeriesClashes) as told:
            series(cmm, person, monday, minutes=8 * 24 * 60)
        assert [o.local for o in told.value.occurrences] == [monday + WEEK]


class TestWho:
    def test_it_is_billed_to_ones_organisation(self, cmm, monday):
        company = listed()
        made = series(cmm, colleague_at(company), monday, organisation=company, purpose="Wear")
        assert set(made.bookings.values_list("organisation", "purpose")) == {(company.pk, "Wear")}

    def test_who_may_not_use_the_machine_books_none(self, person, monday):
        with pytest.raises(PermissionDenied):
            series(machine(access=Access.OWNER), person, monday)

    def test_one_notice_tells_it_all_with_a_file_for_the_calendar(self, cmm, person, monday, run_tasks, mailoutbox):
        made = series(cmm, person, monday)
        run_tasks()
        (notice,) = Notice.objects.filter(user=person)
        assert notice.subject == "Your series on Coordinate measuring machine: 3 bookings"
        (mail,) = [mail for mail in mailoutbox if mail.to == [person.email]]
        assert [file.filename for file in mail.attachments] == [f"series-{made.pk}.ics"]
        assert mail.attachments[0].content.count("BEGIN:VEVENT") == 3


class TestTheRest:
    def test_what_has_not_begun_is_cancelled(self, cmm, person, monday):
        made = series(cmm, person, monday)
        first = made.bookings.earliest("starts_at")
        now = timezone.now()
        Booking.objects.filter(pk=first.pk).update(starts_at=now, held_from=now)
        assert len(cancel_rest(series=made, by=person)) == 2
        assert list(made.bookings.order_by("starts_at").values_list("status", flat=True)) == [
            "approved",
            "cancelled",
            "cancelled",
        ]

    def test_by_nobody_elses_hand(self, cmm, person, monday):
        made = series(cmm, person, monday)
        with pytest.raises(PermissionDenied):
            cancel_rest(series=made, by=UserFactory())
        assert not made.bookings.filter(status="cancelled").exists()
