"""The pool: who is listed to whom, found, filtered, counted, sorted and exported."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client

from ecluster.accounts.models import Audience
from members.models import Availability
from tests.factories.accounts import UserFactory
from tests.factories.experts import applicant, expert, open_work, past_work
from tests.factories.mini_clusters import chief_coordinator
from tests.factories.organisations import listed, process
from tests.factories.people import colleague_at

pytestmark = pytest.mark.django_db

LIST = "/experts/"


@pytest.fixture
def member(client_for) -> Client:
    return client_for(colleague_at(listed()))


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
    answer = client.get(f"{LIST}?format=csv{query}", headers={"accept-language": "en"})
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def named(name: str, **profile):
    return expert(user=UserFactory(name_en=name), **profile)


def test_a_visitor_sees_those_who_agreed_and_a_member_the_whole_pool(client, member):
    b, a = named("Bae", is_public=True), named("Ahn")
    applicant(is_public=True)

    assert (rows(page(client)), total(page(client))) == ([b.pk], "1")
    assert (rows(page(member)), total(page(member))) == ([a.pk, b.pk], "2")


def test_load_and_ratings_are_not_told_to_visitors(client, member):
    past_work(expert(is_public=True), rating=5)

    assert "Rating" not in page(client)
    assert "5.0" in page(member)
    assert "Best rated" not in page(client)


def test_filters_count_what_they_leave(member):
    grinding = process("Grinding", "연삭")
    both = named("A", in_rnd=True, languages=["ko", "de"], specialities=[grinding])
    named("B", in_rnd=True, languages=["ko"], is_public=True)
    named("C", in_marketing=True, availability=Availability.AWAY)

    html = page(member)
    assert [count_beside(html, "field", value) for value in ("rnd", "marketing", "education")] == ["2", "1", None]
    assert [count_beside(html, "language", value) for value in ("ko", "de")] == ["2", "1"]
    assert count_beside(html, "speciality", "grinding") == "1"
    assert count_beside(html, "availability", "away") == "1"
    assert [count_beside(html, "shown", value) for value in ("public", "members")] == ["1", "2"]
    assert rows(page(member, "?field=rnd&language=de&speciality=grinding")) == [both.pk]
    assert count_beside(page(member, "?field=rnd"), "language", "ko") == "2"


def test_a_korean_word_finds_an_expert_of_that_speciality(client):
    found = expert(is_public=True, specialities=[process("Grinding", "연삭")])

    assert rows(page(client, "?q=연삭을")) == [found.pk]


def test_a_visitor_finds_nobody_by_their_past_work(client, member):
    one = expert(is_public=True)
    past_work(one, "Noise of a gearbox")

    assert rows(page(client, "?q=gearbox")) == []
    assert rows(page(member, "?q=gearbox")) == [one.pk]


def test_sorted_by_load_and_by_rating(member):
    busy, praised, idle = named("A"), named("B"), named("C")
    open_work(busy)
    past_work(praised, rating=5)
    past_work(busy, rating=3)

    assert rows(page(member, "?sort=load")) == [praised.pk, idle.pk, busy.pk]
    assert rows(page(member, "?sort=rating")) == [praised.pk, busy.pk, idle.pk]


def test_pages_go_on_where_the_last_one_ended(member):
    pool = [named(f"N{number:02}") for number in range(27)]

    first = page(member, "?sort=rating")
    on = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")

    assert rows(first) + rows(page(member, on)) == [one.pk for one in pool]


def test_the_export_has_the_rows_shown_and_contact_as_each_allows(client, member):
    named("A", in_rnd=True, is_public=True)
    named("B", in_marketing=True, is_public=True)
    hidden = UserFactory(name_en="C", email_audience=Audience.PRIVATE)
    expert(user=hidden, in_rnd=True, is_public=True)

    told = [(row["Name in English"], bool(row["E-mail"]), row["At most"]) for row in exported(member, "&field=rnd")]
    assert told == [("A", True, "3"), ("C", False, "3")]
    assert [(row["E-mail"], "At most" in row) for row in exported(client, "&field=rnd")] == [("", False)] * 2


def test_the_address_may_hold_anything(member):
    for query in ("?field=nonsense", "?sort=load&page=2&after=broken", "?page=x", "?q=%00"):
        assert member.get(LIST + query).status_code == 200
    assert member.get(LIST + "?format=pdf").status_code == 404


def test_an_empty_pool_says_how_to_come_in(client):
    assert "Nobody is in the pool yet" in page(client)


def test_a_chief_sees_how_many_applications_wait(client_for):
    applicant()
    assert "1 application" in page(client_for(chief_coordinator()))


def test_the_list_costs_the_same_at_one_row_and_at_three(member, django_assert_num_queries):
    def one_more() -> None:
        past_work(expert(specialities=[process()], in_rnd=True), started_on=date(2025, 1, 5))

    one_more()
    member.get(LIST)
    with django_assert_num_queries(9):
        member.get(LIST)
    one_more(), one_more()
    with django_assert_num_queries(9):
        member.get(LIST)
