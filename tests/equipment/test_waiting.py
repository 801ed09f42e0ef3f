"""The waiting list: first come, first offered; an offer is kept for a while, then goes to the next."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ecluster.notifications.models import Notice
from ecluster.workflow import WrongStatus
from equipment.actions.bookings import request
from equipment.actions.changing import cancel
from equipment.actions.waiting import lapse_offers, take, wait_for, withdraw
from equipment.errors import Refused
from equipment.models import Access, BookingPolicy, Operation, WaitingEntry
from equipment.statuses import EquipmentStatus, WaitingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, down, machine
from tests.factories.organisations import listed
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def cmm():
    return machine(access=Access.ANYONE)


@pytest.fixture
def start():
    return (timezone.now() + 7 * DAY).replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def booking(cmm, start):
    return booked(cmm, start, hours=2)


def waits(cmm, start, hours: float = 2, by=None, **facts) -> WaitingEntry:
    return wait_for(equipment=cmm, starts_at=start, ends_at=start + hours * HOUR, by=by or UserFactory(), **facts)


def standing(*entries) -> list[str]:
    return list(WaitingEntry.objects.filter(pk__in=[e.pk for e in entries]).values_list("status", flat=True))


def let_pass(entry) -> None:
    """Its deadline."""
    WaitingEntry.objects.filter(pk=entry.pk).update(offered_until=timezone.now() - timedelta(seconds=1))
    entry.refresh_from_db()


class TestGettingOnIt:
    def test_a_taken_time_can_be_waited_for(self, cmm, booking, start):
        company = listed()
        person = colleague_at(company)
        entry = waits(cmm, start, by=person, organisation=company, purpose="Gauge study")
        assert (entry.person, entry.organisation, entry.purpose, entry.status) == (
            person,
            company,
            "Gauge study",
            "waiting",
        )

    def test_a_free_one_is_booked_instead(self, cmm, start):
        with pytest.raises(ValidationError, match="This time is free: book it"):
            waits(cmm, start)

    def test_what_the_policy_forbids_anyhow_is_refused_at_once(self, cmm, booking, start):
        BookingPolicy.objects.create(equipment=cmm, longest=60)
        with pytest.raises(Refused) as told:
            waits(cmm, start)
        assert [violation.code for violation in told.value.violations] == ["longest"]

    def test_who_has_not_learnt_it_waits_for_somebody_to_operate_it(self, start):
        lathe = machine(access=Access.ANYONE, training="A day", operation=Operation.EITHER)
        booking = booked(lathe, start, hours=2)
        with pytest.raises(Refused) as told:
            waits(lathe, start)
        assert [violation.code for violation in told.value.violations] == ["training"]
        entry = waits(lathe, start, is_operated=True)
        cancel(booking=booking, by=booking.person)
        assert take(entry=entry, by=entry.person).is_operated

    def test_nobody_waits_twice_for_the_same_time(self, cmm, booking, start):
        person = UserFactory()
        waits(cmm, start, by=person)
        with pytest.raises(ValidationError, match="You wait for this time already"):
            waits(cmm, start + HOUR, by=person)

    @pytest.mark.parametrize(("shift", "hours"), [(-8 * DAY, 2), (0 * DAY, 0), (0 * DAY, -1)])
    def test_a_time_that_is_none_is_refused(self, cmm, booking, start, shift, hours):
        with pytest.raises(ValidationError, match="Wait for a time that is yet to come"):
            waits(cmm, start + shift, hours)

    def test_nothing_comes_free_on_a_retired_machine(self, cmm, booking, start):
        cmm.status = EquipmentStatus.RETIRED
        cmm.save()
        with pytest.raises(ValidationError, match="retired"):
            waits(cmm, start)

    def test_who_may_not_book_it_may_not_wait_for_it(self, booking, start):
        own = machine(access=Access.OWNER)
        booked(own, start, hours=2)
        with pytest.raises(PermissionDenied):
            waits(own, start)

    def test_nobody_waits_in_the_name_of_another_organisation(self, cmm, booking, start):
        with pytest.raises(PermissionDenied):
            waits(cmm, start, organisation=listed())


class TestOffers:
    def test_what_is_cancelled_is_offered_to_who_came_first(self, cmm, booking, start):
        first, second = waits(cmm, start), waits(cmm, start)
        cancel(booking=booking, by=booking.person)
        assert standing(first, second) == ["offered", "waiting"]
        (notice,) = Notice.objects.filter(user=first.person)
        assert notice.subject.startswith("Coordinate measuring machine came free: take it by ")
        assert notice.url == "/equipment/bookings/"

    def test_two_get_offers_where_both_fit(self, cmm, booking, start):
        morning, noon, both = waits(cmm, start, 1), waits(cmm, start + HOUR, 1), waits(cmm, start)
        cancel(booking=booking, by=booking.person)
        assert standing(morning, noon, both) == ["offered", "offered", "waiting"]

    def test_it_is_kept_for_a_day_at_most(self, cmm, booking, start):
        entry = waits(cmm, start)
        cancel(booking=booking, by=booking.person)
        entry.refresh_from_db()
        assert abs(entry.offered_until - timezone.now() - DAY) < timedelta(minutes=1)

    def test_and_for_half_the_time_until_it_begins(self, cmm):
        soon = timezone.now() + 2 * HOUR
        booking = booked(cmm, soon, hours=2)
        entry = waits(cmm, soon)
        cancel(booking=booking, by=booking.person)
        entry.refresh_from_db()
        assert abs(entry.offered_until - timezone.now() - HOUR) < timedelta(minutes=1)

    def test_nobody_else_books_what_is_kept_for_somebody(self, cmm, booking, start):
        waits(cmm, start)
        cancel(booking=booking, by=booking.person)
        with pytest.raises(Refused) as told:
            request(equipment=cmm, starts_at=start, ends_at=start + HOUR, by=UserFactory())
        assert [clash.kind for clash in told.value.clashes] == ["offer"]

    def test_who_could_not_book_it_is_passed_over_and_keeps_their_place(self, cmm, booking, start):
        first, second = waits(cmm, start), waits(cmm, start)
        BookingPolicy.objects.create(equipment=cmm, ahead_limit=1)
        booked(cmm, start + 5 * DAY, person=first.person)
        cancel(booking=booking, by=booking.person)
        assert standing(first, second) == ["waiting", "offered"]

    def test_nor_is_anything_offered_to_who_may_not_use_it_any_more(self, cmm, booking, start):
        first, second = waits(cmm, start), waits(cmm, start)
        first.person.is_active = False
        first.person.save()
        cancel(booking=booking, by=booking.person)
        assert standing(first, second) == ["waiting", "offered"]

    def test_what_stays_taken_is_offered_to_nobody(self, cmm, booking, start):
        entry = waits(cmm, start, 3)
        other = booked(cmm, start + 2 * HOUR, hours=1)
        cancel(booking=booking, by=booking.person)
        assert standing(entry) == ["waiting"]
        cancel(booking=other, by=other.person)
        assert standing(entry) == ["offered"]

    def test_over_an_outage_nothing_is_offered(self, cmm, booking, start):
        entry = waits(cmm, start)
        down(cmm, start - HOUR, start + HOUR)
        cancel(booking=booking, by=booking.person)
        assert standing(entry) == ["waiting"]


@pytest.fixture
def offer(cmm, booking, start) -> WaitingEntry:
    entry = waits(cmm, start)
    cancel(booking=booking, by=booking.person)
    entry.refresh_from_db()
    return entry


class TestTaking:
    def test_it_is_booked(self, offer, start):
        booking = take(entry=offer, by=offer.person)
        assert (booking.person, booking.starts_at, booking.status) == (offer.person, start, "approved")
        assert standing(offer) == ["taken"]

    def test_where_the_owner_approves_each_booking_it_is_asked_for(self, cmm, offer):
        BookingPolicy.objects.create(equipment=cmm, needs_approval=True)
        assert take(entry=offer, by=offer.person).status == "requested"

    def test_not_after_the_deadline_though_nobody_ended_it_yet(self, offer):
        let_pass(offer)
        with pytest.raises(WrongStatus):
            take(entry=offer, by=offer.person)
        assert standing(offer) == ["offered"]

    def test_not_twice(self, offer):
        take(entry=offer, by=offer.person)
        with pytest.raises(WrongStatus):
            take(entry=offer, by=offer.person)

    def test_what_the_rules_forbid_by_now_is_told_and_the_offer_stays(self, cmm, offer, start):
        down(cmm, start)
        with pytest.raises(Refused) as told:
            take(entry=offer, by=offer.person)
        assert [clash.kind for clash in told.value.clashes] == ["outage"]
        assert standing(offer) == ["offered"]

    def test_it_is_nobody_elses_not_even_a_keepers(self, cmm, offer):
        for person in (UserFactory(), manager_of(cmm.owner)):
            for act in (take, withdraw):
                with pytest.raises(PermissionDenied):
                    act(entry=offer, by=person)


class TestEnding:
    def test_an_offer_that_is_turned_down_goes_to_the_next(self, cmm, offer, start):
        second = waits(cmm, start)
        withdraw(entry=offer, by=offer.person)
        assert standing(offer, second) == ["withdrawn", "offered"]

    def test_who_waits_may_leave(self, cmm, booking, start):
        entry = waits(cmm, start)
        withdraw(entry=entry, by=entry.person)
        assert standing(entry) == ["withdrawn"]

    @pytest.mark.parametrize("status", [WaitingStatus.TAKEN, WaitingStatus.LAPSED, WaitingStatus.WITHDRAWN])
    def test_what_is_over_is_over(self, cmm, booking, start, status):
        entry = waits(cmm, start)
        WaitingEntry.objects.update(status=status)
        for act in (take, withdraw):
            with pytest.raises(WrongStatus):
                act(entry=entry, by=entry.person)

    def test_an_offer_that_nobody_took_goes_to_the_next(self, cmm, offer, start):
        second = waits(cmm, start)
        let_pass(offer)
        lapse_offers.func()
        assert standing(offer, second) == ["lapsed", "offered"]
        told = Notice.objects.filter(user=offer.person).latest("pk")
        assert told.subject.startswith("The offer of Coordinate measuring machine for ")

    def test_one_that_still_stands_stays(self, offer):
        lapse_offers.func()
        assert standing(offer) == ["offered"]

    def test_who_waited_until_it_began_waits_no_longer(self, cmm, booking, start):
        entry = waits(cmm, start)
        WaitingEntry.objects.update(starts_at=timezone.now() - HOUR)
        lapse_offers.func()
        lapse_offers.func()
        assert standing(entry) == ["lapsed"]
        (notice,) = Notice.objects.filter(user=entry.person)
        assert notice.subject.startswith("Coordinate measuring machine did not come free for ")
