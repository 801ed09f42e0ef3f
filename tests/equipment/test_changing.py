"""A booking is given up, moved, or handed to a colleague."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.words import local_time
from ecluster.workflow import WrongStatus
from equipment.actions.changing import cancel, hand_over, move_to, owed_now
from equipment.models import Booking, Rate, Training, UserClass, WaitingEntry
from equipment.statuses import BookingStatus
from tests.equipment.test_booking_actions import anyones, ask, kept, refusal, told, trail
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, down, machine, monday, with_policy
from tests.factories.organisations import listed
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db


def move(booking, start, end, by=None, **facts) -> Booking:
    by = by or booking.person
    return move_to(booking=booking, starts_at=monday(start), ends_at=monday(end), by=by, **facts)


def soon(equipment, hours: float = 2, **facts) -> Booking:
    """A booking that begins within the deadline for cancelling, at 30,000 won an hour."""
    start = timezone.now() + timedelta(hours=hours)
    return booked(equipment, start, hours=2, krw_per_hour=30_000, **facts)


def strict() -> machine:
    return with_policy(anyones(), cancel_hours=24, late_percent=50)


# --- given up -----------------------------------------------------------------------------------------------


def test_before_the_deadline_it_is_given_up_for_free():
    booking = soon(strict(), hours=25)
    assert owed_now(booking, booking.person) == 0
    cancel(booking=booking, by=booking.person, reason="Not needed")
    assert (booking.status, booking.is_late_cancellation, booking.cost_krw) == ("cancelled", False, 0)


def test_after_it_a_part_is_owed():
    booking = soon(strict(), hours=23)
    assert owed_now(booking, booking.person) == 30_000
    cancel(booking=booking, by=booking.person)
    booking.refresh_from_db()
    assert (booking.status, booking.is_late_cancellation, booking.cost_krw) == ("cancelled", True, 30_000)


def test_a_request_is_withdrawn_for_free_at_any_time():
    booking = soon(strict(), status=BookingStatus.REQUESTED)
    cancel(booking=booking, by=booking.person)
    assert (booking.is_late_cancellation, booking.cost_krw) == (False, 0)


def test_a_keeper_cancels_for_free_and_says_why():
    booking = soon(strict())
    keeper = manager_of(booking.equipment.owner)
    with pytest.raises(ValidationError):
        cancel(booking=booking, by=keeper)
    cancel(booking=booking, by=keeper, reason="Visitors")
    assert (booking.status, booking.cost_krw, booking.decision_note) == ("cancelled", 0, "Visitors")


def test_while_the_machine_is_down_nothing_is_owed():
    booking = soon(strict())
    down(booking.equipment, timezone.now() - timedelta(hours=1))
    cancel(booking=booking, by=booking.person)
    assert booking.cost_krw == 0


def test_what_has_begun_is_logged_and_not_cancelled():
    booking = soon(strict(), hours=-1)
    with pytest.raises(ValidationError):
        cancel(booking=booking, by=booking.person)
    cancel(booking=booking, by=manager_of(booking.equipment.owner), reason="Never came, was ill")
    assert booking.cost_krw == 0


def test_what_is_given_up_is_offered_to_who_waits():
    cmm, waiting = anyones(), UserFactory(language="en")
    booking = ask(cmm)
    times = {"starts_at": monday("10:00"), "ends_at": monday("11:00")}
    entry = WaitingEntry.objects.create(equipment=cmm, person=waiting, **times)
    cancel(booking=booking, by=booking.person)
    entry.refresh_from_db()
    assert entry.status == "offered"
    assert len(told(waiting)) == 1


def test_what_is_cancelled_is_not_cancelled_again():
    booking = ask(anyones())
    cancel(booking=booking, by=booking.person)
    with pytest.raises(WrongStatus):
        cancel(booking=booking, by=booking.person)


def test_others_leave_it_alone():
    booking, stranger = ask(anyones()), UserFactory()
    for change in (
        lambda: cancel(booking=booking, by=stranger),
        lambda: move(booking, "12:00", "13:00", by=stranger),
        lambda: hand_over(booking=booking, to=stranger, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_keepers_hear_of_what_is_given_up_and_people_of_what_is_taken():
    booking = ask(anyones(), by=UserFactory(language="en"))
    keeper = manager_of(booking.equipment.owner, language="en")
    cancel(booking=booking, by=booking.person)
    subject = f"The booking of {booking.equipment} on {local_time(monday('10:00'))} was cancelled"
    assert (told(keeper), told(booking.person)) == ([subject], [])
    again = ask(booking.equipment, by=booking.person)
    cancel(booking=again, by=keeper, reason="Visitors")
    assert (told(keeper), told(booking.person)) == ([subject], [subject])


# --- moved --------------------------------------------------------------------------------------------------


def test_the_trail_keeps_the_time_it_had():
    booking = ask(anyones())
    move(booking, "13:00", "14:00", reason="Late sample")
    booking.refresh_from_db()
    assert (booking.starts_at, booking.held_until, booking.status) == (monday("13:00"), monday("14:00"), "approved")
    action, by, changes, reason = trail(booking)[-1]
    assert (action, by, reason) == ("move", booking.person, "Late sample")
    assert set(changes) == {"starts_at", "ends_at"}


def test_it_is_moved_over_its_own_time_and_not_over_another():
    cmm = with_policy(anyones(), buffer_after=15)
    booking = ask(cmm, "10:00", "11:00")
    ask(cmm, "13:00", "14:00")
    assert move(booking, "10:30", "11:30").held_until == monday("11:45")
    refused = refusal(move, booking, "12:00", "13:00")
    assert [(c.kind, c.buffer) for c in refused.clashes] == [("booking", 15)]
    booking.refresh_from_db()
    assert booking.starts_at == monday("10:30")


def test_all_rules_are_asked_anew():
    cmm = with_policy(anyones(), longest=60, start_interval=30)
    booking = ask(cmm)
    assert [v.code for v in refusal(move, booking, "10:10", "12:00").violations] == ["longest", "start_interval"]
    keeper = manager_of(cmm.owner)
    move(booking, "10:10", "12:00", by=keeper, override_reason="Long part")
    assert trail(booking)[-1][0::3] == ("override_policy", "Long part")
    assert booking.override_reason == "Long part"


def test_what_needs_approval_is_moved_within_its_time_or_by_a_keeper():
    cmm = kept()
    booking = booked(cmm, monday("10:00"), hours=3)
    assert move(booking, "11:00", "12:00").ends_at == monday("12:00")
    refused = refusal(move, booking, "12:00", "13:00")
    assert [v.code for v in refused.violations] == ["approval"]
    assert move(booking, "12:00", "13:00", by=manager_of(cmm.owner)).starts_at == monday("12:00")


def test_a_request_is_moved_freely():
    booking = ask(kept())
    assert move(booking, "13:00", "14:00").status == BookingStatus.REQUESTED


def test_after_the_deadline_time_is_added_and_none_given_up():
    booking = soon(strict())
    later = {"starts_at": booking.starts_at, "ends_at": booking.ends_at + timedelta(hours=1)}
    assert move_to(booking=booking, by=booking.person, **later).minutes == 180
    shorter = {"starts_at": booking.starts_at, "ends_at": booking.ends_at - timedelta(minutes=30)}
    assert [v.code for v in refusal(move_to, booking=booking, by=booking.person, **shorter).violations] == ["deadline"]


def test_of_two_who_move_it_the_second_looks_again():
    booking = ask(anyones())
    seen_before = Booking.objects.get(pk=booking.pk)
    move(booking, "13:00", "14:00")
    with pytest.raises(ValidationError):
        move(seen_before, "15:00", "16:00")


@pytest.mark.parametrize("status", [BookingStatus.DECLINED, BookingStatus.CANCELLED, BookingStatus.DONE])
def test_what_is_over_is_not_changed(status):
    booking = booked(anyones(), monday("10:00"), status=status)
    for change in (
        lambda: move(booking, "13:00", "14:00"),
        lambda: hand_over(booking=booking, to=UserFactory(), by=booking.person),
    ):
        with pytest.raises(WrongStatus):
            change()


def test_person_and_keepers_are_told_of_the_new_time():
    booking = ask(anyones(), by=UserFactory(language="en"))
    keeper = manager_of(booking.equipment.owner, language="en")
    move(booking, "13:00", "14:00")
    before, now = local_time(monday("10:00")), local_time(monday("13:00"))
    subject = f"The booking of {booking.equipment} on {before} was moved to {now}"
    assert told(booking.person) == told(keeper) == [subject]


# --- handed to a colleague ----------------------------------------------------------------------------------


def test_a_colleague_has_it_from_now_on():
    firm = listed()
    one, other = colleague_at(firm, language="en"), colleague_at(firm, language="en")
    booking = ask(anyones(), by=one, organisation=firm)
    hand_over(booking=booking, to=other, by=one)
    booking.refresh_from_db()
    assert (booking.person, booking.organisation) == (other, firm)
    assert trail(booking)[-1][0:2] == ("hand_over", one)
    assert told(other) == [f"You have the booking of {booking.equipment} on {local_time(monday('10:00'))} now"]


def test_what_they_may_is_checked_anew():
    firm = listed()
    one, other = colleague_at(firm), colleague_at(firm)
    cmm = with_policy(anyones(training="Laser safety"), ahead_limit=1)
    Training.objects.create(equipment=cmm, person=one)
    booking = ask(cmm, by=one, organisation=firm)
    booked(cmm, monday("15:00"), person=other)
    refused = refusal(hand_over, booking=booking, to=other, by=one)
    assert {v.code for v in refused.violations} == {"training", "ahead_limit"}


def test_only_to_somebody_of_the_same_organisation_who_may_use_it():
    firm = listed()
    one, other = colleague_at(firm), colleague_at(firm)
    booking = ask(anyones(), by=one, organisation=firm)
    with pytest.raises(ValidationError):
        hand_over(booking=booking, to=colleague_at(listed()), by=one)
    booking.equipment.access = "owner"
    booking.equipment.save()
    with pytest.raises(ValidationError):
        hand_over(booking=booking, to=other, by=one)


def test_the_rate_changes_only_with_the_class():
    owner = listed()
    cmm = anyones(owner=owner)
    rate = Rate.objects.create(equipment=cmm, user_class=UserClass.OWNER, krw_per_hour=10_000)
    one, other = colleague_at(owner), colleague_at(owner)
    booking = ask(cmm, by=one)
    Rate.objects.filter(pk=rate.pk).update(krw_per_hour=20_000)
    assert hand_over(booking=booking, to=other, by=one).krw_per_hour == 10_000


def test_once_handed_over_it_is_no_longer_mine():
    firm = listed()
    one, other = colleague_at(firm), colleague_at(firm)
    booking = ask(anyones(), by=one, organisation=firm)
    hand_over(booking=booking, to=other, by=one)
    with pytest.raises(PermissionDenied):
        cancel(booking=booking, by=one)
