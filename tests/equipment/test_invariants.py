"""Each thing that must hold among bookings is broken on purpose, and told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from equipment import exclusion
from equipment.actions.bookings import request
from equipment.actions.logging import finish
from equipment.invariants import check
from equipment.models import Access, Booking, Outage, WaitingEntry
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, down, machine, seoul

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def booking():
    return booked(machine(), seoul("2027-03-01 10:00"))


@pytest.fixture
def unguarded():
    """The database itself would refuse what these tests break; when they are undone, so is this."""
    exclusion.unprotect(connection)


def problems() -> list[str]:
    """Without the guards that the test itself took away."""
    return [problem for problem in check() if not problem.startswith("The database no longer refuses")]


def test_what_the_actions_leave_holds():
    cmm = machine(access=Access.ANYONE)
    start = timezone.now() + DAY
    booking = request(equipment=cmm, starts_at=start, ends_at=start + HOUR, by=UserFactory())
    Booking.objects.filter(pk=booking.pk).update(
        starts_at=start - 2 * DAY, held_from=start - 2 * DAY, ends_at=start - DAY, held_until=start - DAY
    )
    booking.refresh_from_db()
    finish(booking=booking, by=booking.person)
    assert list(check()) == []


def test_a_database_that_lost_its_guards_is_told(unguarded):
    guards = {
        "sqlite": [
            f"{name}_{event}"
            for name in ("booking_overlaps_no_other", "booking_is_over_no_outage")
            for event in ("insert", "update")
        ],
        "postgresql": ["booking_overlaps_no_other", "booking_is_over_no_outage"],
    }[connection.vendor]
    assert list(check()) == [f"The database no longer refuses double bookings: {name} is missing." for name in guards]


def test_two_that_hold_one_time_are_told(unguarded, booking):
    booked(booking.equipment, booking.starts_at + HOUR / 2, status="missed")
    assert problems() == [f"Booking {booking.pk} overlaps another one of machine {booking.equipment_id}."]


def test_one_over_a_planned_outage_is_told_and_over_a_reported_one_may_be(booking):
    outage = down(booking.equipment, booking.starts_at - HOUR)
    assert problems() == []
    Outage.objects.filter(pk=outage.pk).update(kind="planned", ends_at=booking.ends_at)
    assert problems() == [f"Booking {booking.pk} is approved, and a planned outage lies over it."]


@pytest.mark.parametrize(("used", "cost"), [(None, 30_000), (60, 30_001), (30, 30_000)])
def test_a_cost_that_is_not_that_of_the_use_is_told(booking, used, cost):
    Booking.objects.update(status="done", krw_per_hour=30_000, used_minutes=used, cost_krw=cost)
    assert problems() == [f"Booking {booking.pk} costs {cost}, which is not its use of {used} minutes."]


@pytest.mark.parametrize("facts", [{"status": "missed"}, {"status": "cancelled", "is_late_cancellation": True}])
def test_a_part_that_is_more_than_the_whole_is_told(booking, facts):
    Booking.objects.update(krw_per_hour=30_000, cost_krw=30_001, **facts)
    assert problems() == [f"Booking {booking.pk} costs 30001, more than the whole of its time."]


@pytest.mark.parametrize("status", ["requested", "approved", "declined", "cancelled"])
def test_a_cost_of_nothing_is_told(booking, status):
    Booking.objects.update(status=status, cost_krw=1)
    assert problems() == [f"Booking {booking.pk} costs something and was neither used nor missed nor cancelled late."]


def test_a_status_that_the_trail_does_not_know_is_told():
    cmm = machine(access=Access.ANYONE)
    start = timezone.now() + DAY
    booking = request(equipment=cmm, starts_at=start, ends_at=start + HOUR, by=UserFactory())
    Booking.objects.update(status="cancelled")
    assert problems() == [f"Booking {booking.pk} is cancelled, and its trail says approved."]


@pytest.fixture
def offer():
    start = timezone.now() + 9 * DAY
    return WaitingEntry.objects.create(
        equipment=machine(),
        person=UserFactory(),
        starts_at=start,
        ends_at=start + HOUR,
        status="offered",
        offered_until=start - DAY,
    )


def test_an_offer_within_its_deadline_holds(offer):
    assert problems() == []


def test_an_offer_whose_deadline_is_long_over_is_told(offer):
    WaitingEntry.objects.update(offered_until=timezone.now() - 2 * HOUR)
    assert problems() == [f"Waiting-list entry {offer.pk} is offered, and its deadline is over."]


def test_an_offer_that_outlasts_its_time_is_told(offer):
    WaitingEntry.objects.update(offered_until=offer.starts_at + HOUR)
    assert problems() == [f"Waiting-list entry {offer.pk} is offered without a deadline before it begins."]
