"""What isn't for somebody stands nowhere they can look: no page, list, search, export, file or redirect tells it."""

import re
import zipfile
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from tests.security.addresses import client_of
from tests.security.secrets import MEMBERS, MISSPELT, PRIVATE, fill
from tests.site.addresses import ADDRESSES
from tests.site.town import Town

HIDDEN_FROM = {"visitor": (MEMBERS, PRIVATE), "newcomer": (MEMBERS, PRIVATE), "outsider": (PRIVATE,)}
SEARCHED = [
    "search:search",
    "members:organisation-list",
    "members:expert-list",
    "members:industry-search",
    "equipment:equipment-list",
    "equipment:equipment-free",
]
EXPORTED = [
    "members:organisation-list",
    "members:expert-list",
    "reports:membership",
    "reports:membership-rows",
    "equipment:equipment-list",
    "equipment:equipment-free",
    "equipment:statement",
]


@pytest.fixture
def hidden(town) -> SimpleNamespace:
    return fill(town)


def body(answer) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def told(client: Client, path: str) -> str:
    """All that is answered, headers and the way there included."""
    answer = client.get(path, follow=True)
    way = " ".join(step for step, _status in answer.redirect_chain)
    return f"{way} {answer.headers} {body(answer)}".lower()


def asked(client: Client, path: str, **params) -> str:
    """What a page says, without what differs from one request to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body(client.get(path, params)))


def exports_of(name: str) -> list[str]:
    return [f"{reverse(name)}?format={format_}" for format_ in ("csv", "xlsx")]


def words_in(text: str, words) -> list[str]:
    return [word for word in words if word in text]


@pytest.mark.parametrize("role", HIDDEN_FROM)
def test_no_address_tells_it(town: Town, hidden, role):
    client = client_of(town, role)
    paths = {address.path(town) for address in ADDRESSES if address.name != "members:expert-answer"}
    found = {path: words_in(told(client, path), HIDDEN_FROM[role]) for path in sorted(paths)}

    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("role", HIDDEN_FROM)
def test_what_is_hidden_has_no_address(town: Town, hidden, role):
    client = client_of(town, role)
    organisations = [hidden.organisation, hidden.merged, hidden.survivor, hidden.application.organisation]
    paths = [o.get_absolute_url() for o in organisations]
    paths += [hidden.applicant.get_absolute_url(), hidden.invited.get_absolute_url()]
    paths.append(hidden.machine.get_absolute_url())
    paths += [hidden.file.get_absolute_url(), hidden.file.get_thumbnail_url(), hidden.application.get_absolute_url()]
    if role != "outsider":
        paths.append(hidden.expert.get_absolute_url())
    answers = {path: client.get(path) for path in paths}
    if role == "visitor":
        sign_in = answers.pop(hidden.application.get_absolute_url())
        assert sign_in.url.startswith(reverse("account_login"))

    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 404} == {}
    assert {path for path, answer in answers.items() if words_in(body(answer).lower(), HIDDEN_FROM[role])} == set()


@pytest.mark.parametrize("role", HIDDEN_FROM)
def test_no_export_tells_it(town: Town, hidden, role):
    client = client_of(town, role)
    files = {path: told(client, path) for name in EXPORTED for path in exports_of(name)}

    assert {path: words for path, text in files.items() if (words := words_in(text, HIDDEN_FROM[role]))} == {}


@pytest.mark.parametrize("role", HIDDEN_FROM)
def test_asking_for_a_hidden_word_is_answered_as_for_one_that_nobody_wrote(town: Town, hidden, role):
    client = client_of(town, role)
    for path in map(reverse, SEARCHED):
        for word in HIDDEN_FROM[role]:
            nobodys = "q" + word[1:]
            assert asked(client, path, q=word).replace(word, nobodys) == asked(client, path, q=nobodys)
            # Nor is it suggested to who misspells it.
            assert word not in asked(client, path, q=MISSPELT[word])


def test_members_find_what_is_the_members_side(town: Town, hidden):
    """So that the tests above look for what can be found at all."""
    client = client_of(town, "outsider")

    assert town.organisation.name in asked(client, reverse("members:organisation-list"), q=MEMBERS)
    assert f"{MEMBERS} expert" in asked(client, reverse("members:expert-list"), q=MEMBERS)
    assert f"{MEMBERS} need" in asked(client, town.organisation.get_absolute_url())


@pytest.mark.parametrize("role", ["visitor", "newcomer"])
def test_no_filter_counts_who_is_hidden(town: Town, hidden, role):
    client = client_of(town, role)
    experts, directory = reverse("members:expert-list"), reverse("members:organisation-list")

    assert "cryogenic" not in asked(client, experts, all="speciality").lower()
    assert "sintering" not in asked(client, directory, all="process").lower()
    assert 'data-total="0"' in asked(client, experts, speciality="cryogenic")
    assert 'data-total="0"' in asked(client, directory, process="sintering")


@pytest.mark.parametrize("role", ["visitor", "newcomer"])
def test_no_order_tells_how_much_an_expert_does(town: Town, hidden, role):
    client, path = client_of(town, role), reverse("members:expert-list")

    def order(**params):
        return re.findall(r'data-id="(\d+)"', asked(client, path, **params))

    assert len(order()) == 2
    orders = {sort: order(sort=sort) for sort in ("load", "rating", "-rating", "user__email", "status")}
    assert orders == dict.fromkeys(orders, order())


@pytest.mark.parametrize("role", ["visitor", "newcomer"])
def test_who_is_shown_to_members_only_is_no_filter_for_others(town: Town, hidden, role):
    client, path = client_of(town, role), reverse("members:expert-list")
    total = re.compile(r'data-total="(\d+)"')

    assert total.findall(asked(client, path, shown="members")) == total.findall(asked(client, path)) == ["2"]
