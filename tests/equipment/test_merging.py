"""A duplicate's machines and bookings become the survivor's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ecluster.audit.models import AuditEntry
from ecluster.search import engine as search
from ecluster.search.finding import find_any
from equipment.models import Access, Equipment, WaitingEntry
from members.actions import merging
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine
from tests.factories.mini_clusters import chief_coordinator
from tests.factories.organisations import listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def duplicate():
    return listed()


@pytest.fixture
def survivor():
    return listed(name_en="Survivor Gauges")


def merge(duplicate, survivor) -> None:
    merging.merge(organisation=duplicate, into=survivor, by=chief_coordinator(), reason="Same registration number")


def test_machines_bookings_and_places_on_waiting_lists_move(duplicate, survivor):
    cmm = machine(duplicate)
    start = timezone.now() + timedelta(days=3)
    booking = booked(machine(), start, organisation=duplicate, krw_per_hour=30_000)
    entry = WaitingEntry.objects.create(
        equipment=cmm, person=UserFactory(), organisation=duplicate, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    merge(duplicate, survivor)
    for row in (cmm, booking, entry):
        row.refresh_from_db()
    assert (cmm.owner, booking.organisation, entry.organisation) == (survivor, survivor, survivor)
    assert booking.krw_per_hour == 30_000
    taken_in = AuditEntry.objects.get(action="take_in", target_id=survivor.pk)
    assert {what: taken_in.changes[what] for what in ("machines", "bookings", "waiting")} == {
        "machines": [0, 1],
        "bookings": [0, 1],
        "waiting": [0, 1],
    }


def test_of_two_with_the_same_number_the_survivors_keeps_it(duplicate, survivor):
    machine(survivor, external_id="E-1")
    twin, other = machine(duplicate, external_id="E-1"), machine(duplicate, external_id="E-2")
    merge(duplicate, survivor)
    numbers = Equipment.objects.filter(pk__in=[twin.pk, other.pk]).order_by("pk")
    assert list(numbers.values_list("external_id", flat=True)) == ["", "E-2"]


def test_machines_are_found_by_their_new_owner(duplicate, survivor):
    cmm = machine(duplicate, access=Access.ANYONE)
    search.index([cmm])
    merge(duplicate, survivor)
    found = find_any("Survivor Gauges", UserFactory(), kinds=["equipment"])
    assert [hit.title for group in found.groups for hit in group.hits] == [cmm.name_en]
