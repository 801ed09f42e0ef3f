"""What is held of who books, and what becomes of it when they close their account."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from ecluster.accounts.actions.closing import close_account
from ecluster.accounts.closing import outlook
from equipment.actions.feeds import renew_feed
from equipment.actions.waiting import wait_for
from equipment.models import Access, Booking, CalendarFeed, Training, WaitingEntry
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine
from tests.factories.organisations import listed
from tests.factories.people import colleague_at

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEPT = "Your past bookings and what they cost, without your name: they were billed, and the bills must add up."


@pytest.fixture
def cmm():
    return machine(access=Access.ANYONE)


@pytest.fixture
def person():
    return UserFactory(name_en="Lee Younghee")


def ahead(days: int):
    return timezone.now() + days * DAY


def test_the_file_holds_ones_own(client_for, cmm, person):
    booked(cmm, ahead(3), person=person, purpose="Wear of dies", krw_per_hour=30_000)
    booked(cmm, ahead(4), purpose="Not mine")
    Training.objects.create(equipment=cmm, person=person)
    cmm.keepers.add(person)
    wait_for(equipment=cmm, starts_at=ahead(4), ends_at=ahead(4) + HOUR, by=person, purpose="If it comes free")
    token = renew_feed(by=person).token
    text = client_for(person).get("/account/privacy/data/").content.decode()
    data = json.loads(text)["equipment"]
    assert [(row["purpose"], row["krw_per_hour"]) for row in data["bookings"]] == [("Wear of dies", 30_000)]
    assert [row["purpose"] for row in data["waiting"]] == ["If it comes free"]
    assert [row["equipment"] for row in data["trainings"]] == ["Coordinate measuring machine"]
    assert (data["keeper_of"], data["has_calendar_feed"]) == (["Coordinate measuring machine"], True)
    assert "Not mine" not in text
    assert token not in text


def test_closing_lets_go_of_what_is_to_come_and_keeps_what_was_billed(cmm, person, client):
    billed = booked(cmm, ahead(-30), person=person, status="done", used_minutes=60, cost_krw=9_000)
    coming = [booked(cmm, ahead(3), person=person), booked(cmm, ahead(5), person=person, status="requested")]
    booked(cmm, ahead(4))
    entry = wait_for(equipment=cmm, starts_at=ahead(4), ends_at=ahead(4) + HOUR, by=person)
    Training.objects.create(equipment=cmm, person=person)
    cmm.keepers.add(person)
    type(cmm).objects.update(contact_name="Lee", contact_email=person.email.upper(), contact_phone="1")
    address = f"/equipment/calendar/{renew_feed(by=person).token}.ics"

    told = close_account(user=person, by=person)

    assert KEPT in [str(sentence) for sentence in told.kept]
    assert {b.status for b in Booking.objects.filter(pk__in=[b.pk for b in coming])} == {"cancelled"}
    assert WaitingEntry.objects.get(pk=entry.pk).status == "withdrawn"
    assert (client.get(address).status_code, CalendarFeed.objects.exists()) == (404, False)
    assert not Training.objects.exists()
    billed.refresh_from_db()
    cmm.refresh_from_db()
    assert (billed.status, billed.cost_krw, billed.person.name) == ("done", 9_000, "Closed account")
    assert (list(cmm.keepers.all()), cmm.contact_name, cmm.contact_email, cmm.contact_phone) == ([], "", "", "")


def test_what_comes_free_is_offered_to_others(cmm, person):
    booking = booked(cmm, ahead(3), person=person)
    entry = wait_for(equipment=cmm, starts_at=booking.starts_at, ends_at=booking.ends_at, by=UserFactory())
    close_account(user=person, by=person)
    assert WaitingEntry.objects.get(pk=entry.pk).status == "offered"


def test_who_belongs_to_an_organisation_lets_go_too(person):
    company = listed()
    member = colleague_at(company)
    booking = booked(machine(), ahead(3), person=member, organisation=company)
    close_account(user=member, by=member)
    booking.refresh_from_db()
    assert booking.status == "cancelled"


def test_what_will_go_and_stay_is_told_beforehand(cmm, person):
    booked(cmm, ahead(3), person=person)
    renew_feed(by=person)
    told = outlook(person)
    erased = [str(sentence) for sentence in told.erased]
    assert "Your bookings to come: they are cancelled, and others can have the time." in erased
    assert "The address under which your calendar read your bookings." in erased
    assert KEPT in [str(sentence) for sentence in told.kept]


def test_who_never_booked_reads_nothing_of_it(person):
    told = outlook(person)
    assert not [s for s in [*told.erased, *told.kept] if "booking" in str(s).lower()]
