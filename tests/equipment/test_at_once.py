"""Many want the same time at the same moment, at the doors of two server processes: one has it, the others are told."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.test import Client

from equipment import invariants
from equipment.models import Booking, Outage
from equipment.statuses import BookingStatus
from tests.factories.accounts import UserFactory
from tests.factories.equipment import booked, machine, monday, with_policy
from tests.factories.organisations import listed, term
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 50
TOKEN = "0123456789abcdefghijklmnopqrstuv"  # any, as long as the cookie has it too


@dataclass(frozen=True)
class Answer:
    status: int
    page: str


@pytest.fixture
def doors(database_environment):
    """The ports of two portals on the test's database, each a process with threads of its own."""
    ports = [free_port(), free_port()]
    servers = [subprocess.Popen(serve(port), env=database_environment) for port in ports]
    try:
        for port in ports:
            wait_for(port)
        yield ports
    finally:
        for server in servers:
            server.send_signal(signal.SIGINT)  # at once: nobody is being served
        for server in servers:
            server.wait()


@pytest.fixture(autouse=True)
def all_agrees_afterwards():
    yield
    assert list(invariants.check()) == []


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def serve(port: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "ecluster.wsgi", "--bind", f"127.0.0.1:{port}"]
    return [*command, "--worker-class", "gthread", "--threads", "8", "--log-level", "error"]


def wait_for(port: int) -> None:
    """Until its worker answers."""
    for _attempt in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("a server did not start")


def at_once(doors: list[int], *wishes: tuple) -> list[Answer]:
    """What each of `wishes` (person, address, form) is answered; all are sent at the same moment, by turns to each."""
    sessions = [session_of(person) for person, _address, _form in wishes]
    start = Barrier(len(wishes))

    def send(number: int) -> Answer:
        _person, address, form = wishes[number]
        connection = http.client.HTTPConnection("127.0.0.1", doors[number % len(doors)], timeout=60)
        headers = {
            "Cookie": f"sessionid={sessions[number]}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        start.wait(timeout=30)
        connection.request("POST", address, urlencode(form | {"csrfmiddlewaretoken": TOKEN}), headers)
        response = connection.getresponse()
        return Answer(response.status, response.read().decode())

    with ThreadPoolExecutor(len(wishes)) as people:
        return list(people.map(send, range(len(wishes))))


def session_of(person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def hour(start: str, end: str) -> dict:
    return {"day": monday().date().isoformat(), "starts": start, "ends": end}


def book(equipment, person=None, start="10:00", end="11:00") -> tuple:
    return person or UserFactory(language="en"), f"/equipment/{equipment.pk}/book/", hour(start, end)


def holders(equipment) -> int:
    """How many hold 10 to 11 of it."""
    return Booking.objects.holding().filter(equipment=equipment).touching(monday("10:00"), monday("11:00")).count()


def test_of_fifty_one_has_it_and_the_others_hear_whom_to_ask_and_what_else_is_free(doors):
    category = term("equipment", "Metrology")
    cmm = machine(access="anyone", category=category, contact_email="kim@hanbit.example", contact_audience="public")
    other = machine(access="anyone", category=category, name_en="Another of its kind")
    answers = at_once(doors, *(book(cmm) for _ in range(PEOPLE)))
    refused = [answer.page for answer in answers if answer.status == 200]

    assert (holders(cmm), len(refused), len(answers)) == (1, PEOPLE - 1, PEOPLE)
    holder = Booking.objects.get().person
    for page in refused:
        assert "It is booked from" in page
        assert "kim@hanbit.example" in page
        assert "11:00" in page  # the next free hour, as a button
        assert other.name_en in page
        assert holder.email not in page


def test_of_two_one_has_it_whatever_they_do(doors):
    of_two_who_move_to_one_time_one_has_it(doors)
    of_two_requests_that_are_approved_one_has_it(doors)
    of_two_to_whom_it_is_handed_one_has_it(doors)
    of_a_booking_and_an_outage_one_comes_about(doors)


def of_two_who_move_to_one_time_one_has_it(doors: list[int]) -> None:
    cmm = machine(access="anyone")
    bookings = [booked(cmm, monday(start), person=UserFactory(language="en")) for start in ("13:00", "15:00")]
    answers = at_once(
        doors, *((b.person, f"/equipment/bookings/{b.pk}/move/", hour("10:00", "11:00")) for b in bookings)
    )
    assert sorted(answer.status for answer in answers) == [200, 302]
    assert holders(cmm) == 1
    assert cmm.bookings.holding().count() == 2


def of_two_requests_that_are_approved_one_has_it(doors: list[int]) -> None:
    cmm = with_policy(machine(access="anyone"), needs_approval=True)
    requests = [booked(cmm, monday("10:00"), status=BookingStatus.REQUESTED) for _ in range(2)]
    keepers = [manager_of(cmm.owner, language="en") for _ in range(2)]
    at_once(
        doors,
        *((k, f"/equipment/bookings/{b.pk}/approve/", {}) for k, b in zip(keepers, requests, strict=True)),
    )
    assert sorted(cmm.bookings.values_list("status", flat=True)) == ["approved", "declined"]


def of_two_to_whom_it_is_handed_one_has_it(doors: list[int]) -> None:
    firm = listed()
    person, *colleagues = (colleague_at(firm, language="en") for _ in range(3))
    booking = booked(machine(access="anyone"), monday("10:00"), person=person, organisation=firm)
    answers = at_once(
        doors, *((person, f"/equipment/bookings/{booking.pk}/hand-over/", {"hand-over-to": to.pk}) for to in colleagues)
    )
    assert [answer.status for answer in answers].count(302) == 1
    booking.refresh_from_db()
    assert booking.person in colleagues


def of_a_booking_and_an_outage_one_comes_about(doors: list[int]) -> None:
    cmm = machine(access="anyone")
    keeper = manager_of(cmm.owner, language="en")
    plan = (keeper, f"/equipment/{cmm.pk}/outages/plan/", hour("09:00", "12:00") | {"reason": "Service"})
    at_once(doors, book(cmm), plan, book(cmm), plan)
    assert holders(cmm) + Outage.objects.filter(equipment=cmm).count() >= 1
    assert not (holders(cmm) and Outage.objects.filter(equipment=cmm).exists())
