"""One's bookings as their pages show them, and what is done with one there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from equipment.models import Booking, Training, WaitingEntry
from equipment.statuses import BookingStatus
from tests.equipment.typed_bookings import follow, typed
from tests.factories.equipment import booked, machine, monday, with_policy
from tests.factories.organisations import listed
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db


class TestItsPage:
    def open_steps(self, client, booking) -> list[str]:
        context = client.get(booking.get_absolute_url()).context
        return [step for step, _, _ in context["steps"]] + ["move"] * context["can_move"]

    def test_is_its_persons_and_the_keepers(self, client_for, cmm, engineer):
        booking = booked(cmm, monday(), person=engineer)
        for person, status in ((engineer, 200), (manager_of(cmm.owner), 200), (colleague_at(cmm.owner), 404)):
            assert client_for(person).get(booking.get_absolute_url()).status_code == status

    @pytest.mark.parametrize(
        ("hours_ago", "status", "own", "keepers"),
        [
            (-48, "requested", ["hand-over", "cancel", "move"], ["approve", "decline", "cancel", "move"]),
            (-48, "approved", ["hand-over", "cancel", "move"], ["cancel", "move"]),
            (0.5, "approved", ["finish", "hand-over", "move"], ["finish", "cancel", "move"]),
            (5, "approved", ["finish"], ["finish", "miss", "cancel"]),
            (5, "done", [], []),
            (-48, "cancelled", [], []),
        ],
    )
    def test_has_the_buttons_that_are_open(self, client_for, cmm, engineer, hours_ago, status, own, keepers):
        booking = booked(cmm, timezone.now() - timedelta(hours=hours_ago), person=engineer, status=status)
        assert self.open_steps(client_for(engineer), booking) == own
        assert self.open_steps(client_for(manager_of(cmm.owner)), booking) == keepers

    def test_says_what_a_cancellation_costs_before_it_is_done(self, client_for, cmm, engineer):
        with_policy(cmm, cancel_hours=24, late_percent=50)
        soon = booked(cmm, timezone.now() + timedelta(hours=3), person=engineer, krw_per_hour=20_000)
        later = booked(cmm, timezone.now() + timedelta(days=9), person=engineer, krw_per_hour=20_000)
        client = client_for(engineer)
        assert "Cancelled now, ₩10,000 are owed." in client.get(soon.get_absolute_url()).content.decode()
        assert "It costs nothing until" in client.get(later.get_absolute_url()).content.decode()

    def test_cancels(self, client_for, cmm, engineer):
        booking = booked(cmm, monday(), person=engineer)
        client = client_for(engineer)
        response = client.post(f"{booking.get_absolute_url()}cancel/", {"cancel-reason": ""})
        booking.refresh_from_db()
        assert booking.status == "cancelled"
        assert "Cancelled." in follow(response, client)

    def test_wants_a_reason_from_a_keeper_who_cancels(self, client_for, cmm, engineer):
        booking = booked(cmm, monday(), person=engineer)
        client = client_for(manager_of(cmm.owner))
        page = client.post(f"{booking.get_absolute_url()}cancel/", {"cancel-reason": ""})
        assert {step: form.errors for step, _, form in page.context["steps"] if form.is_bound} == {
            "cancel": {"reason": ["This field is required."]}
        }
        booking.refresh_from_db()
        assert booking.status == "approved"

    def test_hands_it_to_a_colleague(self, client_for, cmm, engineer):
        organisation = engineer.affiliations.get().organisation
        colleague, stranger = colleague_at(organisation), colleague_at(listed())
        booking = booked(cmm, monday(), person=engineer, organisation=organisation)
        client = client_for(engineer)
        page = client.post(f"{booking.get_absolute_url()}hand-over/", {"hand-over-to": stranger.pk})
        assert "Select a valid choice" in page.content.decode()
        client.post(f"{booking.get_absolute_url()}hand-over/", {"hand-over-to": colleague.pk})
        booking.refresh_from_db()
        assert booking.person == colleague

    def test_tells_all_that_is_against_a_colleague(self, client_for, cmm, engineer):
        cmm.training = "Half a day"
        cmm.save()
        organisation = engineer.affiliations.get().organisation
        Training.objects.create(equipment=cmm, person=engineer)
        colleague = colleague_at(organisation)
        booking = booked(cmm, monday(), person=engineer, organisation=organisation)
        page = client_for(engineer).post(f"{booking.get_absolute_url()}hand-over/", {"hand-over-to": colleague.pk})
        assert [violation.code for violation in page.context["refused"].violations] == ["training"]

    def test_logs_the_use(self, client_for, cmm, engineer):
        booking = booked(cmm, timezone.now() - timedelta(hours=5), person=engineer, krw_per_hour=60_000)
        client = client_for(engineer)
        page = client.post(f"{booking.get_absolute_url()}finish/", {"finish-used_minutes": "5000"})
        bound = next(form for _, _, form in page.context["steps"] if form.is_bound)
        assert list(bound.errors) == ["used_minutes"]
        client.post(f"{booking.get_absolute_url()}finish/", {"finish-used_minutes": "45", "finish-remarks": "Fine"})
        booking.refresh_from_db()
        assert (booking.status, booking.used_minutes, booking.cost_krw, booking.remarks) == ("done", 45, 45_000, "Fine")

    def test_who_comes_second_is_told(self, client_for, cmm, engineer):
        booking = booked(cmm, monday(), person=engineer, status=BookingStatus.CANCELLED)
        client = client_for(engineer)
        response = client.post(f"{booking.get_absolute_url()}cancel/", {"cancel-reason": ""})
        assert "it is “cancelled” now" in follow(response, client)

    @pytest.mark.parametrize("step", ["approve", "decline", "miss"])
    def test_keepers_steps_are_no_page_for_others(self, client_for, cmm, engineer, step):
        booking = booked(cmm, monday(), person=engineer, status=BookingStatus.REQUESTED)
        assert client_for(engineer).post(f"{booking.get_absolute_url()}{step}/", {}).status_code == 404

    @pytest.mark.parametrize("step", ["crown", "settle", "lose"])
    def test_an_unknown_step_is_no_page(self, client_for, cmm, engineer, step):
        booking = booked(cmm, monday(), person=engineer)
        assert client_for(engineer).post(f"{booking.get_absolute_url()}{step}/", {}).status_code == 404


class TestMoving:
    def test_moves_it(self, client_for, cmm, engineer):
        booking = booked(cmm, monday(), person=engineer)
        client = client_for(engineer)
        page = client.get(f"{booking.get_absolute_url()}move/")
        assert page.context["form"]["starts"].value() == "10:00"
        client.post(f"{booking.get_absolute_url()}move/", typed("14:00", "15:30"))
        booking.refresh_from_db()
        assert (booking.starts_at, booking.ends_at) == (monday("14:00"), monday("15:30"))

    def test_onto_another_is_refused_with_other_times_as_buttons(self, client_for, cmm, engineer):
        booking = booked(cmm, monday(), person=engineer)
        booked(cmm, monday("14:00"))
        client = client_for(engineer)
        page = client.post(f"{booking.get_absolute_url()}move/", typed("14:00", "15:00", reason="Late lorry"))
        assert (page.context["others"][0].label[-11:], page.context["kept"]) == (
            "15:00–16:00",
            [("reason", "Late lorry")],
        )
        client.post(f"{booking.get_absolute_url()}move/", {"instead": page.context["others"][0].value})
        booking.refresh_from_db()
        assert booking.starts_at == monday("15:00")

    def test_what_is_over_is_not_moved(self, client_for, cmm, engineer):
        booking = booked(cmm, monday(), person=engineer, status=BookingStatus.CANCELLED)
        client = client_for(engineer)
        assert "no longer possible" in follow(client.get(f"{booking.get_absolute_url()}move/"), client)


class TestOnesBookings:
    ADDRESS = "/equipment/bookings/"

    def test_are_what_is_to_come_the_nearest_first(self, client_for, cmm, engineer):
        later, sooner = booked(cmm, monday("14:00"), person=engineer), booked(cmm, monday("10:00"), person=engineer)
        booked(cmm, monday("16:00"))
        booked(cmm, timezone.now() - timedelta(days=3), person=engineer, status=BookingStatus.DONE)
        assert client_for(engineer).get(self.ADDRESS).context["page"].rows == [sooner, later]

    def test_are_what_is_over_too(self, client_for, cmm, engineer):
        cancelled = booked(cmm, monday("10:00"), person=engineer, status=BookingStatus.CANCELLED)
        done = booked(cmm, timezone.now() - timedelta(days=3), person=engineer, status=BookingStatus.DONE)
        page = client_for(engineer).get(self.ADDRESS, {"show": "past"}).context["page"]
        assert page.rows == [cancelled, done]

    def test_tell_which_use_is_to_be_logged(self, client_for, cmm, engineer):
        booking = booked(cmm, timezone.now() - timedelta(hours=5), person=engineer)
        assert list(client_for(engineer).get(self.ADDRESS).context["to_log"]) == [booking]

    def test_none_yet_leads_to_what_is_free(self, client_for, engineer):
        assert 'href="/equipment/free/"' in client_for(engineer).get(self.ADDRESS).content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_make_as_many_queries_for_three_as_for_one(self, client_for, django_assert_num_queries, number, engineer):
        client = client_for(engineer)
        for hour in range(10, 10 + number):
            booked(machine(), monday(f"{hour}:00"), person=engineer)
        client.get(self.ADDRESS)
        with django_assert_num_queries(7):
            client.get(self.ADDRESS)


class TestTheWaitingList:
    def entry(self, cmm, person, **facts) -> WaitingEntry:
        facts = {"starts_at": monday("10:00"), "ends_at": monday("11:00")} | facts
        return WaitingEntry.objects.create(equipment=cmm, person=person, **facts)

    def offered(self, cmm, person) -> WaitingEntry:
        return self.entry(cmm, person, status="offered", offered_until=timezone.now() + timedelta(hours=2))

    def test_what_is_offered_is_taken_in_one_click(self, client_for, cmm, engineer):
        entry = self.offered(cmm, engineer)
        client = client_for(engineer)
        assert "kept for you until" in client.get("/equipment/bookings/").content.decode()
        response = client.post(f"/equipment/waiting/{entry.pk}/take/")
        assert response.url == Booking.objects.get(person=engineer).get_absolute_url()

    def test_is_left_in_one_click(self, client_for, cmm, engineer):
        entry = self.entry(cmm, engineer)
        client = client_for(engineer)
        client.post(f"/equipment/waiting/{entry.pk}/withdraw/")
        entry.refresh_from_db()
        assert entry.status == "withdrawn"
        response = client.post(f"/equipment/waiting/{entry.pk}/withdraw/")
        assert "it is “withdrawn” now" in follow(response, client)

    def test_is_nobody_elses(self, client_for, cmm, engineer):
        entry = self.offered(cmm, engineer)
        for person in (manager_of(cmm.owner), colleague_at(listed())):
            for step in ("take", "withdraw"):
                assert client_for(person).post(f"/equipment/waiting/{entry.pk}/{step}/").status_code == 404

    @pytest.mark.parametrize("time", ["", "nonsense", "2027-03-01T02:00Z/2027-03-01T01:00Z"])
    def test_wants_a_time(self, client_for, cmm, engineer, time):
        response = client_for(engineer).post(f"/equipment/{cmm.pk}/waiting/", {"time": time})
        assert (response.url, WaitingEntry.objects.count()) == (f"/equipment/{cmm.pk}/book/", 0)

    def test_of_what_is_free_leads_back_to_booking_it(self, client_for, cmm, engineer):
        client = client_for(engineer)
        time = f"{monday('10:00').isoformat()}/{monday('11:00').isoformat()}"
        response = client.post(f"/equipment/{cmm.pk}/waiting/", {"time": time})
        assert "This time is free: book it." in follow(response, client)
