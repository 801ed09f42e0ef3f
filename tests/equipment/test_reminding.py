"""What people are reminded of, each once however often the clock comes round."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ecluster.notifications.models import Notice
from equipment.models import Booking, Training
from equipment.reminding import remind_of_tomorrow, remind_to_log, tell_what_runs_out
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine
from tests.factories.organisations import listed
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(person) -> list[str]:
    return list(Notice.objects.filter(user=person).order_by("pk").values_list("subject", flat=True))


def made_before(booking, days: int = 9):
    Booking.objects.filter(pk=booking.pk).update(created_at=timezone.now() - days * DAY)
    return booking


def twice(task) -> None:
    task.func()
    task.func()


class TestTheDayBefore:
    def ahead(self, hours: float, **facts):
        return made_before(booked(machine(), timezone.now() + hours * HOUR, **facts))

    def test_who_booked_is_reminded_once(self):
        booking = self.ahead(23, purpose="Wear of dies")
        twice(remind_of_tomorrow)
        (notice,) = Notice.objects.filter(user=booking.person)
        assert notice.subject.startswith("Your booking of Coordinate measuring machine begins on ")
        assert "Wear of dies" in notice.body
        assert notice.url == booking.get_absolute_url()

    def test_not_earlier_than_a_day_before(self):
        booking = self.ahead(25)
        twice(remind_of_tomorrow)
        assert told(booking.person) == []

    @pytest.mark.parametrize("status", ["requested", "declined", "cancelled", "done", "missed"])
    def test_nobody_is_reminded_of_what_is_off(self, status):
        booking = self.ahead(23, status=status)
        twice(remind_of_tomorrow)
        assert told(booking.person) == []

    def test_who_booked_for_the_same_day_knows(self):
        booking = booked(machine(), timezone.now() + 5 * HOUR)
        twice(remind_of_tomorrow)
        assert told(booking.person) == []

    def test_what_was_moved_to_a_later_day_is_reminded_of_anew(self):
        booking = self.ahead(23)
        remind_of_tomorrow.func()
        start = timezone.now() + 20 * HOUR
        moved = {"starts_at": start, "held_from": start, "reminded_at": timezone.now() - 3 * DAY}
        Booking.objects.filter(pk=booking.pk).update(**moved)
        twice(remind_of_tomorrow)
        assert len(told(booking.person)) == 2


class TestAfterwards:
    def over(self, hours: float = 3, **facts):
        return booked(machine(), timezone.now() - hours * HOUR, **facts)

    def test_who_did_not_log_the_use_is_asked_once(self):
        booking = self.over()
        twice(remind_to_log)
        assert [subject.partition(" on ")[0] for subject in told(booking.person)] == [
            "How long did you use Coordinate measuring machine"
        ]

    def test_also_who_was_reminded_of_the_day(self):
        booking = self.over(reminded_at=timezone.now() - DAY)
        twice(remind_to_log)
        assert len(told(booking.person)) == 1

    def test_nobody_is_asked_while_it_lasts(self):
        booking = self.over(0.5)
        twice(remind_to_log)
        assert told(booking.person) == []

    @pytest.mark.parametrize("status", ["requested", "declined", "cancelled", "done", "missed"])
    def test_nor_of_what_was_logged_or_never_was(self, status):
        booking = self.over(status=status)
        twice(remind_to_log)
        assert told(booking.person) == []


class TestWhatRunsOut:
    TODAY = timezone.localdate()

    def trained(self, days: int, **facts) -> Training:
        facts = {"passed_on": self.TODAY - 300 * DAY, "expires_on": self.TODAY + days * DAY} | facts
        return Training.objects.create(equipment=machine(), person=UserFactory(), **facts)

    def test_a_training_is_told_of_a_month_ahead_and_once(self):
        training = self.trained(30)
        twice(tell_what_runs_out)
        assert [subject.partition(" is valid")[0] for subject in told(training.person)] == [
            "Your training for Coordinate measuring machine"
        ]

    @pytest.mark.parametrize("days", [31, -1])
    def test_not_before_nor_after(self, days):
        training = self.trained(days)
        twice(tell_what_runs_out)
        assert told(training.person) == []

    def test_one_that_was_renewed_is_told_of_anew(self):
        training = self.trained(5)
        tell_what_runs_out.func()
        Training.objects.update(expires_on=self.TODAY + 20 * DAY)
        twice(tell_what_runs_out)
        assert len(told(training.person)) == 2

    def test_a_calibration_is_told_of_to_who_keeps_the_machine(self):
        owner = listed()
        manager, keeper, colleague = manager_of(owner), colleague_at(owner), colleague_at(owner)
        cmm = machine(owner, calibration_due_on=self.TODAY + 10 * DAY)
        cmm.keepers.add(keeper)
        twice(tell_what_runs_out)
        assert [len(told(person)) for person in (manager, keeper, colleague)] == [1, 1, 0]
        assert told(manager)[0].startswith("The calibration of Coordinate measuring machine is due on ")

    def test_that_of_a_retired_machine_is_nobodys_care(self):
        owner = listed()
        manager = manager_of(owner)
        machine(owner, calibration_due_on=self.TODAY, status="retired")
        twice(tell_what_runs_out)
        assert told(manager) == []
