"""A machine is asked for and decided on."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ecluster.audit.models import AuditEntry
from ecluster.notifications.models import Notice
from ecluster.words import local_time
from ecluster.workflow import WrongStatus
from equipment.actions.bookings import request
from equipment.actions.deciding import approve, decline
from equipment.errors import Refused
from equipment.models import Booking, Rate, UserClass
from equipment.statuses import BookingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine, monday, open_on, with_policy
from tests.factories.organisations import listed, term
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db

TIMES = ("10:00", "11:00")


def anyones(**facts):
    return machine(access="anyone", **facts)


def kept(**rules):
    return with_policy(anyones(), needs_approval=True, **rules)


def ask(equipment, start="10:00", end="11:00", by=None, **wish) -> Booking:
    return request(equipment=equipment, starts_at=monday(start), ends_at=monday(end), by=by or UserFactory(), **wish)


def refusal(act, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as told:
        act(*args, **kwargs)
    return told.value


def trail(booking) -> list[tuple]:
    return [(e.action, e.actor, e.changes, e.reason) for e in AuditEntry.objects.about(booking).order_by("pk")]


def told(person) -> list[str]:
    return list(Notice.objects.filter(user=person).order_by("pk").values_list("subject", flat=True))


def test_without_a_policy_it_is_held_at_once():
    cmm, person = anyones(), UserFactory()
    booking = ask(cmm, by=person, purpose=" Gears ")
    assert (booking.status, booking.person, booking.purpose) == (BookingStatus.APPROVED, person, "Gears")
    assert trail(booking) == [("grant", person, {"status": ["", "approved"]}, "")]


def test_where_approval_is_needed_it_is_requested_and_holds_nothing():
    cmm = kept()
    assert [ask(cmm).status, ask(cmm).status] == [BookingStatus.REQUESTED] * 2


def test_a_keeper_needs_nobodys_approval():
    cmm = kept()
    assert ask(cmm, by=manager_of(cmm.owner)).status == BookingStatus.APPROVED


def test_ten_to_eleven_and_eleven_to_twelve_go_together():
    cmm = anyones()
    first, second = ask(cmm, "10:00", "11:00"), ask(cmm, "11:00", "12:00")
    assert set(Booking.objects.holding()) == {first, second}


def test_with_a_buffer_they_do_not_and_the_buffer_is_named():
    cmm = with_policy(anyones(), buffer_after=15)
    ask(cmm, "10:00", "11:00")
    assert refusal(ask, cmm, "11:00", "12:00").reasons == [
        f"It is booked from {local_time(monday('10:00'))} to {local_time(monday('11:00'))},"
        " and a buffer of 15 min is kept between two bookings."
    ]
    assert ask(cmm, "11:15", "12:00").held_until == monday("12:15")


def test_all_that_is_against_it_is_told_at_once_with_what_else_could_be():
    category = term("equipment", "Metrology")
    cmm = with_policy(anyones(category=category, contact_name="Kim", contact_audience="public"), longest=30)
    free, taken = anyones(category=category), anyones(category=category)
    anyones()
    for one in (cmm, taken):
        booked(one, monday("10:00"), hours=2)
    refused = refusal(ask, cmm, "10:00", "11:00")
    assert ([c.kind for c in refused.clashes], [v.code for v in refused.violations]) == (["booking"], ["longest"])
    assert refused.alternatives[0] == (monday("12:00"), monday("13:00"))
    assert refused.similar == [free]
    assert (refused.contact.owner, refused.contact.name) == (cmm.owner.name, "Kim")


def test_whom_to_ask_is_told_as_far_as_the_reader_may_know():
    cmm = anyones(contact_name="Kim", contact_email="kim@hanbit.example", contact_audience="private")
    booked(cmm, monday("10:00"))
    outsider, insider = (refusal(ask, cmm, by=by).contact for by in (UserFactory(), colleague_at(cmm.owner)))
    assert (outsider.owner, outsider.name, outsider.email) == (cmm.owner.name, "", "")
    assert insider.email == "kim@hanbit.example"


def test_a_keeper_sets_the_policy_aside_with_a_reason_that_is_recorded():
    cmm = with_policy(anyones(), longest=30, start_interval=60)
    keeper = manager_of(cmm.owner)
    assert [v.code for v in refusal(ask, cmm, "10:10", "11:10", by=keeper).violations] == ["longest", "start_interval"]
    booking = ask(cmm, "10:10", "11:10", by=keeper, override_reason=" Visitors ")
    assert booking.override_reason == "Visitors"
    assert trail(booking)[1] == ("override_policy", keeper, {"policy": ["", "longest, start_interval"]}, "Visitors")


def test_a_keeper_sets_no_booking_aside():
    cmm = with_policy(anyones(), longest=30)
    booked(cmm, monday("10:00"))
    refused = refusal(ask, cmm, by=manager_of(cmm.owner), override_reason="Visitors")
    assert [clash.kind for clash in refused.clashes] == ["booking"]


def test_nobody_else_sets_the_policy_aside():
    cmm = with_policy(anyones(), longest=30)
    with pytest.raises(PermissionDenied):
        ask(cmm, override_reason="I want to")
    assert ask(cmm, "10:00", "10:30", override_reason="I want to").override_reason == ""


def test_who_may_not_use_it_books_nothing():
    with pytest.raises(PermissionDenied):
        ask(machine(access="owner"))


def test_somebody_else_does_not_pay():
    with pytest.raises(ValidationError) as wrong:
        ask(anyones(), organisation=listed())
    assert list(wrong.value.message_dict) == ["organisation"]


def test_it_does_not_end_before_it_begins():
    with pytest.raises(ValidationError):
        ask(anyones(), "11:00", "11:00")


def test_the_rate_is_kept_as_it_was():
    owner, payer = listed(), listed()
    cmm = anyones(owner=owner)
    for user_class, krw in ((UserClass.OWNER, 1_000), (UserClass.MEMBER, 30_000)):
        Rate.objects.create(equipment=cmm, user_class=user_class, krw_per_hour=krw)
    neighbour = listed(owner.memberships.get().mini_cluster)
    Rate.objects.create(equipment=cmm, user_class=UserClass.MINI_CLUSTER, krw_per_hour=20_000)
    people = [colleague_at(owner), colleague_at(neighbour), colleague_at(payer), UserFactory()]
    bookings = [ask(cmm, f"{hour}:00", f"{hour}:30", by=person) for hour, person in enumerate(people, start=10)]
    assert [(b.user_class, b.krw_per_hour) for b in bookings] == [
        ("owner", 1_000), ("mini_cluster", 20_000), ("member", 30_000), ("outsider", 0),
    ]  # fmt: skip


def test_operation_follows_the_machine_and_only_then_the_wish():
    for operation, wanted, is_operated in (
        ("self", True, False), ("operator", False, True), ("either", True, True), ("either", False, False),
    ):  # fmt: skip
        assert ask(anyones(operation=operation), is_operated=wanted).is_operated == is_operated


def test_keepers_hear_of_requests_and_people_of_what_is_theirs(run_tasks):
    asked_for, given = kept(), anyones()
    keeper, person = manager_of(asked_for.owner, language="en"), UserFactory(language="en")
    ask(asked_for, by=person)
    ask(given, by=person)
    run_tasks()
    assert told(keeper) == [f"{person} asks for {asked_for} on {local_time(monday('10:00'))}"]
    assert told(person) == [f"{given} is yours from {local_time(monday('10:00'))}"]


# --- the keepers decide -------------------------------------------------------------------------------------


def test_an_approval_takes_the_rate_of_the_day_and_tells_the_person():
    cmm = kept()
    rate = Rate.objects.create(equipment=cmm, user_class=UserClass.OUTSIDER, krw_per_hour=10_000)
    booking, keeper = ask(cmm, by=UserFactory(language="en")), manager_of(cmm.owner)
    Rate.objects.filter(pk=rate.pk).update(krw_per_hour=20_000)
    approve(booking=booking, by=keeper, note="Welcome")
    booking.refresh_from_db()
    assert (booking.status, booking.krw_per_hour, booking.decision_note) == ("approved", 20_000, "Welcome")
    assert told(booking.person) == [f"{cmm} is yours from {local_time(monday('10:00'))}"]
    assert trail(booking)[1][0::3] == ("approve", "Welcome")


def test_an_approval_declines_what_overlaps_and_tells_them_what_else_is_free():
    cmm = with_policy(anyones(), needs_approval=True, buffer_after=15)
    chosen = ask(cmm, "10:00", "11:00")
    others = [
        ask(cmm, start, end, by=UserFactory(language="en")) for start, end in (("10:30", "12:00"), ("11:10", "12:00"))
    ]
    apart = ask(cmm, "12:30", "13:00")
    approve(booking=chosen, by=manager_of(cmm.owner))
    for other in others:
        other.refresh_from_db()
        assert (other.status, other.decision_note) == ("declined", "Another request for this time was approved.")
        assert told(other.person) == [f"Your request for {cmm} on {local_time(other.starts_at)} was declined"]
        assert local_time(monday("11:30")) in Notice.objects.get(user=other.person).body
    apart.refresh_from_db()
    assert apart.status == "requested"


def test_what_is_booked_meanwhile_is_not_approved_over():
    cmm = kept()
    booking = ask(cmm)
    booked(cmm, monday("10:30"))
    refused = refusal(approve, booking=booking, by=manager_of(cmm.owner), override_reason="Please")
    assert [clash.kind for clash in refused.clashes] == ["booking"]


def test_a_rule_that_came_meanwhile_is_set_aside_with_a_reason_only():
    cmm = kept()
    booking, keeper = ask(cmm, "10:00", "12:00"), manager_of(cmm.owner)
    cmm.policy.longest = 60
    cmm.policy.save()
    assert [v.code for v in refusal(approve, booking=booking, by=keeper).violations] == ["longest"]
    approve(booking=booking, by=keeper, override_reason="Agreed before")
    assert trail(booking)[-1][0::3] == ("override_policy", "Agreed before")


def test_who_presses_second_is_told():
    cmm = kept()
    booking, keeper = ask(cmm), manager_of(cmm.owner)
    approve(booking=Booking.objects.get(pk=booking.pk), by=keeper)
    for late in (lambda: approve(booking=booking, by=keeper), lambda: decline(booking=booking, by=keeper, reason="No")):
        with pytest.raises(WrongStatus):
            late()


@pytest.mark.parametrize("who", ["the person", "a colleague of the owner", "another manager"])
def test_only_keepers_decide(who):
    cmm = kept()
    booking = ask(cmm)
    by = {"the person": booking.person, "another manager": manager_of(listed())}.get(who) or colleague_at(cmm.owner)
    for decide in (lambda: approve(booking=booking, by=by), lambda: decline(booking=booking, by=by, reason="No")):
        with pytest.raises(PermissionDenied):
            decide()


def test_a_keeper_of_the_owners_people_decides():
    cmm = kept()
    keeper = colleague_at(cmm.owner)
    cmm.keepers.add(keeper)
    assert approve(booking=ask(cmm), by=keeper).status == "approved"


def test_a_decline_gives_its_reason():
    cmm = kept()
    booking, keeper = ask(cmm, by=UserFactory(language="en")), manager_of(cmm.owner)
    with pytest.raises(ValidationError):
        decline(booking=booking, by=keeper, reason=" ")
    decline(booking=booking, by=keeper, reason="Service")
    assert (booking.status, booking.decision_note) == ("declined", "Service")
    body = Notice.objects.get(user=booking.person).body
    assert "Service" in body and f"{local_time(monday('10:00'))} – {local_time(monday('11:00'))}" in body


def test_a_booking_costs_few_queries(django_assert_num_queries):
    """Under the machine's lock everybody waits: the machine, what is in the way, one's own, the price, three rows."""
    cmm, person = with_policy(anyones(), buffer_after=15, weekly_limit=600), colleague_at(listed())
    for weekday in range(5):
        open_on(cmm, weekday, "08:00", "18:00")
    ask(cmm, by=person)
    with django_assert_num_queries(7 + len(("SAVEPOINT", "RELEASE"))):
        ask(cmm, "13:00", "14:00", by=person)


def test_a_past_time_is_booked_by_a_keeper_only():
    cmm = anyones()
    start = monday("10:00") - timedelta(days=28)
    when = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    assert [v.code for v in refusal(request, equipment=cmm, by=UserFactory(), **when).violations] == ["past"]
    keeper = manager_of(cmm.owner)
    assert request(equipment=cmm, by=keeper, override_reason="Entered afterwards", **when).status == "approved"
