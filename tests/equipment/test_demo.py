"""The demo's machines and bookings, made by the actions of the portal. Built once for all tests in this file."""

import pytest
from django.db import transaction
from django.utils import timezone, translation

import equipment.demo
import members.demo
from ecluster import demo
from ecluster.accounts.models import User
from ecluster.audit.models import AuditEntry
from ecluster.management.commands.check_invariants import problems
from equipment.models import Booking, Equipment, Outage, WaitingEntry
from equipment.queries.desk import requests
from equipment.queries.turns import waiting_for
from equipment.statuses import BookingStatus
from members.demo.setting import DEMO_DOMAIN

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        with demo.building(), translation.override("en"):
            members.demo.build(lines.append)
            equipment.demo.build(lines.append)
        yield lines
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def changwon(told, db):
    """Every test here stands on the demo."""


def account(name: str) -> User:
    return User.objects.get(email=f"{name}@{DEMO_DOMAIN}")


def test_thirty_machines_are_shared(told):
    assert Equipment.objects.count() == 30
    assert "Machines 30" in told


def test_all_that_is_there_is_marked_as_demo():
    rows = [*Equipment.objects.all(), *Booking.objects.all(), *Outage.objects.all(), *WaitingEntry.objects.all()]
    assert {row.is_demo for row in rows} == {True}


def test_each_machine_and_each_booking_came_by_an_action():
    entered = AuditEntry.objects.filter(action="create_equipment").values_list("target_id", flat=True)
    asked = AuditEntry.objects.filter(action__in=["request", "grant"], target_type__model="booking")
    assert set(entered) == set(Equipment.objects.values_list("pk", flat=True))
    assert set(asked.values_list("target_id", flat=True)) >= set(Booking.objects.values_list("pk", flat=True))


def test_some_bookings_are_held_and_some_wait_to_be_decided():
    statuses = set(Booking.objects.values_list("status", flat=True))
    assert statuses >= {BookingStatus.APPROVED, BookingStatus.REQUESTED}
    assert not Booking.objects.filter(starts_at__lt=timezone.now()).exists()


def test_the_demos_manager_has_requests_to_decide_of_which_two_want_the_same_time():
    manager = account("manager")
    assert max(len(rivals.requests) for rivals in requests(manager)) >= 2
    assert waiting_for(manager)[BookingStatus.REQUESTED] >= 2


def test_the_demos_member_has_bookings_and_waits_for_a_time():
    member = account("member")
    assert Booking.objects.filter(person=member).exists()
    assert WaitingEntry.objects.filter(person=member).count() == 1


def test_one_machine_is_out_of_order_and_one_is_to_be_serviced():
    assert set(Outage.objects.values_list("kind", flat=True)) == {"planned", "reported"}
    assert Equipment.objects.filter(status="down").count() == 1


def test_nothing_in_it_contradicts_the_rules():
    assert list(problems()) == []
