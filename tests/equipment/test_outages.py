"""A machine can't be used: no live booking lies under an outage unknown to who planned it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.audit.models import AuditEntry
from ecluster.words import local_time
from equipment.actions.outages import end_outage, plan_outage, report_outage, withdraw_outage
from equipment.errors import CoversBookings
from equipment.models import Equipment, Outage, WaitingEntry
from equipment.statuses import BookingStatus
from tests.equipment.test_booking_actions import anyones, ask, refusal, told
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, down, machine, monday
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db


def plan(equipment, start="10:00", end="12:00", by=None, **facts) -> Outage:
    facts = {"reason": "Service"} | facts
    by = by or manager_of(equipment.owner)
    return plan_outage(equipment=equipment, starts_at=monday(start), ends_at=monday(end), by=by, **facts)


def trail(equipment) -> list[tuple]:
    return list(AuditEntry.objects.about(equipment).order_by("pk").values_list("action", "reason"))


def test_what_is_planned_keeps_bookings_away():
    cmm = anyones()
    plan(cmm)
    assert [clash.kind for clash in refusal(ask, cmm, "11:00", "13:00").clashes] == ["outage"]
    assert ask(cmm, "12:00", "13:00").pk
    assert trail(cmm) == [("plan_outage", "Service")]


def test_it_lies_over_no_booking_that_is_not_named():
    cmm = anyones()
    covered, touching = ask(cmm, "10:00", "11:00"), ask(cmm, "11:30", "12:30")
    requested = booked(cmm, monday("10:00"), status=BookingStatus.REQUESTED)
    ask(cmm, "12:30", "13:00")
    for named in ([], [covered.pk], [covered.pk, touching.pk, requested.pk, 0]):
        with pytest.raises(CoversBookings) as told_:
            plan(cmm, cancelling=named)
        assert set(told_.value.bookings) == {covered, touching, requested}
    assert not Outage.objects.exists()


def test_those_that_are_named_are_cancelled_for_free_and_told():
    cmm = anyones()
    booking = ask(cmm, by=UserFactory(language="en"))
    keeper = manager_of(cmm.owner)
    plan(cmm, cancelling=[booking.pk], by=keeper)
    booking.refresh_from_db()
    assert (booking.status, booking.cost_krw, booking.is_late_cancellation) == ("cancelled", 0, False)
    assert booking.decision_note == "The machine can't be used then: Service"
    assert told(booking.person) == [f"The booking of {cmm} on {local_time(monday('10:00'))} was cancelled"]


@pytest.mark.parametrize("who", ["stranger", "colleague"])
def test_only_keepers_plan_and_mend(who):
    cmm = anyones()
    by = UserFactory() if who == "stranger" else colleague_at(cmm.owner)
    broken = down(cmm, timezone.now() - timedelta(hours=1))
    for change in (lambda: plan(cmm, by=by), lambda: end_outage(outage=broken, by=by)):
        with pytest.raises(PermissionDenied):
            change()


@pytest.mark.parametrize(("start", "end", "reason"), [("12:00", "10:00", "Service"), ("10:00", "12:00", " ")])
def test_a_plan_has_a_reason_and_ends_after_it_begins(start, end, reason):
    with pytest.raises(ValidationError):
        plan(machine(), start, end, reason=reason)


def test_whoever_may_use_it_reports_that_it_broke():
    cmm = anyones()
    report_outage(equipment=cmm, reason="Spindle", by=UserFactory())
    cmm.refresh_from_db()
    assert cmm.status == "down"
    assert [clash.ends_at for clash in refusal(ask, cmm).clashes] == [None]
    with pytest.raises(PermissionDenied):
        report_outage(equipment=machine(access="owner"), reason="Spindle", by=UserFactory())


def test_what_is_down_is_not_reported_again():
    cmm = anyones()
    report_outage(equipment=cmm, reason="Spindle", by=UserFactory())
    with pytest.raises(ValidationError):
        report_outage(equipment=cmm, reason="Spindle", by=UserFactory())


def test_bookings_stand_and_their_people_are_told():
    cmm = anyones()
    near, far = (
        ask(cmm, start, end, by=UserFactory(language="en")) for start, end in (("10:00", "11:00"), ("15:00", "16:00"))
    )
    keeper = manager_of(cmm.owner, language="en")
    outage = report_outage(equipment=cmm, reason="Spindle", by=UserFactory(), expected_until=monday("12:00"))
    near.refresh_from_db()
    assert near.status == "approved"
    when = local_time(near.starts_at)
    assert told(near.person) == [f"{cmm} is out of order: your booking on {when} may fall through"]
    assert (told(far.person), told(keeper)) == ([], [f"{cmm} is out of order"])
    outage.refresh_from_db()
    end_outage(outage=outage, by=keeper)
    assert told(near.person)[1:] == [f"{cmm} works again: your booking on {when} stands"]


def test_it_works_again_when_nothing_else_is_broken():
    cmm = anyones()
    keeper = manager_of(cmm.owner)
    first = report_outage(equipment=cmm, reason="Spindle", by=keeper)
    second = down(cmm, timezone.now() - timedelta(minutes=5))
    end_outage(outage=first, by=keeper)
    assert Equipment.objects.get(pk=cmm.pk).status == "down"
    end_outage(outage=second, by=keeper)
    assert Equipment.objects.get(pk=cmm.pk).status == "working"
    assert ask(cmm).pk


def test_what_is_mended_is_offered_to_who_waits():
    cmm = anyones()
    outage = report_outage(equipment=cmm, reason="Spindle", by=manager_of(cmm.owner))
    times = {"starts_at": monday("10:00"), "ends_at": monday("11:00")}
    entry = WaitingEntry.objects.create(equipment=cmm, person=UserFactory(), **times)
    end_outage(outage=outage, by=manager_of(cmm.owner))
    entry.refresh_from_db()
    assert entry.status == "offered"


def test_what_is_mended_is_not_mended_again():
    cmm = anyones()
    keeper = manager_of(cmm.owner)
    outage = report_outage(equipment=cmm, reason="Spindle", by=keeper)
    end_outage(outage=outage, by=keeper)
    with pytest.raises(ValidationError):
        end_outage(outage=outage, by=keeper)


def test_it_was_not_mended_before_it_broke_nor_in_the_future():
    outage = report_outage(equipment=anyones(), reason="Spindle", by=UserFactory())
    keeper = manager_of(outage.equipment.owner)
    for at in (outage.starts_at, timezone.now() + timedelta(hours=1)):
        with pytest.raises(ValidationError):
            end_outage(outage=outage, by=keeper, at=at)


class TestWithdrawing:
    def test_it_does_not_come_and_the_trail_still_tells_of_it(self):
        cmm = anyones()
        keeper = manager_of(cmm.owner)
        withdraw_outage(outage=plan(cmm, by=keeper), by=keeper)
        assert not Outage.objects.exists()
        assert trail(cmm) == [("plan_outage", "Service"), ("withdraw_outage", "Service")]
        assert ask(cmm).pk

    def test_who_lost_a_booking_to_it_and_the_keepers_are_told(self):
        cmm = anyones()
        keeper, other = manager_of(cmm.owner), manager_of(cmm.owner, language="en")
        booking = ask(cmm, by=UserFactory(language="en"))
        outage = plan(cmm, cancelling=[booking.pk], by=keeper)
        withdraw_outage(outage=outage, by=keeper)
        when = local_time(booking.starts_at)
        assert told(booking.person)[1:] == [
            f"{cmm} can be used after all on {when}: book it again if you still need it"
        ]
        assert told(other)[-1] == f"The outage of {cmm} planned from {local_time(outage.starts_at)} is withdrawn"

    def test_what_comes_free_is_offered_to_who_waits(self):
        cmm = anyones()
        keeper = manager_of(cmm.owner)
        outage = plan(cmm, by=keeper)
        times = {"starts_at": monday("10:00"), "ends_at": monday("11:00")}
        entry = WaitingEntry.objects.create(equipment=cmm, person=UserFactory(), **times)
        withdraw_outage(outage=outage, by=keeper)
        entry.refresh_from_db()
        assert entry.status == "offered"

    def test_one_that_has_begun_is_ended_instead(self):
        cmm = anyones()
        now = timezone.now()
        for begun in (down(cmm, now - timedelta(hours=1), now + timedelta(hours=1)), down(cmm, now)):
            with pytest.raises(ValidationError, match="It has begun"):
                withdraw_outage(outage=begun, by=manager_of(cmm.owner))
        assert Outage.objects.count() == 2

    @pytest.mark.parametrize("who", ["stranger", "colleague"])
    def test_only_keepers_withdraw(self, who):
        cmm = anyones()
        by = UserFactory() if who == "stranger" else colleague_at(cmm.owner)
        outage = plan(cmm)
        with pytest.raises(PermissionDenied):
            withdraw_outage(outage=outage, by=by)
