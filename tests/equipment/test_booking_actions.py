"""A machine is asked for, decided on, moved, handed over and given up."""

import pytest

from ecluster.audit.models import AuditEntry
from equipment.actions.bookings import request
from equipment.errors import Refused
from equipment.models import Booking, BookingPolicy
from equipment.statuses import BookingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import machine, seoul

pytestmark = pytest.mark.django_db

TEN, ELEVEN, TWELVE = (seoul(f"2027-03-01 {hour}:00") for hour in (10, 11, 12))


def with_policy(equipment, **rules):
    BookingPolicy.objects.create(equipment=equipment, **rules)
    return equipment


def anyones(**facts):
    return machine(access="anyone", **facts)


def ask(equipment, start=TEN, end=ELEVEN, by=None, **wish) -> Booking:
    return request(equipment=equipment, starts_at=start, ends_at=end, by=by or UserFactory(), **wish)


def test_without_a_policy_it_is_held_at_once():
    cmm, person = anyones(), UserFactory()
    booking = ask(cmm, by=person, purpose=" Gears ")
    assert (booking.status, booking.person, booking.purpose) == (BookingStatus.APPROVED, person, "Gears")
    entry = AuditEntry.objects.about(booking).get()
    assert (entry.action, entry.actor, entry.changes) == ("grant", person, {"status": ["", "approved"]})


def test_where_approval_is_needed_it_is_requested():
    cmm = with_policy(anyones(), needs_approval=True)
    assert ask(cmm).status == BookingStatus.REQUESTED


def test_ten_to_eleven_and_eleven_to_twelve_go_together():
    cmm = anyones()
    assert [ask(cmm, TEN, ELEVEN).pk, ask(cmm, ELEVEN, TWELVE).pk] == list(
        Booking.objects.order_by("starts_at").values_list("pk", flat=True)
    )


def test_with_a_buffer_they_do_not_and_the_buffer_is_named():
    cmm = with_policy(anyones(), buffer_after=15)
    ask(cmm, TEN, ELEVEN)
    with pytest.raises(Refused) as told:
        ask(cmm, ELEVEN, TWELVE)
    assert told.value.reasons == [
        "It is booked from 1 Mar 2027 10:00 to 1 Mar 2027 11:00, and a buffer of 15 min is kept between two bookings."
    ]
