"""The page of the one box, on real members."""

import pytest
from django.urls import reverse

from members.actions import organisations
from tests.factories.accounts import administrator
from tests.factories.experts import expert
from tests.factories.organisations import listed, unlisted
from tests.factories.people import colleague_at

pytestmark = pytest.mark.django_db


def _search(client, text: str, **headers) -> str:
    return client.get(reverse("search:search"), {"q": text}, headers=headers).content.decode()


def test_what_is_found_leads_to_its_page_and_to_the_whole_list(client):
    firm = listed(name_ko="한빛정밀금형", name_en="Hanbit Mould")

    page = _search(client, "금형을")

    assert f'href="{firm.get_absolute_url()}"' in page
    assert f'href="{reverse("members:organisation-list")}?q=%EA%B8%88%ED%98%95%EC%9D%84"' in page
    assert "한빛정밀<mark>금형</mark>" in page or "Hanbit" in page


def test_a_typo_is_told_and_searched_for_what_was_meant(client):
    listed(name_en="Changwon Spindle", name_ko="")

    page = _search(client, "spindel")

    assert "Nothing was found for “spindel”" in page
    assert "<strong>spindle</strong>" in page


def test_what_is_not_in_the_directory_is_not_found(client):
    unlisted(name_en="Hidden Foundry", name_ko="")

    assert "Nothing was found" in _search(client, "foundry")


def test_words_of_the_members_side_are_found_by_members_alone(client, client_for):
    firm = listed(name_en="Changwon Turning", name_ko="")
    organisations.set_needs(
        organisation=firm, by=administrator(), rows=[{"kind": "partner", "text": "graphene coating"}]
    )

    assert "Nothing was found" in _search(client, "graphene")
    assert "Changwon Turning" in _search(client_for(colleague_at(listed())), "graphene")


def test_markup_in_a_query_stays_text(client):
    page = _search(client, "<script>alert(1)</script>")

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_while_one_types_only_the_findings_are_sent(client):
    listed(name_en="Changwon Turning", name_ko="")

    page = _search(client, "turn", HX_Request="true")

    assert "Changwon" in page
    assert "<html" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_box_costs_the_same_however_much_it_finds(client, number, django_assert_num_queries):
    for _ in range(number):
        listed(name_en="Changwon Turning", name_ko="")

    with django_assert_num_queries(2):
        _search(client, "turning")


@pytest.mark.parametrize("number", [1, 3])
def test_experts_are_found_with_their_names_in_one_query_more(client, number, django_assert_num_queries):
    for _ in range(number):
        expert(headline_en="Turning", is_public=True)

    with django_assert_num_queries(2):
        _search(client, "turning")
