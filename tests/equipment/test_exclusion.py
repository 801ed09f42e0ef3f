"""The database holds bookings apart, and off outages, whatever the code does."""

import pytest
from django.db import IntegrityError, transaction

from equipment.models import Outage
from equipment.statuses import BookingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine, seoul

pytestmark = pytest.mark.django_db


def refused(write) -> str:
    with pytest.raises(IntegrityError) as told, transaction.atomic():
        write()
    return str(told.value)


def outage(equipment, starts_at, ends_at=None) -> Outage:
    kind = Outage.Kind.PLANNED if ends_at else Outage.Kind.REPORTED
    return Outage.objects.create(
        equipment=equipment,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        reason="Service",
        reported_by=UserFactory(),
    )


@pytest.mark.parametrize("status", [BookingStatus.APPROVED, BookingStatus.DONE, BookingStatus.MISSED])
def test_a_held_time_is_held_by_one(status):
    cmm = machine()
    booked(cmm, seoul("2027-03-01 10:00"), hours=2, status=status)
    assert "booking_overlaps_no_other" in refused(lambda: booked(cmm, seoul("2027-03-01 11:00")))


def test_the_end_of_one_is_the_start_of_the_next():
    cmm = machine()
    booked(cmm, seoul("2027-03-01 10:00"))
    assert booked(cmm, seoul("2027-03-01 11:00")).pk


def test_another_machine_is_another_matter():
    booked(machine(), seoul("2027-03-01 10:00"))
    assert booked(machine(), seoul("2027-03-01 10:00")).pk


def test_requests_overlap_until_one_is_approved():
    cmm = machine()
    first, second = (booked(cmm, seoul("2027-03-01 10:00"), status=BookingStatus.REQUESTED) for _ in range(2))
    first.status = BookingStatus.APPROVED
    first.save()
    second.status = BookingStatus.APPROVED
    assert "booking_overlaps_no_other" in refused(second.save)


def test_a_booking_is_not_moved_onto_another():
    cmm = machine()
    booked(cmm, seoul("2027-03-01 10:00"))
    later = booked(cmm, seoul("2027-03-01 13:00"))
    later.held_from = later.starts_at = seoul("2027-03-01 10:30")
    assert "booking_overlaps_no_other" in refused(later.save)


def test_nothing_is_booked_over_an_outage():
    cmm = machine()
    outage(cmm, seoul("2027-03-01 09:00"), seoul("2027-03-01 12:00"))
    assert "booking_is_over_no_outage" in refused(lambda: booked(cmm, seoul("2027-03-01 11:30")))
    assert booked(cmm, seoul("2027-03-01 12:00")).pk


def test_what_broke_down_while_it_was_booked_may_still_be_logged():
    cmm = machine()
    booking = booked(cmm, seoul("2027-03-01 10:00"))
    outage(cmm, seoul("2027-03-01 10:30"))
    booking.status = BookingStatus.DONE
    booking.save()
    assert "booking_is_over_no_outage" in refused(lambda: booked(cmm, seoul("2027-05-01 10:00")))
