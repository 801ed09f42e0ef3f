"""Bookings in calendar programs: read back as such a program reads them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from icalendar import Calendar

from ecluster.audit.models import AuditEntry
from equipment.actions.bookings import request
from equipment.actions.changing import cancel, move_to
from equipment.actions.feeds import renew_feed, stop_feed
from equipment.models import Access, Booking, CalendarFeed
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine, seoul
from tests.factories.organisations import listed
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cmm():
    return machine(listed(name_en="Changwon Gauges"), access=Access.ANYONE, place="Building 3, room 12")


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def start():
    return (timezone.now() + 7 * DAY).replace(minute=0, second=0, microsecond=0)


def ask(cmm, person, start, **facts) -> Booking:
    return request(equipment=cmm, starts_at=start, ends_at=start + timedelta(hours=2), by=person, **facts)


def address(person) -> str:
    return f"/equipment/calendar/{CalendarFeed.objects.get(person=person).token}.ics"


def read(client, person) -> Calendar:
    response = client.get(address(person))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(client, person) -> list:
    renew_feed(by=person)
    return read(client, person).walk("VEVENT")


class TestFeed:
    def test_it_holds_ones_bookings_and_nobody_elses(self, client, cmm, person, start):
        booking = ask(cmm, person, start, purpose="Wear of dies")
        ask(cmm, UserFactory(), start + DAY)
        (event,) = events(client, person)
        assert (str(event["summary"]), str(event["location"])) == (
            "Coordinate measuring machine",
            "Changwon Gauges, Building 3, room 12",
        )
        assert "Wear of dies" in str(event["description"])
        assert str(event["url"]) == f"http://localhost:8000/equipment/bookings/{booking.pk}/"
        assert (event["dtstart"].dt, event["dtend"].dt) == (booking.starts_at, booking.ends_at)

    def test_not_even_those_of_a_colleague_of_whom_one_is_the_manager(self, client, cmm, start):
        company = listed()
        ask(cmm, colleague_at(company), start, organisation=company)
        assert events(client, manager_of(company)) == []

    @pytest.mark.parametrize(
        ("status", "told"), [("requested", "TENTATIVE"), ("approved", "CONFIRMED"), ("cancelled", "CANCELLED")]
    )
    def test_it_says_how_firm_each_is(self, client, cmm, person, start, status, told):
        booked(cmm, start, person=person, status=status)
        (event,) = events(client, person)
        assert str(event["status"]) == told

    def test_what_fell_through_is_told_for_thirty_days(self, client, cmm, person, start):
        old, new = (booked(cmm, start, person=person, status="cancelled") for _ in range(2))
        Booking.objects.filter(pk=old.pk).update(updated_at=timezone.now() - 31 * DAY)
        (event,) = events(client, person)
        assert str(event["uid"]) == f"booking-{new.pk}@localhost"

    def test_a_booking_stays_itself_and_says_when_it_changed(self, client, cmm, person, start):
        booking = ask(cmm, person, start)
        renew_feed(by=person)
        seen = [read(client, person).walk("VEVENT")[0]]
        move_to(booking=booking, starts_at=start + DAY, ends_at=start + DAY * 1.25, by=person)
        seen.append(read(client, person).walk("VEVENT")[0])
        cancel(booking=booking, by=person)
        seen.append(read(client, person).walk("VEVENT")[0])
        assert len({str(event["uid"]) for event in seen}) == 1
        assert [event["sequence"] for event in seen] == [0, 1, 2]
        assert [event["dtstart"].dt for event in seen] == [start, start + DAY, start + DAY]

    def test_it_speaks_its_persons_language(self, client, cmm, start):
        person = UserFactory(language="ko")
        booked(cmm, start, person=person)
        assert str(events(client, person)[0]["summary"]) == "3차원 측정기"

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_however_much_is_in_it(
        self, client, cmm, person, start, django_assert_num_queries, number
    ):
        for day in range(number):
            booked(cmm, start + day * DAY, person=person)
        renew_feed(by=person)
        where = address(person)
        client.get(where)  # what is read once a process
        with django_assert_num_queries(QUERIES):
            client.get(where)


# The feed and its person, the bookings, how often each was changed.
QUERIES = 3


class TestZones:
    @pytest.mark.parametrize(("day", "offset"), [("2027-03-13", -5), ("2027-03-14", -4)])
    def test_the_right_hour_on_both_sides_of_a_change(self, client, person, day, offset):
        """On 14 March 2027 New York's clocks are put forward."""
        new_york = ZoneInfo("America/New_York")
        lathe = machine(time_zone=new_york.key)
        ten = datetime.fromisoformat(f"{day} 10:00").replace(tzinfo=new_york)
        booked(lathe, ten, person=person)
        (event,) = events(client, person)
        begins = event["dtstart"].dt
        assert (begins, begins.utcoffset(), begins.hour) == (ten, timedelta(hours=offset), 10)
        assert event["dtstart"].params["TZID"] == "America/New_York"

    def test_the_rules_of_each_zone_come_along(self, client, person):
        booked(machine(time_zone="America/New_York"), seoul("2027-03-01 10:00"), person=person)
        booked(machine(), seoul("2027-03-01 10:00"), person=person)
        renew_feed(by=person)
        found = read(client, person)
        assert {str(zone["tzid"]) for zone in found.walk("VTIMEZONE")} == {"America/New_York", "Asia/Seoul"}
        assert found.get_missing_tzids() == set()


class TestAddress:
    def test_it_is_a_secret_that_nobody_guesses(self, person):
        assert len(renew_feed(by=person).token) >= 43

    def test_a_new_one_ends_the_old(self, client, person):
        renew_feed(by=person)
        old = address(person)
        renew_feed(by=person)
        assert (client.get(old).status_code, client.get(address(person)).status_code) == (404, 200)

    def test_it_can_be_stopped(self, client, person):
        renew_feed(by=person)
        old = address(person)
        stop_feed(by=person)
        stop_feed(by=person)
        assert (client.get(old).status_code, CalendarFeed.objects.exists()) == (404, False)

    def test_a_switched_off_account_has_none(self, client, person):
        renew_feed(by=person)
        person.is_active = False
        person.save()
        assert client.get(address(person)).status_code == 404

    def test_the_trail_tells_of_it_and_keeps_no_secret(self, person):
        token = renew_feed(by=person).token
        renew_feed(by=person)
        stop_feed(by=person)
        entries = AuditEntry.objects.filter(actor=person).order_by("pk")
        assert [entry.action for entry in entries] == ["make_feed", "renew_feed", "stop_feed"]
        assert token not in str(list(entries.values()))

    def test_a_visitor_has_none(self):
        for act in (renew_feed, stop_feed):
            with pytest.raises(PermissionDenied):
                act(by=AnonymousUser())

    def test_nobody_keeps_a_copy_on_the_way(self, client, person):
        renew_feed(by=person)
        response = client.get(address(person))
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"


class TestSettingsPage:
    PAGE = "/equipment/calendar/feed/"

    def test_one_makes_it_sees_it_and_stops_it(self, client_for, person):
        client = client_for(person)
        assert "No calendar follows your bookings" in client.get(self.PAGE).content.decode()
        page = client.post(f"{self.PAGE}renew/", follow=True)
        assert page.context["address"] == f"http://localhost:8000{address(person)}"
        assert address(person) in page.content.decode()
        page = client.post(f"{self.PAGE}stop/", follow=True)
        assert "No calendar follows your bookings" in page.content.decode()

    def test_the_address_is_shown_to_nobody_else(self, client_for, person):
        renew_feed(by=person)
        assert client_for(UserFactory()).get(self.PAGE).context["address"] == ""

    @pytest.mark.parametrize("step", ["renew", "stop"])
    def test_a_link_changes_nothing(self, client_for, person, step):
        assert client_for(person).get(f"{self.PAGE}{step}/").status_code == 405

    def test_a_visitor_is_sent_to_sign_in(self, client):
        assert client.get(self.PAGE).headers["Location"] == f"/account/login/?next={self.PAGE}"


class TestOneBooking:
    def test_who_sees_it_can_take_it_along(self, client_for, cmm, person, start):
        booking = ask(cmm, person, start)
        for reader in (person, manager_of(cmm.owner)):
            response = client_for(reader).get(f"/equipment/bookings/{booking.pk}/booking.ics")
            (event,) = Calendar.from_ical(response.content).walk("VEVENT")
            assert str(event["uid"]) == f"booking-{booking.pk}@localhost"
            assert response.headers["Content-Disposition"] == f'attachment; filename="booking-{booking.pk}.ics"'

    def test_to_others_it_does_not_exist(self, client_for, cmm, person, start):
        booking = ask(cmm, person, start)
        assert client_for(UserFactory()).get(f"/equipment/bookings/{booking.pk}/booking.ics").status_code == 404

    def test_it_comes_with_the_confirmation(self, cmm, person, start, run_tasks, mailoutbox):
        booking = ask(cmm, person, start)
        run_tasks()
        (mail,) = [mail for mail in mailoutbox if mail.to == [person.email]]
        ((name, content, media_type),) = mail.attachments
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert (name, media_type) == (f"booking-{booking.pk}.ics", "text/calendar")
        assert (event["dtstart"].dt, str(event["status"])) == (start, "CONFIRMED")
