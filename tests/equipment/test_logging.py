"""What became of a booked time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.audit.models import AuditEntry
from ecluster.workflow import WrongStatus
from equipment.actions.logging import finish, miss, settle_unlogged
from equipment.models import BookingPolicy
from equipment.statuses import BookingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, down, machine
from tests.factories.organisations import listed
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OTHERS = [status for status in BookingStatus if status != BookingStatus.APPROVED]


@pytest.fixture
def cmm():
    cmm = machine()
    BookingPolicy.objects.create(equipment=cmm, late_percent=50)
    return cmm


@pytest.fixture
def keeper(cmm):
    return manager_of(cmm.owner)


def ago(hours: float):
    return timezone.now() - hours * HOUR


def used(cmm, hours_ago: float = 3, hours: float = 2, **facts):
    return booked(cmm, ago(hours_ago), hours=hours, **{"krw_per_hour": 30_000} | facts)


class TestUsed:
    def test_as_booked_costs_the_booked_time(self, cmm):
        booking = used(cmm)
        finish(booking=booking, by=booking.person)
        booking.refresh_from_db()
        assert (booking.status, booking.used_minutes, booking.cost_krw) == ("done", 120, 60_000)

    def test_the_minutes_that_were_used_are_charged_and_the_remarks_kept(self, cmm):
        booking = used(cmm)
        finish(booking=booking, by=booking.person, used_minutes=45, remarks=" The probe is worn. ")
        booking.refresh_from_db()
        assert (booking.used_minutes, booking.cost_krw, booking.remarks) == (45, 22_500, "The probe is worn.")

    def test_who_is_ready_early_is_charged_until_then(self, cmm):
        booking = used(cmm, hours_ago=0.5)
        finish(booking=booking, by=booking.person)
        booking.refresh_from_db()
        assert (booking.used_minutes, booking.cost_krw) == (30, 15_000)

    def test_it_may_have_taken_longer_than_booked(self, cmm, keeper):
        booking = used(cmm, hours_ago=4)
        finish(booking=booking, by=keeper, used_minutes=150)
        assert (booking.used_minutes, booking.cost_krw) == (150, 75_000)

    @pytest.mark.parametrize("minutes", [-1, 181])
    def test_never_longer_than_there_was_time(self, cmm, minutes):
        booking = used(cmm)
        with pytest.raises(ValidationError) as told:
            finish(booking=booking, by=booking.person, used_minutes=minutes)
        assert told.value.message_dict == {"used_minutes": ["Between 0 and 180 minutes: so long ago it began."]}
        booking.refresh_from_db()
        assert booking.status == "approved"

    def test_that_it_was_not_used_at_all_only_a_keeper_logs(self, cmm, keeper):
        booking = used(cmm)
        with pytest.raises(ValidationError, match="At least a minute"):
            finish(booking=booking, by=booking.person, used_minutes=0)
        finish(booking=booking, by=keeper, used_minutes=0)
        assert (booking.status, booking.cost_krw) == ("done", 0)

    def test_what_has_not_begun_is_not_logged(self, cmm):
        booking = used(cmm, hours_ago=-1)
        with pytest.raises(ValidationError, match="has not begun yet"):
            finish(booking=booking, by=booking.person)

    def test_a_stranger_logs_nothing(self, cmm):
        with pytest.raises(PermissionDenied):
            finish(booking=used(cmm), by=manager_of(listed()))

    @pytest.mark.parametrize("status", OTHERS)
    def test_only_what_is_approved_is_logged(self, cmm, status):
        booking = used(cmm, status=status)
        with pytest.raises(WrongStatus):
            finish(booking=booking, by=booking.person)

    def test_the_trail_tells_it(self, cmm):
        booking = used(cmm)
        finish(booking=booking, by=booking.person)
        entry = AuditEntry.objects.get(target_id=booking.pk, action="finish")
        assert (entry.actor, entry.changes["status"], entry.changes["cost_krw"]) == (
            booking.person,
            ["approved", "done"],
            [0, 60_000],
        )


class TestMissed:
    def test_a_keeper_says_so_and_the_policys_part_is_owed(self, cmm, keeper):
        booking = used(cmm)
        miss(booking=booking, by=keeper, note="Nobody answered the phone.")
        booking.refresh_from_db()
        assert (booking.status, booking.used_minutes, booking.cost_krw) == ("missed", 0, 30_000)
        assert booking.remarks == "Nobody answered the phone."

    def test_not_before_the_time_is_over(self, cmm, keeper):
        with pytest.raises(ValidationError, match="They may still come"):
            miss(booking=used(cmm, hours_ago=1), by=keeper)

    @pytest.mark.parametrize(("began", "ended"), [(5, 2.9), (2, 1.5), (1.1, None)])
    def test_never_while_the_machine_was_down(self, cmm, keeper, began, ended):
        booking = used(cmm)
        down(cmm, ago(began), ended and ago(ended))
        with pytest.raises(ValidationError, match="The machine was down in that time"):
            miss(booking=booking, by=keeper)

    def test_an_outage_before_or_after_is_no_excuse(self, cmm, keeper):
        booking = used(cmm)
        down(cmm, ago(5), booking.starts_at)
        down(cmm, booking.ends_at, ago(0.5))
        miss(booking=booking, by=keeper)
        assert booking.status == "missed"

    def test_nobody_but_a_keeper_says_so(self, cmm):
        booking = used(cmm)
        for person in (booking.person, colleague_at(cmm.owner), UserFactory()):
            with pytest.raises(PermissionDenied):
                miss(booking=booking, by=person)

    @pytest.mark.parametrize("status", OTHERS)
    def test_only_what_is_approved_is_missed(self, cmm, keeper, status):
        with pytest.raises(WrongStatus):
            miss(booking=used(cmm, status=status), by=keeper)


class TestNobodyLoggedIt:
    WEEK = 7 * 24

    def test_after_a_week_it_counts_as_used_as_booked(self, cmm):
        booking = used(cmm, hours_ago=self.WEEK + 2)
        settle_unlogged.func()
        booking.refresh_from_db()
        assert (booking.status, booking.used_minutes, booking.cost_krw) == ("done", 120, 60_000)
        assert AuditEntry.objects.get(target_id=booking.pk, action="settle").actor is None

    def test_not_a_minute_earlier(self, cmm):
        booking = used(cmm, hours_ago=self.WEEK + 1.9)
        settle_unlogged.func()
        booking.refresh_from_db()
        assert booking.status == "approved"

    def test_the_minutes_in_which_the_machine_was_down_are_not_charged(self, cmm):
        booking = used(cmm, hours_ago=self.WEEK + 3, hours=3)
        begins = booking.starts_at
        down(cmm, begins - HOUR, begins + HOUR)
        down(cmm, begins + HOUR / 2, begins + 1.5 * HOUR)
        settle_unlogged.func()
        booking.refresh_from_db()
        assert (booking.used_minutes, booking.cost_krw) == (90, 45_000)

    def test_a_second_time_changes_nothing(self, cmm):
        used(cmm, hours_ago=self.WEEK + 3)
        settle_unlogged.func()
        settle_unlogged.func()
        assert AuditEntry.objects.filter(action="settle").count() == 1
