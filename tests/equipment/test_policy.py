"""What a policy has against a booking, told all at once with the limit and what was asked."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ecluster.words import local_date
from equipment.models import Training
from equipment.policy import violations
from equipment.statuses import BookingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine, monday, open_on, with_policy

pytestmark = pytest.mark.django_db


def told(equipment, start=None, end=None, person=None, **wish) -> dict[str, str]:
    start = start or monday()
    found = violations(equipment, person or UserFactory(), start, end or start + timedelta(hours=1), **wish)
    return {violation.code: violation.message for violation in found}


def test_without_a_policy_only_the_past_is_against_it():
    cmm = machine()
    assert told(cmm) == {}
    assert list(told(cmm, timezone.now() - timedelta(hours=2))) == ["past"]


def test_several_rules_are_told_at_once():
    cmm = with_policy(machine(), horizon_days=2, longest=60, start_interval=30, buffer_after=10)
    assert list(told(cmm, monday("10:10"), monday("13:00"))) == ["horizon", "longest", "start_interval"]


def test_the_horizon_is_counted_in_days():
    cmm = with_policy(machine(), horizon_days=3)
    now = timezone.now()
    assert list(told(cmm, now + timedelta(days=3, minutes=5))) == ["horizon"]
    assert told(cmm, now + timedelta(days=3, minutes=-5)) == {}


def test_a_booking_is_neither_shorter_nor_longer_than_allowed():
    cmm = with_policy(machine(), shortest=30, longest=90)
    assert told(cmm, monday("10:00"), monday("10:20")) == {
        "shortest": "A booking lasts at least 30 min; this one would last 20 min."
    }
    assert told(cmm, monday("10:00"), monday("12:00")) == {
        "longest": "A booking lasts at most 1 h 30 min; this one would last 2 h."
    }
    assert told(cmm, monday("10:00"), monday("10:30")) == told(cmm, monday("10:00"), monday("11:30")) == {}


def test_starts_are_counted_from_midnight_where_it_stands():
    kathmandu = with_policy(machine(time_zone="Asia/Kathmandu"), start_interval=60)  # 5 h 45 min before UTC
    assert told(kathmandu, monday("10:00"))["start_interval"] == (
        "Bookings begin every 1 h from midnight where it stands; there this one would begin at 06:45."
    )
    assert told(kathmandu, monday("10:15")) == {}


def test_a_booking_lies_within_the_opening_hours():
    cmm = machine()
    open_on(cmm, 0, "09:00", "12:00")
    open_on(cmm, 0, "13:00", "18:00")
    assert told(cmm, monday("09:00"), monday("12:00")) == told(cmm, monday("13:00"), monday("18:00")) == {}
    assert told(cmm, monday("11:00"), monday("14:00")) == {
        "opening_hours": "On that day it is open Monday 09:00–12:00, Monday 13:00–18:00 where it stands;"
        " this would be 11:00 to 14:00 there."
    }
    assert told(cmm, monday("10:00", days=1)) == {
        "opening_hours": "It is closed on that day; this would be 10:00 to 11:00 where it stands."
    }


def test_opening_hours_are_those_of_where_it_stands():
    new_york = machine(time_zone="America/New_York")
    open_on(new_york, 0, "09:00", "17:00")
    assert list(told(new_york, monday("10:00"))) == ["opening_hours"]
    evening = monday("23:30")  # Monday morning in New York, in summer and in winter
    assert told(new_york, evening, evening + timedelta(hours=1)) == {}


def test_who_is_open_all_night_is_booked_all_night():
    cmm = machine()
    open_on(cmm, 0, "09:00", "00:00")
    open_on(cmm, 1, "00:00", "18:00")
    assert told(cmm, monday("22:00"), monday("03:00", days=1)) == {}
    assert list(told(cmm, monday("22:00"), monday("19:00", days=1))) == ["opening_hours"]


def test_a_week_is_from_monday_to_monday_where_it_stands():
    cmm, person = with_policy(machine(), weekly_limit=180), UserFactory()
    booked(cmm, monday("10:00"), hours=2, person=person)
    booked(cmm, monday("10:00", days=2), hours=2, person=person, status=BookingStatus.CANCELLED)
    assert told(cmm, monday("10:00", days=6), person=person) == {}
    assert told(cmm, monday("10:00", days=6), monday("12:00", days=6), person=person) == {
        "weekly_limit": "A person books at most 3 h a week;"
        f" in the week of {local_date(monday().date())} there are 2 h, and 2 h more are asked for."
    }
    assert told(cmm, monday("10:00", days=7), monday("12:00", days=7), person=person) == {}
    assert told(cmm, monday("10:00", days=6), monday("12:00", days=6)) == {}


def test_what_spans_two_weeks_counts_in_both():
    cmm, person = with_policy(machine(), weekly_limit=180), UserFactory()
    booked(cmm, monday("10:00", days=7), hours=2, person=person)
    assert told(cmm, monday("22:00", days=6), monday("01:00", days=7), person=person) == {}
    assert list(told(cmm, monday("22:00", days=6), monday("02:00", days=7), person=person)) == ["weekly_limit"]


def test_only_so_many_bookings_lie_ahead():
    cmm, person = with_policy(machine(), ahead_limit=2), UserFactory()
    booked(cmm, timezone.now() - timedelta(days=2), person=person)
    booked(cmm, monday("10:00"), person=person)
    assert told(cmm, monday("12:00"), person=person) == {}
    requested = booked(cmm, monday("14:00"), person=person, status=BookingStatus.REQUESTED)
    assert told(cmm, monday("12:00"), person=person) == {
        "ahead_limit": "A person has at most 2 bookings ahead; there are 2."
    }
    assert told(cmm, monday("12:00"), person=person, ignoring=requested) == {}


def test_between_two_bookings_of_a_person_lies_a_gap():
    cmm, person = with_policy(machine(), gap=120), UserFactory()
    booked(cmm, monday("10:00"), person=person)
    assert told(cmm, monday("12:00"), person=person) == {
        "gap": "Between two bookings of a person lie at least 2 h; here it would be 1 h."
    }
    assert told(cmm, monday("13:00"), person=person) == told(cmm, monday("11:00")) == {}


def test_who_operates_it_has_learnt_to():
    cmm, person = machine(training="Laser\nsafety"), UserFactory()
    assert told(cmm, person=person) == {"training": "It needs training first: Laser safety"}
    training = Training.objects.create(equipment=cmm, person=person, passed_on=date(2020, 1, 1))
    assert told(cmm, person=person) == {}
    Training.objects.filter(pk=training.pk).update(expires_on=monday().date() - timedelta(days=1))
    assert list(told(cmm, person=person)) == ["training"]
    Training.objects.filter(pk=training.pk).update(expires_on=monday().date())
    assert told(cmm, person=person) == {}


def test_what_is_operated_for_you_needs_no_training_of_yours():
    training = {"training": "Laser safety"}
    assert told(machine(operation="operator", **training)) == {}
    assert told(machine(operation="either", **training), is_operated=True) == {}
    assert list(told(machine(operation="self", **training), is_operated=True)) == ["training"]


def test_what_runs_already_may_be_shortened():
    cmm = machine()
    running = booked(cmm, timezone.now() - timedelta(hours=1), hours=3)
    end = timezone.now() + timedelta(minutes=30)
    assert told(cmm, running.starts_at, end, ignoring=running) == {}
    assert list(told(cmm, running.starts_at, end)) == ["past"]
