"""Whatever stands behind the question mark, a page answers: as asked, as if it were not there, or by 404."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.security.addresses import best_placed, client_of, pages

pytestmark = pytest.mark.django_db

HOSTILE: list[str | bytes] = [
    "\0",
    b"\xed\xa0\x80",  # half of a surrogate pair
    "-1",
    "٣",  # a digit to Unicode, and to int()
    "²",  # a digit to Unicode alone
    "999999999999999999999",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "__class__",
    "user__password",
    "garbage:of:a-cursor",
    "' OR 1=1 --",
    '" NEAR/3 * (',
    "\u202e<script>alert(1)</script>",
    "😀",
    "=cmd|' /C calc'!A0",
    "가" * 300,
    "word " * 800,
]
# What each page reads of its address.
PLACE = ("page", "after", "before", "sort", "all")
DIRECTORY = ("class", "mini_cluster", "core", "process", "region", "industry", "size", "confirmed")
READ: dict[str, tuple[str, ...]] = {
    "search:search": ("q",),
    "members:organisation-list": ("q", *PLACE, *DIRECTORY),
    "members:expert-list": ("q", *PLACE, "field", "speciality", "language", "availability", "shown"),
    "members:expert-find": ("problem",),
    "members:membership-list": ("q", *PLACE, "status", "mini_cluster", "class"),
    "members:organisation-history": PLACE,
    "members:import-list": PLACE,
    "members:expert-applications": PLACE,
    "members:term-list": ("q",),
    "members:industry-search": ("q", "scheme", "under"),
    "reports:membership": ("date",),
    "reports:membership-rows": ("date", "mini_cluster", "class", "org_class", *PLACE),
    "accounts:person-list": ("q", "office", "access", *PLACE),
    "accounts:appointment-new": ("email",),
    "audit:entry-list": ("person", "action", "kind", "since", "until", *PLACE),
    "notifications:inbox": ("show", *PLACE),
}
EVERYWHERE = sorted({name for names in READ.values() for name in names} | {"next", "x"})


def broken(client: Client, path: str, **params) -> list[str]:
    answer = client.get(f"{path}?{urlencode(params, doseq=True)}")
    if answer.status_code < 500:
        return []
    return [f"{path} {params} {answer.exc_info[1]!r}"[:300]]


@pytest.mark.parametrize("format_", ["", "csv", "xlsx", "exe"])
def test_every_address_stands_nonsense_in_all_it_reads_at_once(town, format_):
    found = []
    for address in pages():
        client, path = client_of(town, best_placed(address)), address.path(town)
        params = dict.fromkeys(EVERYWHERE, "a\0b") | ({"format": format_} if format_ else {})
        found += broken(client, path, **params)

    assert found == []


@pytest.mark.parametrize("name", READ)
def test_every_list_stands_nonsense_in_each_thing_it_reads(town, name):
    address = next(address for address in pages() if address.name == name)
    client, path = client_of(town, best_placed(address)), address.path(town)
    found = []
    for param in READ[name]:
        # A cursor is read on a later page only.
        also = {"page": "2"} if param in ("after", "before") else {}
        for value in HOSTILE:
            found += broken(client, path, **also, **{param: value})

    assert found == []


@pytest.mark.parametrize("name", READ)
def test_every_list_stands_the_same_filter_twice(town, name):
    address = next(address for address in pages() if address.name == name)
    client, path = client_of(town, best_placed(address)), address.path(town)
    found = [line for param in READ[name] for line in broken(client, path, **{param: ["1", "company", "\0"]})]

    assert found == []


@pytest.mark.parametrize("path", ["/members/{}/", "/experts/{}/", "/members/{}/edit/facts/", "/account/bodies/{}/"])
@pytest.mark.parametrize("number", ["0", "9" * 30, str(2**63), "٣"])
def test_a_number_that_nothing_has_is_not_found(town, path, number):
    assert client_of(town, "admin").get(path.format(number)).status_code == 404


def test_an_address_that_is_no_text_is_not_found(town):
    client = client_of(town, "visitor")
    paths = [
        "/mini-clusters/%00/",
        "/%ff%fe/",
        "/members/%00/",
        "/account/invitations/%00/",
        "/files/%00/x",
        "/\u202e/",
    ]

    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_an_industry_added_by_a_number_too_great_changes_nothing(town):
    client = client_of(town, "manager")
    path = reverse("members:organisation-edit", args=[town.organisation.pk, "industries"])
    answers = [client.post(path, {"add": number}).status_code for number in ("9" * 30, "٣", "-1", "\0", "x")]

    assert answers == [302] * 5
    assert not town.organisation.industries.exists()
