"""The keeper's desk, and telling that a machine can't be used."""

from datetime import timedelta

import pytest
from django.utils import timezone

from equipment.models import Booking, Outage
from equipment.statuses import BookingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, down, machine, monday
from tests.factories.organisations import listed
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db
DESK = "/equipment/desk/"


@pytest.fixture
def cmm():
    return machine(name_en="CMM")


@pytest.fixture
def keeper(client_for, cmm):
    """The owner's manager."""
    return client_for(manager_of(cmm.owner))


def requested(equipment, clock: str = "10:00", **facts) -> Booking:
    return booked(equipment, monday(clock), **{"status": BookingStatus.REQUESTED} | facts)


def over(equipment, **facts) -> Booking:
    return booked(equipment, timezone.now() - timedelta(hours=5), **facts)


class TestTheDesk:
    def groups(self, client) -> list[list[Booking]]:
        return [group.requests for group in client.get(DESK).context["groups"]]

    def test_has_overlapping_requests_beside_each_other(self, keeper, cmm):
        late = requested(cmm, "15:00")
        first, second, third = (
            requested(cmm, "10:00", hours=2),
            requested(cmm, "11:00", hours=2),
            requested(cmm, "12:30"),
        )
        assert self.groups(keeper) == [[first, second, third], [late]]

    def test_does_not_mix_machines(self, keeper, cmm):
        mill = machine(cmm.owner)
        one, other = requested(cmm), requested(mill)
        assert self.groups(keeper) == [[one], [other]]

    def test_is_of_the_machines_one_keeps(self, client_for, cmm):
        named = colleague_at(cmm.owner)
        requested(cmm)
        assert client_for(named).get(DESK).context["groups"] == []
        cmm.keepers.add(named)
        assert len(client_for(named).get(DESK).context["groups"]) == 1

    def test_ends_for_a_named_keeper_who_leaves_the_owner(self, client_for, cmm):
        gone = colleague_at(listed())
        cmm.keepers.add(gone)
        requested(cmm)
        assert client_for(gone).get(DESK).context["groups"] == []

    def test_leaves_out_what_is_over(self, keeper, cmm):
        over(cmm, status=BookingStatus.REQUESTED)
        assert self.groups(keeper) == []

    def test_approves_in_one_click_and_declines_what_overlaps(self, keeper, cmm):
        chosen, other = requested(cmm, "10:00", hours=2), requested(cmm, "11:00")
        response = keeper.post(f"{chosen.get_absolute_url()}approve/", {"back": "desk"})
        assert response.url == DESK
        assert {booking.status for booking in Booking.objects.filter(pk=chosen.pk)} == {"approved"}
        other.refresh_from_db()
        assert (other.status, other.decision_note) == ("declined", "Another request for this time was approved.")

    def test_declines_in_one_click_with_a_reason(self, keeper, cmm):
        booking = requested(cmm)
        reason = "The machine is needed for something else then."
        assert f'name="decline-reason" value="{reason}"' in keeper.get(DESK).content.decode()
        keeper.post(f"{booking.get_absolute_url()}decline/", {"back": "desk", "decline-reason": reason})
        booking.refresh_from_db()
        assert (booking.status, booking.decision_note) == ("declined", reason)

    def test_tells_what_is_against_an_approval(self, keeper, cmm):
        booking = requested(cmm)
        down(cmm, monday("09:00"), monday("12:00"))
        page = keeper.post(f"{booking.get_absolute_url()}approve/", {"back": "desk"})
        assert [clash.kind for clash in page.context["refused"].clashes] == ["outage"]

    def test_who_comes_second_is_told(self, keeper, cmm):
        booking = requested(cmm, status=BookingStatus.DECLINED)
        response = keeper.post(f"{booking.get_absolute_url()}approve/", {"back": "desk"})
        assert "it is “declined” now" in keeper.get(response.url).content.decode()

    def test_logs_uses_in_one_click(self, keeper, cmm):
        used, missed = over(cmm, hours=2), booked(cmm, timezone.now() - timedelta(days=1))
        assert list(keeper.get(DESK).context["to_log"]) == [missed, used]
        keeper.post(f"{used.get_absolute_url()}finish/", {"back": "desk", "finish-used_minutes": 120})
        keeper.post(f"{missed.get_absolute_url()}miss/", {"back": "desk"})
        assert list(Booking.objects.order_by("starts_at").values_list("status", "used_minutes")) == [
            ("missed", 0), ("done", 120)
        ]  # fmt: skip

    def test_does_not_call_missed_what_the_machine_was_down_for(self, keeper, cmm):
        booking = over(cmm)
        down(cmm, booking.starts_at + timedelta(minutes=10))
        page = keeper.post(f"{booking.get_absolute_url()}miss/", {})
        bound = next(form for _, _, form in page.context["steps"] if form.is_bound)
        assert bound.non_field_errors() == [
            "The machine was down in that time: cancel the booking, or log what was used."
        ]

    def test_of_who_keeps_nothing_says_so(self, client_for):
        assert "You keep no machine" in client_for(colleague_at(listed())).get(DESK).content.decode()

    def test_is_no_page_for_who_belongs_nowhere(self, client_for):
        assert client_for(UserFactory()).get(DESK).status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_makes_as_many_queries_for_three_as_for_one(self, keeper, cmm, django_assert_num_queries, number):
        for hour in range(10, 10 + number):
            requested(cmm, f"{hour}:00", person=colleague_at(listed()))
            booked(cmm, timezone.now() - timedelta(hours=3 * hour))
            down(cmm, monday(f"{hour}:00", days=1), monday(f"{hour}:30", days=1))
        keeper.get(DESK)
        with django_assert_num_queries(9):
            keeper.get(DESK)


class TestPlanningAnOutage:
    def address(self, cmm) -> str:
        return f"/equipment/{cmm.pk}/outages/plan/"

    def typed(self, **more) -> dict:
        return {"day": f"{monday():%Y-%m-%d}", "starts": "09:00", "ends": "12:00", "reason": "Calibration"} | more

    def test_plans_it(self, keeper, cmm):
        response = keeper.post(self.address(cmm), self.typed())
        outage = Outage.objects.get()
        assert (outage.kind, outage.starts_at, outage.ends_at) == ("planned", monday("09:00"), monday("12:00"))
        assert "Calibration" in keeper.get(response.url).content.decode()

    def test_names_the_bookings_it_would_cover_and_asks_first(self, keeper, cmm):
        booking = booked(cmm, monday("10:00"), person=UserFactory(name_en="Lee Engineer"))
        page = keeper.post(self.address(cmm), self.typed())
        text = page.content.decode()
        assert page.context["covered"] == [booking]
        assert "Lee Engineer" in text
        assert "Plan it and cancel this booking" in text
        assert (Outage.objects.count(), page.context["form"]["reason"].value()) == (0, "Calibration")

    def test_cancels_those_that_were_named(self, keeper, cmm):
        booking = booked(cmm, monday("10:00"))
        keeper.post(self.address(cmm), self.typed(cancelling=[booking.pk]))
        booking.refresh_from_db()
        assert (booking.status, booking.cost_krw, Outage.objects.count()) == ("cancelled", 0, 1)

    def test_asks_again_where_another_came_in_between(self, keeper, cmm):
        first, second = booked(cmm, monday("09:00")), booked(cmm, monday("10:00"))
        page = keeper.post(self.address(cmm), self.typed(cancelling=[first.pk]))
        assert (page.context["covered"], Outage.objects.count()) == ([first, second], 0)

    @pytest.mark.parametrize("cancelling", ["x", "-1", "9" * 30])
    def test_takes_no_number_that_is_none(self, keeper, cmm, cancelling):
        booking = booked(cmm, monday("10:00"))
        assert keeper.post(self.address(cmm), self.typed(cancelling=[cancelling])).context["covered"] == [booking]

    def test_tells_what_is_wrong_at_its_field(self, keeper, cmm):
        assert keeper.post(self.address(cmm), self.typed(reason="")).context["form"].errors == {
            "reason": ["This field is required."]
        }

    def test_is_the_keepers(self, client_for, cmm):
        for person in (colleague_at(cmm.owner), manager_of(listed())):
            assert client_for(person).post(self.address(cmm), self.typed()).status_code == 404


class TestReportingAnOutage:
    def address(self, cmm) -> str:
        return f"/equipment/{cmm.pk}/outages/report/"

    def test_is_open_to_whoever_may_use_the_machine(self, client_for, cmm):
        client = client_for(colleague_at(listed()))
        client.post(self.address(cmm), {"reason": "No vacuum"})
        cmm.refresh_from_db()
        assert (cmm.status, Outage.objects.get().reason) == ("down", "No vacuum")

    def test_may_say_until_when(self, client_for, cmm):
        day = f"{monday():%Y-%m-%d}"
        client_for(colleague_at(listed())).post(self.address(cmm), {"reason": "Leak", "expected_day": day})
        assert Outage.objects.get().expected_until == monday("09:00")

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"reason": ""}, {"reason": ["This field is required."]}),
            ({"expected_day": "2020-01-01"}, {"expected_day": ["Give a time that lies ahead."]}),
            ({"expected_time": "10:00"}, {"expected_day": ["Say on which day."]}),
        ],
    )
    def test_tells_what_is_wrong(self, client_for, cmm, wrong, told):
        response = client_for(colleague_at(listed())).post(self.address(cmm), {"reason": "Leak"} | wrong)
        assert response.context["form"].errors == told

    def test_of_what_is_down_already_is_told(self, client_for, cmm):
        client = client_for(colleague_at(listed()))
        client.post(self.address(cmm), {"reason": "Leak"})
        again = client.post(self.address(cmm), {"reason": "Leak"})
        assert again.context["form"].non_field_errors() == ["It is “out of order” already."]

    def test_is_no_page_for_who_may_not_use_it(self, client_for):
        closed = machine(access="mini_cluster")
        response = client_for(colleague_at(listed())).post(self.address(closed), {"reason": "Leak"})
        assert (response.status_code, Outage.objects.count()) == (404, 0)

    def test_ends_by_a_keeper(self, client_for, keeper, cmm):
        client = client_for(colleague_at(listed()))
        client.post(self.address(cmm), {"reason": "Leak"})
        outage = Outage.objects.get()
        end = f"/equipment/outages/{outage.pk}/end/"
        assert client.post(end).status_code == 404
        assert keeper.post(end, {"back": "desk"}).url == DESK
        cmm.refresh_from_db()
        assert cmm.status == "working"
        again = keeper.post(end)
        assert "This outage is over already." in keeper.get(again.url).content.decode()


class TestTheListOfOutages:
    def test_tells_all_of_them_with_buttons_for_who_may(self, client_for, keeper, cmm):
        ahead, past = (
            down(cmm, monday("09:00"), monday("10:00")),
            down(cmm, monday("09:00", days=-60), monday("10:00", days=-60)),
        )
        address = f"/equipment/{cmm.pk}/outages/"
        assert keeper.get(address).context["page"].rows == [ahead, past]
        reader = client_for(colleague_at(listed())).get(address).content.decode()
        assert ("It is broken" in reader, "Plan an outage" in reader) == (True, False)

    def test_withdraws_one_that_is_planned(self, client_for, keeper, cmm):
        address = f"/equipment/{cmm.pk}/outages/"
        outage = down(cmm, monday("09:00"), monday("10:00"))
        withdraw = f"/equipment/outages/{outage.pk}/withdraw/"
        reader = client_for(colleague_at(listed()))
        assert withdraw in keeper.get(address).content.decode()
        assert withdraw not in reader.get(address).content.decode()
        assert reader.post(withdraw).status_code == 404
        assert keeper.post(withdraw).url == address
        assert "No outage so far" in keeper.get(address).content.decode()

    def test_keeps_one_that_has_begun(self, keeper, cmm):
        outage = down(cmm, monday("09:00", days=-60), monday("10:00", days=60))
        withdraw = f"/equipment/outages/{outage.pk}/withdraw/"
        assert keeper.post(withdraw, {"back": "desk"}).url == DESK
        assert "It has begun" in keeper.get(DESK).content.decode()

    def test_of_none_says_so(self, keeper, cmm):
        assert "No outage so far" in keeper.get(f"/equipment/{cmm.pk}/outages/").content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_makes_as_many_queries_for_three_as_for_one(self, keeper, cmm, django_assert_num_queries, number):
        for hour in range(10, 10 + number):
            down(cmm, monday(f"{hour}:00"), monday(f"{hour}:30"))
        keeper.get(f"/equipment/{cmm.pk}/outages/")
        with django_assert_num_queries(6):
            keeper.get(f"/equipment/{cmm.pk}/outages/")
