"""Pages of prepared rows, and of lists in parts, hold what slicing the whole list would."""

from collections.abc import Callable

import pytest
from django.db.models import CharField
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ecluster.accounts.models import Body
from ecluster.pagination import Page, parted_page, prepared_page
from ecluster.prepared import prepared
from tests.test_pagination import ORDERINGS, in_order, make_bodies

REMITS = ["", "a", "b", "가"]
BODIES = st.lists(st.tuples(st.sampled_from(REMITS), st.none() | st.dates()), min_size=1, max_size=12)


@prepared(remits=CharField())
def bodies_with(remits):
    return Body.objects.filter(remit__in=remits).values_list("pk", "name_en")


def all_of_them(query: str, ordering, per_page: int) -> Page:
    return prepared_page(RequestFactory().get(f"/{query}"), bodies_with, ordering, per_page, remits=REMITS)


def in_parts(query: str, ordering, per_page: int) -> Page:
    parts = [{"remits": ["a", "가"]}, {"remits": ["none of this"]}, {"remits": ["", "b"]}]
    return parted_page(RequestFactory().get(f"/{query}"), bodies_with, parts, ordering, per_page)


def make(values) -> None:
    for i, (remit, dissolved_on) in enumerate(values):
        named = {"name_ko": f"팀{i}", "name_en": f"T{i}"}
        Body.objects.create(kind="agency_team", remit=remit, dissolved_on=dissolved_on, **named)


def turned(page_of: Callable[..., Page], ordering, per_page: int) -> tuple[list, list]:
    """The rows of all pages, turned to the end and back to the beginning."""
    page = page_of("", ordering, per_page)
    forward = [page.rows]
    while page.next_query:
        page = page_of(page.next_query, ordering, per_page)
        forward.append(page.rows)
    back = [page.rows]
    while page.previous_query:
        page = page_of(page.previous_query, ordering, per_page)
        back.append(page.rows)
    return forward, back[::-1]


def slices(bodies: list[Body], per_page: int) -> list[list[tuple]]:
    rows = [(body.pk, body.name_en) for body in bodies]
    return [rows[i : i + per_page] for i in range(0, len(rows), per_page)]


class EveryOrdering(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(BODIES, st.sampled_from(ORDERINGS), st.integers(1, 5))
    def test_pages_of_prepared_rows_are_the_slices_of_the_list(self, values, ordering, per_page):
        make(values)
        expected = slices(in_order(Body.objects.all(), ordering), per_page)

        assert turned(all_of_them, ordering, per_page) == (expected, expected)
        assert [all_of_them(f"?page={i + 1}", ordering, per_page).rows for i in range(len(expected))] == expected

    @settings(max_examples=30, deadline=None)
    @given(BODIES, st.sampled_from(ORDERINGS), st.integers(1, 5))
    def test_a_list_in_parts_has_all_of_the_first_part_first(self, values, ordering, per_page):
        make(values)
        first, second = Body.objects.filter(remit__in=["a", "가"]), Body.objects.filter(remit__in=["", "b"])
        expected = slices([*in_order(first, ordering), *in_order(second, ordering)], per_page)

        assert turned(in_parts, ordering, per_page) == (expected, expected)
        assert [in_parts(f"?page={i + 1}", ordering, per_page).rows for i in range(len(expected))] == expected


@pytest.mark.django_db
def test_a_full_part_spares_the_query_of_the_next(django_assert_num_queries):
    make_bodies(4, remit="a")
    with django_assert_num_queries(1):
        in_parts("", ("name_en",), 3)


@pytest.mark.django_db
def test_a_cursor_into_a_part_that_is_there_no_more_goes_on_in_the_last():
    make_bodies(4, remit="b")
    onward = in_parts("", ("name_en",), 2).next_query

    one_part = parted_page(RequestFactory().get(f"/{onward}"), bodies_with, [{"remits": ["b"]}], ("name_en",), 2)

    assert [name for _pk, name in one_part.rows] == ["Team 02", "Team 03"]


@pytest.mark.django_db
def test_a_broken_cursor_is_the_first_page():
    make_bodies(3, remit="b")
    assert len(in_parts("?page=2&after=x", ("name_en",), 2).rows) == 2
