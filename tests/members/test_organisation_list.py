"""The directory: who is listed, found, filtered, counted, sorted, paged and exported."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from members.models import Term
from tests.factories.mini_clusters import MiniClusterFactory
from tests.factories.organisations import industry, listed, material, process, term, unlisted
from tests.factories.people import colleague_at, manager_of

pytestmark = pytest.mark.django_db

LIST = "/members/"


def page(client: Client, query: str = "") -> str:
    return client.get(LIST + query, headers={"accept-language": "en"}).content.decode()


def rows(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'data-id="(\d+)"', html)]


def total(html: str) -> str:
    return re.search(r'data-total="(\d+)"', html)[1]


def count_beside(html: str, facet: str, value: str) -> str | None:
    found = re.search(rf'name="{facet}" value="{value}".*?facet-count">([^<]*)<', html)
    return found and found[1]


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    text = b"".join(client.get(f"{LIST}?format=csv{query}").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_visitor_sees_listed_organisations_by_name(client):
    b, a, _applicant = listed(name_en="Beta"), listed(name_en="alpha"), unlisted()

    html = page(client)

    assert rows(html) == [a.pk, b.pk]
    assert total(html) == "2"


def test_its_own_people_find_an_applicant_at_its_page_and_not_in_the_directory(client_for):
    applicant = unlisted()

    assert rows(page(client_for(manager_of(applicant)))) == []


def test_names_are_sorted_in_the_readers_language_and_a_blank_one_falls_back(client):
    only_korean = listed(name_ko="가나", name_en="")
    both = listed(name_ko="하나", name_en="Aaa")

    with translation.override("ko"):
        in_korean = client.get(LIST, headers={"accept-language": "ko"}).content.decode()

    assert rows(in_korean) == [only_korean.pk, both.pk]
    assert rows(page(client)) == [both.pk, only_korean.pk]


def test_a_core_process_beats_a_mention(client):
    grinding = process("Grinding", "연삭")
    mention = listed(name_en="A", summary_ko="연삭 제품을 판매")
    core = listed(name_en="B", processes=[{"process": grinding, "is_core": True}])

    assert rows(page(client, "?q=연삭을")) == [core.pk, mention.pk]


def test_a_typo_still_finds_and_says_so(client):
    found = listed(name_en="Hanbit Precision Grinding")

    html = page(client, "?q=Presicion")

    assert rows(html) == [found.pk]
    assert "Nothing answers “Presicion”. Shown is what answers “precision”." in html


def test_filters_leave_what_has_all_of_them_and_any_value_of_one(client):
    steel, titanium = material("Steel", "강"), material("Titanium", "티타늄")
    both = listed(org_class="company", materials=[{"material": steel}, {"material": titanium}])
    centre = listed(org_class="rnd_centre", materials=[{"material": steel}])
    listed(org_class="company")

    assert set(rows(page(client, "?material=steel&material=titanium"))) == {both.pk, centre.pk}
    assert rows(page(client, "?material=steel&class=company")) == [both.pk]


def test_counts_beside_choices_are_true_under_the_other_filters(client):
    steel = material("Steel", "강")
    listed(org_class="company", materials=[{"material": steel}])
    listed(org_class="rnd_centre", materials=[{"material": steel}])
    listed(org_class="rnd_centre")

    html = page(client, "?class=rnd_centre")

    assert count_beside(html, "class", "company") == "1"
    assert count_beside(html, "class", "rnd_centre") == "2"
    assert count_beside(html, "material", "steel") == "1"
    assert total(html) == "2"


def test_every_filter_of_the_directory_finds_what_it_names(client):
    section = industry("C", name_ko="제조업")
    mini_cluster = MiniClusterFactory(slug="machine-tool")
    organisation = listed(
        mini_cluster,
        processes=[{"process": process("Milling"), "is_core": True}, {"process": process("Turning")}],
        materials=[{"material": material("Steel")}],
        certificates=[{"certificate": term(Term.Kind.CERTIFICATE, "ISO 9001")}],
        technologies=[{"technology": term(Term.Kind.TECHNOLOGY, "CAE")}],
        region=term(Term.Kind.REGION, "Changwon"),
        industries=[industry("29", section)],
        employees=30,
        confirmed_on=date(2026, 5, 1),
    )
    listed(confirmed_on=None)

    for query in (
        "class=company&mini_cluster=machine-tool",
        "core=milling",
        "process=turning",
        "material=steel",
        "certificate=iso-9001",
        "technology=cae",
        "region=changwon",
        "industry=ksic-C",
        "industry=ksic-29",
        "size=small",
        "confirmed=2026",
    ):
        assert rows(page(client, f"?{query}")) == [organisation.pk], query


def test_a_chip_removes_its_own_filter_alone(client):
    listed(materials=[{"material": material("Steel")}])

    html = page(client, "?class=company&material=steel&q=")

    assert re.findall(r'class="chip" href="([^"]*)"', html) == ["?material=steel&amp;q=", "?class=company&amp;q="]


def test_an_unknown_choice_finds_nothing_and_the_list_says_what_to_do(client):
    listed()

    html = page(client, "?material=unobtainium")

    assert rows(html) == []
    assert "No organisation answers all of this" in html
    assert "Take a filter away, or use fewer or other words." in html


@pytest.mark.parametrize("query", ["?q=%00", "?q=%22%28AND%2A", "?page=x&after=y", "?sort=nonsense", "?class=%00"])
def test_whatever_the_address_says_the_list_stands(client, query):
    listed()

    assert client.get(LIST + query).status_code == 200


def test_newest_and_lately_confirmed(client):
    older = listed(confirmed_on=date(2026, 1, 1))
    newer = listed(confirmed_on=date(2025, 1, 1))
    never = listed(confirmed_on=None)

    assert rows(page(client, "?sort=newest")) == [never.pk, newer.pk, older.pk]
    assert rows(page(client, "?sort=confirmed")) == [older.pk, newer.pk, never.pk]


def test_pages_follow_each_other_and_keep_the_filters(client):
    made = [listed(name_en=f"Firm {n:02}") for n in range(27)]
    first = page(client, "?class=company")

    following = re.search(r'rel="next" href="([^"]*)"', first)[1].replace("&amp;", "&")

    assert rows(first) == [o.pk for o in made[:25]]
    assert "class=company" in following
    assert rows(page(client, following)) == [o.pk for o in made[25:]]


def test_the_best_answers_have_pages_too(client):
    made = [listed(name_en=f"Firm {n:02}", name_ko=f"정밀 {n:02}") for n in range(27)]

    assert rows(page(client, "?q=firm")) == [o.pk for o in made[:25]]
    assert rows(page(client, "?q=firm&page=2")) == [o.pk for o in made[25:]]


def test_export_holds_the_rows_of_the_filters_and_what_the_reader_may_see(client, client_for):
    shown = listed(org_class="company", contact_email="sales@example.com", contact_audience="members")
    listed(org_class="university")

    by_visitor = exported(client, "&class=company")
    by_member = exported(client_for(colleague_at(shown)), "&class=company")

    assert [row["Name in English"] for row in by_visitor] == [shown.name_en]
    assert [row["Contact e-mail"] for row in by_visitor] == [""]
    assert [row["Contact e-mail"] for row in by_member] == ["sales@example.com"]


def test_export_reaches_beyond_the_first_page(client):
    for n in range(27):
        listed(name_en=f"Firm {n:02}")

    assert len(exported(client)) == 27


def test_an_unknown_format_does_not_exist(client):
    assert client.get(f"{LIST}?format=pdf").status_code == 404


@pytest.mark.parametrize(("query", "queries"), [("", 8), ("?class=company&material=steel", 9), ("?q=changwon", 9)])
@pytest.mark.parametrize("how_many", [1, 3])
def test_the_number_of_queries(client_for, django_assert_num_queries, query, queries, how_many):
    steel, grinding = material("Steel"), process()
    for _ in range(how_many):
        organisation = listed(materials=[{"material": steel}], processes=[{"process": grinding, "is_core": True}])
    client = client_for(colleague_at(organisation))

    with django_assert_num_queries(queries):
        assert len(rows(page(client, query))) == how_many


def test_its_address_stays():
    assert reverse("members:organisation-list") == LIST
