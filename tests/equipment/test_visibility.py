"""Who booked what, and who waits for what, is nobody else's business."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from equipment.models import Booking, WaitingEntry
from tests.factories.accounts import UserFactory, administrator
from tests.factories.equipment import booked, machine
from tests.factories.organisations import listed
from tests.factories.people import AffiliationFactory, colleague_at, manager_of

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def cmm():
    return machine()


@pytest.fixture
def firm():
    return listed()


@pytest.fixture
def booking(cmm, firm):
    return booked(cmm, timezone.now() + timedelta(days=1), person=colleague_at(firm), organisation=firm)


@pytest.fixture
def entry(cmm, booking):
    times = {"starts_at": booking.starts_at, "ends_at": booking.ends_at}
    return WaitingEntry.objects.create(equipment=cmm, person=UserFactory(), **times)


def keeper(cmm, **affiliation):
    person = AffiliationFactory(organisation=cmm.owner, starts_on=YESTERDAY - timedelta(days=9), **affiliation).user
    cmm.keepers.add(person)
    return person


def sees(person, row) -> bool:
    return type(row).objects.visible_to(person).filter(pk=row.pk).exists()


def test_a_booking_is_its_persons_their_managers_and_the_keepers(cmm, firm, booking):
    for person in (booking.person, manager_of(firm), manager_of(cmm.owner), keeper(cmm)):
        assert sees(person, booking)


def test_and_nobody_elses(cmm, firm, booking):
    for person in (colleague_at(firm), colleague_at(cmm.owner), keeper(machine()), UserFactory(), administrator()):
        assert not sees(person, booking)


def test_who_has_left_the_owner_keeps_nothing_of_it(cmm, booking, entry):
    gone = keeper(cmm, ends_on=YESTERDAY)
    assert (sees(gone, booking), sees(gone, entry)) == (False, False)


def test_who_waits_is_known_to_themself_and_the_keepers(cmm, firm, entry):
    told = [sees(person, entry) for person in (entry.person, manager_of(cmm.owner), keeper(cmm), manager_of(firm))]
    assert told == [True, True, True, False]


def test_a_visitor_sees_none(booking, entry):
    assert not Booking.objects.visible_to(AnonymousUser()).exists()
    assert not WaitingEntry.objects.visible_to(AnonymousUser()).exists()
