"""Every address x every role: who it belongs to gets it; for everybody else it doesn't exist."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.site.addresses import ADDRESSES, ELSEWHERE, EVERYBODY, Address
from tests.site.town import Town, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings, tmp_path) -> Town:
    settings.MEDIA_ROOT = tmp_path
    return build()


def _client(town: Town, role: str) -> Client:
    client = Client(raise_request_exception=True)
    if role != "visitor":
        client.force_login(town.people[role])
    return client


def _names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def test_every_address_is_somebodys():
    """Django's admin and allauth's own pages answer for themselves; the rest is in the table."""
    theirs = ("admin:", "account_", "mfa_")
    ours = {name for name in _names() if not name.startswith(theirs)}
    told = {address.name for address in ADDRESSES} | ELSEWHERE

    assert ours - told == set()
    assert {name for name in told if not name.startswith(theirs)} - ours == set()


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_an_address_answers_those_it_belongs_to(town, role):
    client = _client(town, role)
    answers = {
        address.name: client.get(address.path(town)).status_code
        for address in ADDRESSES
        if role in address.whose and not address.post
    }

    assert {name: status for name, status in answers.items() if status not in (200, 302)} == {}


@pytest.mark.parametrize("role", sorted(EVERYBODY - {"visitor"}))
def test_for_everybody_else_it_does_not_exist(town, role):
    client = _client(town, role)
    answers = {
        address.name: _ask(client, address, town).status_code for address in ADDRESSES if role not in address.whose
    }

    assert {name: status for name, status in answers.items() if status != 404} == {}


def test_a_visitor_is_asked_to_sign_in_and_told_nothing_more(town):
    client, sign_in = _client(town, "visitor"), reverse("account_login")
    told = {}
    for address in ADDRESSES:
        if "visitor" not in address.whose:
            answer = _ask(client, address, town, follow=True)
            path = answer.redirect_chain[-1][0] if answer.redirect_chain else ""
            if answer.status_code != 404 and not path.startswith(sign_in):
                told[address.name] = answer.status_code

    assert told == {}


def _ask(client: Client, address: Address, town: Town, **options):
    path = address.path(town)
    return client.post(path, **options) if address.post else client.get(path, **options)
