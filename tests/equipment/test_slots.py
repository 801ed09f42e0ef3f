"""When machines are free: what is in the way of one, its next times, and all that are free at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ecluster.words import local_time
from equipment.models import Equipment, Outage, WaitingEntry
from equipment.policy import violations
from equipment.slots import busy, clashes, next_free
from equipment.statuses import BookingStatus, EquipmentStatus, WaitingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine, monday, open_on, with_policy
from tests.factories.people import manager_of

pytestmark = pytest.mark.django_db


def outage(equipment, starts_at, ends_at=None) -> Outage:
    kind = Outage.Kind.PLANNED if ends_at else Outage.Kind.REPORTED
    facts = {"starts_at": starts_at, "ends_at": ends_at, "reason": "Service", "reported_by": UserFactory()}
    return Outage.objects.create(equipment=equipment, kind=kind, **facts)


def offer(equipment, starts_at, ends_at, **facts) -> WaitingEntry:
    facts = {"offered_until": timezone.now() + timedelta(hours=1), "person": UserFactory()} | facts
    return WaitingEntry.objects.create(
        equipment=equipment, starts_at=starts_at, ends_at=ends_at, status=WaitingStatus.OFFERED, **facts
    )


def told(equipment, start, end, **who) -> list[str]:
    return [clash.message for clash in clashes(equipment, start, end, **who)]


def is_free(equipment, start, end) -> bool:
    """As the list of all free machines says; what is told of the one machine agrees."""
    found = Equipment.objects.free_between(start, end).filter(pk=equipment.pk).exists()
    equipment = Equipment.objects.select_related("policy").get(pk=equipment.pk)
    against = {violation.code for violation in violations(equipment, UserFactory(), start, end)}
    assert found == (not clashes(equipment, start, end) and "opening_hours" not in against)
    return found


def test_bookings_outages_and_offers_are_told_in_order_of_time():
    cmm = machine()
    outage(cmm, monday("13:00"), monday("14:00"))
    offer(cmm, monday("11:00"), monday("12:00"))
    booked(cmm, monday("10:00"))
    outage(cmm, monday("15:00"))
    assert told(cmm, monday("10:30"), monday("16:00")) == [
        f"It is booked from {local_time(monday('10:00'))} to {local_time(monday('11:00'))}.",
        f"From {local_time(monday('11:00'))} to {local_time(monday('12:00'))}"
        " it is kept for somebody on the waiting list.",
        f"It can't be used from {local_time(monday('13:00'))} to {local_time(monday('14:00'))}.",
        f"It has been out of order since {local_time(monday('15:00'))}.",
    ]


def test_what_holds_nothing_is_in_nobodys_way():
    cmm = machine()
    for status in (BookingStatus.REQUESTED, BookingStatus.CANCELLED, BookingStatus.DECLINED):
        booked(cmm, monday("10:00"), status=status)
    offer(cmm, monday("10:00"), monday("11:00"), offered_until=timezone.now() - timedelta(minutes=1))
    assert clashes(cmm, monday("10:00"), monday("11:00")) == []
    assert is_free(cmm, monday("10:00"), monday("11:00"))


def test_what_is_offered_to_me_is_not_in_my_way():
    cmm = machine()
    mine = offer(cmm, monday("10:00"), monday("11:00"))
    assert clashes(cmm, monday("10:00"), monday("11:00"), person=mine.person) == []
    assert len(clashes(cmm, monday("10:00"), monday("11:00"), person=UserFactory())) == 1


def test_where_only_the_buffer_is_in_the_way_it_is_named():
    cmm = with_policy(machine(), buffer_before=5, buffer_after=15)
    held = {"held_from": monday("09:55"), "held_until": monday("11:15")}
    booked(cmm, monday("10:00"), **held)
    assert told(cmm, monday("11:10"), monday("12:00")) == [
        f"It is booked from {local_time(monday('10:00'))} to {local_time(monday('11:00'))},"
        " and a buffer of 20 min is kept between two bookings."
    ]
    assert told(cmm, monday("09:00"), monday("09:45"))[0].endswith(
        "and a buffer of 20 min is kept between two bookings."
    )
    assert told(cmm, monday("11:20"), monday("12:00")) == told(cmm, monday("09:00"), monday("09:40")) == []


def test_a_retired_machine_is_not_to_be_had():
    cmm = machine(status=EquipmentStatus.RETIRED)
    assert told(cmm, monday("10:00"), monday("11:00")) == ["It is no longer in use."]
    assert next_free(cmm, monday("10:00"), 60) == []
    assert not is_free(cmm, monday("10:00"), monday("11:00"))


def test_the_next_free_times_respect_hours_interval_and_buffers():
    cmm = with_policy(machine(), start_interval=60, buffer_after=15)
    open_on(cmm, 0, "09:00", "15:00")
    booked(cmm, monday("10:00"), held_until=monday("11:15"))
    outage(cmm, monday("13:30"), monday("14:00"))
    assert next_free(cmm, monday("08:10"), 60, count=4) == [
        (monday("12:00"), monday("13:00")),
        (monday("14:00"), monday("15:00")),
        (monday("09:00", days=7), monday("10:00", days=7)),
        (monday("10:00", days=7), monday("11:00", days=7)),
    ]


def test_nobody_knows_when_a_broken_machine_is_free():
    cmm = machine()
    outage(cmm, timezone.now())
    assert next_free(cmm, monday("10:00"), 60) == []


@pytest.mark.parametrize(
    ("start", "end", "free"),
    [
        ("10:30", "10:45", False),
        ("09:00", "10:00", True),
        ("11:00", "12:00", True),
        ("09:00", "10:15", False),
        ("10:45", "12:00", False),
    ],
)
def test_what_is_booked_is_not_free(start, end, free):
    cmm = machine()
    booked(cmm, monday("10:00"))
    assert is_free(cmm, monday(start), monday(end)) == free


def test_each_machine_keeps_its_own_buffers():
    plain, careful = machine(), with_policy(machine(), buffer_before=10, buffer_after=20)
    for cmm in (plain, careful):
        booked(cmm, monday("10:00"))
        outage(cmm, monday("13:00"), monday("14:00"))
        offer(cmm, monday("16:00"), monday("17:00"))
    for start, end in (
        ("11:05", "12:00"),
        ("09:00", "09:45"),
        ("12:00", "12:50"),
        ("14:05", "15:00"),
        ("17:20", "18:00"),
    ):
        assert (is_free(plain, monday(start), monday(end)), is_free(careful, monday(start), monday(end))) == (
            True,
            False,
        )
    for start, end in (
        ("11:10", "12:00"),
        ("09:00", "09:40"),
        ("12:00", "12:40"),
        ("14:10", "15:00"),
        ("17:30", "18:00"),
    ):
        assert is_free(careful, monday(start), monday(end))


def test_an_outage_without_an_end_takes_all_that_follows():
    cmm = machine()
    outage(cmm, monday("10:00"))
    assert not is_free(cmm, monday("10:00", days=30), monday("11:00", days=30))
    assert is_free(cmm, monday("09:00"), monday("10:00"))


def test_what_is_open_then_depends_on_where_it_stands():
    seoul, new_york, always = machine(), machine(time_zone="America/New_York"), machine()
    for cmm in (seoul, new_york):
        open_on(cmm, 0, "09:00", "17:00")
    found = [
        set(Equipment.objects.free_between(start, start + timedelta(hours=1)))
        for start in (monday("10:00"), monday("23:30"), monday("10:00", days=1))
    ]
    assert found == [{seoul, always}, {new_york, always}, {always}]
    assert not is_free(seoul, monday("16:30"), monday("17:30"))
    assert is_free(seoul, monday("16:00"), monday("17:00"))


def test_a_night_is_free_where_both_days_are_open():
    night, day = machine(), machine()
    open_on(night, 0, "08:00", "00:00")
    open_on(night, 1, "00:00", "08:00")
    open_on(day, 0, "08:00", "20:00")
    open_on(day, 1, "08:00", "20:00")
    times = monday("19:00"), monday("05:00", days=1)
    assert (is_free(night, *times), is_free(day, *times)) == (True, False)


@pytest.mark.parametrize("machines", [1, 3])
def test_however_many_machines_are_asked_in_three_queries(django_assert_num_queries, machines):
    for _ in range(machines):
        cmm = with_policy(machine(), buffer_after=15)
        open_on(cmm, 0, "08:00", "20:00")
        booked(cmm, monday("10:00"))
    with django_assert_num_queries(3):
        assert len(Equipment.objects.free_between(monday("13:00"), monday("14:00"))) == machines


def test_a_calendar_says_whose_only_to_those_who_may_know(django_assert_num_queries):
    cmm, person = machine(), UserFactory()
    mine, other = booked(cmm, monday("10:00"), person=person), booked(cmm, monday("12:00"))
    request = booked(cmm, monday("14:00"), person=person, status=BookingStatus.REQUESTED)
    theirs = booked(cmm, monday("14:00"), status=BookingStatus.REQUESTED)
    outage(cmm, monday("16:00"), monday("17:00"))

    def seen(viewer):
        found = busy([cmm.pk], monday("00:00"), monday("00:00", days=1), viewer=viewer)
        return [(block.kind, block.booking, block.is_mine) for block in found]

    assert seen(person) == [
        ("booking", mine, True), ("booking", None, False), ("request", request, True), ("outage", None, False),
    ]  # fmt: skip
    assert seen(UserFactory()) == [("booking", None, False), ("booking", None, False), ("outage", None, False)]
    keeper = manager_of(cmm.owner)
    assert {block[1] for block in seen(keeper)} == {mine, other, request, theirs, None}
