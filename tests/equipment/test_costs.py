"""Whole won, a half rounded up; late is a part of the whole."""

import pytest

from equipment.costs import cost, owed_for_nothing
from equipment.models import BookingPolicy
from tests.factories.equipment import booked, machine, seoul


@pytest.mark.parametrize(
    ("minutes", "krw_per_hour", "won"),
    [(60, 30_000, 30_000), (90, 30_000, 45_000), (1, 30, 1), (1, 29, 0), (7, 10_000, 1_167), (0, 99, 0), (45, 0, 0)],
)
def test_an_hours_rate_is_charged_by_the_minute(minutes, krw_per_hour, won):
    assert cost(minutes, krw_per_hour) == won


def test_a_part_is_rounded_once():
    assert [cost(50, 333, 50), cost(60, 1, 50), cost(60, 1, 49)] == [139, 1, 0]


@pytest.mark.django_db
def test_who_did_not_use_it_owes_the_policys_part_of_the_booked_time():
    cmm = machine()
    BookingPolicy.objects.create(equipment=cmm, late_percent=30)
    booking = booked(cmm, seoul("2027-03-01 10:00"), hours=2, krw_per_hour=40_000)
    assert owed_for_nothing(booking) == 24_000


@pytest.mark.django_db
def test_without_a_policy_nothing_is_owed():
    assert owed_for_nothing(booked(machine(), seoul("2027-03-01 10:00"), krw_per_hour=40_000)) == 0
