"""Booking a machine by its page: the form, what is said where it can't be had, series."""

from datetime import timedelta

import pytest
from django.utils import timezone

from equipment.models import Booking, Operation, Rate, UserClass, WaitingEntry
from tests.equipment.typed_bookings import address, errors, follow, typed
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine, monday, with_policy
from tests.factories.organisations import listed, term
from tests.factories.people import AffiliationFactory, colleague_at, manager_of

pytestmark = pytest.mark.django_db


class TestTheForm:
    def test_books_the_time_for_the_persons_organisation(self, client_for, cmm, engineer):
        client = client_for(engineer)
        response = client.post(address(cmm), typed(purpose="Turbine blades"))
        booking = Booking.objects.get()
        assert response.url == booking.get_absolute_url()
        assert (booking.starts_at, booking.ends_at) == (monday("10:00"), monday("11:00"))
        assert (booking.status, booking.person, booking.purpose) == ("approved", engineer, "Turbine blades")
        assert booking.organisation == engineer.affiliations.get().organisation
        assert "It is yours: the time is booked." in follow(response, client)

    def test_asks_where_keepers_approve(self, client_for, cmm, engineer):
        with_policy(cmm, needs_approval=True)
        client = client_for(engineer)
        assert "Ask for it" in client.get(address(cmm)).content.decode()
        response = client.post(address(cmm), typed())
        assert Booking.objects.get().status == "requested"
        assert "Waiting for the keepers of the machine" in follow(response, client)

    def test_is_filled_with_the_time_of_the_address(self, client_for, cmm, engineer):
        response = client_for(engineer).get(address(cmm), {"start": "2027-03-01T01:00Z", "end": "2027-03-01T03:30Z"})
        form = response.context["form"]
        assert [form[name].value() for name in ("day", "starts", "ends", "last_day")] == [
            "2027-03-01", "10:00", "12:30", ""
        ]  # fmt: skip

    @pytest.mark.parametrize("start", ["", "nonsense", "2027-13-01T00:00Z"])
    def test_is_filled_with_the_next_free_time_otherwise(self, client_for, cmm, engineer, start):
        form = client_for(engineer).get(address(cmm), {"start": start}).context["form"]
        soon = timezone.localtime(timezone.now() + timedelta(hours=1))
        assert form["day"].value() in {f"{soon:%Y-%m-%d}", f"{timezone.localdate()}"}

    def test_tells_the_price_and_what_has_to_be_learnt(self, client_for, cmm, engineer):
        Rate.objects.create(equipment=cmm, user_class=UserClass.MEMBER, krw_per_hour=30_000)
        cmm.training = "Half a day with the keeper"
        cmm.save()
        query = {"start": "2027-03-01T01:00Z", "end": "2027-03-01T02:30Z"}
        page = client_for(engineer).get(address(cmm), query).content.decode()
        assert "₩45,000 for this time" in page
        assert "Half a day with the keeper" in page
        assert "you need it" in page

    def test_asks_which_organisation_where_there_are_several(self, client_for, cmm, engineer):
        other = listed()
        AffiliationFactory(user=engineer, organisation=other)
        client = client_for(engineer)
        assert errors(client.post(address(cmm), typed())) == {"organisation": ["This field is required."]}
        client.post(address(cmm), typed(organisation=other.pk))
        assert Booking.objects.get().organisation == other

    def test_takes_no_organisation_that_is_anothers(self, client_for, cmm, engineer):
        AffiliationFactory(user=engineer, organisation=listed())
        response = client_for(engineer).post(address(cmm), typed(organisation=listed().pk))
        assert list(errors(response)) == ["organisation"]
        assert not Booking.objects.exists()

    def test_of_who_belongs_nowhere_books_for_nobody(self, client_for):
        public = machine(access="anyone")
        client_for(UserFactory()).post(address(public), typed())
        assert Booking.objects.get().organisation is None

    def test_asks_for_an_operator_only_where_that_is_a_choice(self, client_for, cmm, engineer):
        client = client_for(engineer)
        assert "is_operated" not in client.get(address(cmm)).context["form"].fields
        cmm.operation = Operation.EITHER
        cmm.save()
        client.post(address(cmm), typed(is_operated="on"))
        assert Booking.objects.get().is_operated

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"day": "31 February"}, {"day": ["Enter a valid date."]}),
            ({"starts": "25:00"}, {"starts": ["Enter a valid time."]}),
            (
                {"ends": "09:00"},
                {"ends": ["The end isn't after the beginning. If it ends on another day, say on which."]},
            ),
            ({"last_day": "2020-01-01"}, {"last_day": ["It ends before it begins."]}),
            ({"every_weeks": "2"}, {"until": ["Say until when it repeats."]}),
            ({"until": "2099-01-01"}, {"every_weeks": ["Say every how many weeks it repeats."]}),
            ({"every_weeks": "1", "until": "2020-01-01"}, {"until": ["It repeats after the first day."]}),
        ],
    )
    def test_tells_what_is_wrong_and_keeps_what_was_typed(self, client_for, cmm, engineer, wrong, told):
        response = client_for(engineer).post(address(cmm), typed(purpose="Blades", **wrong) | wrong)
        assert errors(response) == told
        assert response.context["form"]["purpose"].value() == "Blades"
        assert not Booking.objects.exists()

    def test_may_end_at_midnight_or_on_another_day(self, client_for, cmm, engineer):
        client = client_for(engineer)
        client.post(address(cmm), typed("22:00", "00:00"))
        client.post(
            address(cmm),
            typed("00:00", "08:00", day=f"{monday(days=1):%Y-%m-%d}", last_day=f"{monday(days=3):%Y-%m-%d}"),
        )
        assert list(Booking.objects.values_list("starts_at", "ends_at")) == [
            (monday("22:00"), monday("00:00", days=1)),
            (monday("00:00", days=1), monday("08:00", days=3)),
        ]

    def test_asks_which_hour_is_meant_where_the_clock_shows_it_twice(self, client_for, cmm):
        client = client_for(colleague_at(listed(), time_zone="America/New_York"))
        twice = typed("01:30", "04:00", day="2027-11-07")
        response = client.post(address(cmm), twice)
        assert list(errors(response)) == ["starts_meant"]
        assert "the second 01:30 (UTC−05:00)" in response.content.decode()
        client.post(address(cmm), twice | {"starts_meant": "2027-11-07T06:30Z"})
        assert f"{Booking.objects.get().starts_at:%H:%M}" == "06:30"

    @pytest.mark.parametrize(("day", "hour"), [("2027-03-13", 15), ("2027-03-15", 14)])
    def test_takes_the_hour_of_the_readers_season(self, client_for, cmm, day, hour):
        client = client_for(colleague_at(listed(), time_zone="America/New_York"))
        client.post(address(cmm), typed("10:00", "11:00", day=day))
        assert Booking.objects.get().starts_at.hour == hour

    def test_is_no_page_for_who_may_not_use_the_machine(self, client_for, engineer):
        for access in ("owner", "mini_cluster"):
            closed = machine(access=access)
            assert client_for(engineer).get(address(closed)).status_code == 404
            assert client_for(engineer).post(address(closed), typed()).status_code == 404
        assert not Booking.objects.exists()

    def test_asks_visitors_to_sign_in(self, client, cmm):
        assert client.get(address(cmm)).url.startswith("/account/login/")


class TestARefusal:
    def test_tells_all_reasons_at_once_and_whom_to_ask(self, client_for, cmm, engineer):
        with_policy(cmm, longest=60, start_interval=30)
        cmm.contact_name, cmm.contact_email = "Park Keeper", "keeper@example.org"
        cmm.save()
        booked(cmm, monday("10:00"), person=UserFactory(name_en="Kim Secret"))
        page = client_for(engineer).post(address(cmm), typed("10:10", "12:00"))
        refused = page.context["refused"]
        assert [clash.kind for clash in refused.clashes] == ["booking"]
        assert [violation.code for violation in refused.violations] == ["longest", "start_interval"]
        text = page.content.decode()
        assert "A booking lasts at most 1 h; this one would last 1 h 50 min." in text
        assert "keeper@example.org" in text
        assert "Secret" not in text
        assert page.context["form"]["starts"].value() == "10:10"

    def test_offers_other_times_that_one_click_books(self, client_for, cmm, engineer):
        booked(cmm, monday("10:00"))
        client = client_for(engineer)
        page = client.post(address(cmm), typed(purpose="Blades"))
        first = page.context["others"][0]
        assert page.context["kept"] == [("purpose", "Blades")]
        client.post(address(cmm), dict(page.context["kept"]) | {"instead": first.value})
        booking = Booking.objects.get(person=engineer)
        assert (booking.starts_at, booking.purpose) == (monday("11:00"), "Blades")

    def test_offers_machines_of_its_kind_that_are_free_then(self, client_for, engineer):
        kind = term("equipment", "Coordinate measuring")
        taken, free = machine(category=kind), machine(category=kind, name_en="Other CMM")
        booked(taken, monday("10:00"))
        page = client_for(engineer).post(address(taken), typed())
        assert page.context["refused"].similar == [free]
        assert f'formaction="/equipment/{free.pk}/book/"' in page.content.decode()

    def test_offers_the_waiting_list_for_what_is_only_taken(self, client_for, cmm, engineer):
        booked(cmm, monday("10:00"))
        client = client_for(engineer)
        page = client.post(address(cmm), typed())
        assert page.context["can_wait"]
        response = client.post(f"/equipment/{cmm.pk}/waiting/", {"time": page.context["span"], "purpose": "Blades"})
        entry = WaitingEntry.objects.get()
        assert (entry.person, entry.starts_at, entry.purpose) == (engineer, monday("10:00"), "Blades")
        assert "You are on the waiting list." in follow(response, client)

    def test_for_want_of_training_offers_no_other_time(self, client_for, cmm, engineer):
        cmm.training = "Half a day"
        cmm.save()
        page = client_for(engineer).post(address(cmm), typed())
        assert not page.context["another_time_helps"]
        assert 'name="instead"' not in page.content.decode()

    def test_by_the_policy_offers_no_waiting_list(self, client_for, cmm, engineer):
        with_policy(cmm, longest=30)
        assert not client_for(engineer).post(address(cmm), typed()).context["can_wait"]

    def test_is_none_for_who_presses_twice(self, client_for, cmm, engineer):
        client = client_for(engineer)
        first, second = (client.post(address(cmm), typed()) for _ in range(2))
        assert first.url == second.url == Booking.objects.get().get_absolute_url()

    def test_is_set_aside_by_a_keeper_with_a_reason(self, client_for, cmm, engineer):
        with_policy(cmm, longest=30)
        keeper = client_for(manager_of(cmm.owner))
        assert keeper.post(address(cmm), typed()).context["refused"]
        keeper.post(address(cmm), typed(override_reason="Urgent repair"))
        assert Booking.objects.get().override_reason == "Urgent repair"
        other = client_for(engineer).post(address(cmm), typed("12:00", "13:00", override_reason="Mine too"))
        assert other.context["refused"]


class TestASeries:
    def weekly(self, **more) -> dict:
        return typed(every_weeks="1", until=f"{monday(days=14):%Y-%m-%d}", **more)

    def test_is_booked_in_one_go(self, client_for, cmm, engineer):
        client = client_for(engineer)
        response = client.post(address(cmm), self.weekly())
        assert "3 times are booked." in follow(response, client)
        assert list(Booking.objects.values_list("starts_at", flat=True)) == [
            monday("10:00", days=7 * n) for n in range(3)
        ]

    def test_is_not_booked_in_part_unless_asked_to(self, client_for, cmm, engineer):
        booked(cmm, monday("10:00", days=7))
        client = client_for(engineer)
        page = client.post(address(cmm), self.weekly())
        assert [f"{one.local:%Y-%m-%d}" for one in page.context["series"].occurrences] == [f"{monday(days=7):%Y-%m-%d}"]
        assert "Leave these out and book the other 2" in page.content.decode()
        assert Booking.objects.filter(person=engineer).count() == 0
        client.post(address(cmm), self.weekly(leave_out_clashing="on"))
        assert Booking.objects.filter(person=engineer).count() == 2

    def test_stays_at_its_time_in_seoul_for_a_reader_elsewhere(self, client_for, cmm):
        client = client_for(colleague_at(listed(), time_zone="America/New_York"))
        series = {"day": "2027-03-08", "starts": "20:00", "ends": "21:00", "every_weeks": "1", "until": "2027-03-16"}
        client.post(address(cmm), series | {"clock": "Asia/Seoul"})
        assert [f"{at:%d %H:%M}" for at in Booking.objects.values_list("starts_at", flat=True)] == [
            "09 01:00",
            "16 01:00",
        ]

    def test_stays_at_its_time_with_the_reader_where_they_say_so(self, client_for, cmm):
        client = client_for(colleague_at(listed(), time_zone="America/New_York"))
        series = {"day": "2027-03-08", "starts": "20:00", "ends": "21:00", "every_weeks": "1", "until": "2027-03-16"}
        client.post(address(cmm), series | {"clock": "America/New_York"})
        assert [f"{at:%d %H:%M}" for at in Booking.objects.values_list("starts_at", flat=True)] == [
            "09 01:00",
            "16 00:00",
        ]

    def test_asks_about_a_day_on_which_the_clock_leaves_its_time_out(self, client_for, cmm):
        client = client_for(colleague_at(listed(), time_zone="America/New_York"))
        series = {
            "day": "2027-03-07", "starts": "02:30", "ends": "03:15", "every_weeks": "1", "until": "2027-03-14",
            "clock": "America/New_York",
        }  # fmt: skip
        page = client.post(address(cmm), series)
        assert page.context["series"].has_questions
        assert 'name="meant-2027-03-14"' in page.content.decode()
        client.post(address(cmm), series | {"meant-2027-03-14": "2027-03-14T07:30Z"})
        assert [f"{at:%d %H:%M}" for at in Booking.objects.values_list("starts_at", flat=True)] == [
            "07 07:30",
            "14 07:30",
        ]

    def test_the_rest_is_cancelled_by_its_person_only(self, client_for, cmm, engineer):
        client = client_for(engineer)
        client.post(address(cmm), self.weekly())
        cancel = f"/equipment/bookings/series/{Booking.objects.first().series_id}/cancel/"
        assert client_for(manager_of(cmm.owner)).post(cancel).status_code == 404
        assert "3 bookings are cancelled." in follow(client.post(cancel), client)
