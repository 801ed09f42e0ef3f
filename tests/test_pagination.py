"""Pages by keyset hold the rows that slicing would, whichever way one turns them."""

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ecluster.accounts.models import Body
from ecluster.pagination import keyset_page

ORDERINGS = [
    ("name_en",),
    ("-name_en",),
    ("remit", "-pk"),
    ("-remit", "name_en"),
    ("dissolved_on", "pk"),
    ("-dissolved_on", "remit", "-pk"),
    ("remit", "-dissolved_on"),
]


def page_of(query: str = "", ordering=("name_en",), per_page=2):
    return keyset_page(RequestFactory().get(f"/list/{query}"), Body.objects.all(), ordering, per_page)


def make_bodies(count: int, **values) -> list[Body]:
    return [
        Body.objects.create(kind="agency_team", name_ko=f"팀 {i:02}", name_en=f"Team {i:02}", **values)
        for i in range(count)
    ]


def names(page) -> list[str]:
    return [body.name_en for body in page]


class EveryOrdering(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from(["", "a", "b", "가"]), st.none() | st.dates()), min_size=1, max_size=12),
        st.sampled_from(ORDERINGS),
        st.integers(1, 5),
    )
    def test_turned_forward_and_back_the_pages_are_the_slices_of_the_list(self, values, ordering, per_page):
        for i, (remit, dissolved_on) in enumerate(values):
            Body.objects.create(
                kind="agency_team", name_ko=f"팀{i}", name_en=f"T{i}", remit=remit, dissolved_on=dissolved_on
            )
        rows = in_order(Body.objects.all(), ordering)
        slices = [rows[i : i + per_page] for i in range(0, len(rows), per_page)]

        page = page_of("", ordering, per_page)
        forward = [page.rows]
        while page.next_query:
            page = page_of(page.next_query, ordering, per_page)
            forward.append(page.rows)
        assert forward == slices

        back = [page.rows]
        while page.previous_query:
            page = page_of(page.previous_query, ordering, per_page)
            back.append(page.rows)
        assert back[::-1] == slices
        assert page.number == 1

        counted = [page_of(f"?page={i}", ordering, per_page).rows for i in range(1, len(slices) + 1)]
        assert counted == slices


def in_order(queryset, ordering) -> list:
    """Sorted in Python, one key after the other from the last, nulls last. ASCII and 가 sort alike everywhere."""
    rows = sorted(queryset, key=lambda row: row.pk)
    for name in reversed(ordering):
        path, descending = name.removeprefix("-"), name.startswith("-")
        filled = [row for row in rows if getattr(row, path) is not None]
        filled.sort(key=lambda row, path=path: getattr(row, path), reverse=descending)
        rows = filled + [row for row in rows if getattr(row, path) is None]
    return rows


@pytest.mark.django_db
class TestLinks:
    def test_the_only_page_has_no_neighbours(self):
        make_bodies(2)
        page = page_of()
        assert (page.number, page.next_query, page.previous_query) == (1, "", "")

    def test_links_keep_the_filters_of_the_list(self):
        make_bodies(5)
        page = page_of("?q=금형&class=a&class=b")
        assert page.next_query.startswith("?q=%EA%B8%88%ED%98%95&class=a&class=b&page=2&after=")
        assert page_of(page.next_query).previous_query == "?q=%EA%B8%88%ED%98%95&class=a&class=b"

    def test_a_middle_page_leads_both_ways(self):
        make_bodies(6)
        page = page_of("?page=2")
        assert names(page) == ["Team 02", "Team 03"]
        assert names(page_of(page.next_query)) == ["Team 04", "Team 05"]
        assert names(page_of(page.previous_query)) == ["Team 00", "Team 01"]

    def test_a_page_goes_on_from_the_row_last_seen_though_rows_came_before_it(self):
        make_bodies(6)
        second = page_of().next_query
        Body.objects.create(kind="agency_team", name_ko="새 팀", name_en="A new team")
        assert names(page_of(second)) == ["Team 02", "Team 03"]

    def test_going_back_past_what_was_deleted_ends_on_the_first_page(self):
        bodies = make_bodies(6)
        back = page_of("?page=3").previous_query
        for body in bodies[:3]:
            body.delete()
        page = page_of(back)
        assert (names(page), page.number, page.previous_query) == (["Team 03"], 1, "")

    def test_a_page_beyond_the_end_is_empty_and_leads_back_to_the_first(self):
        make_bodies(3)
        page = page_of("?page=7")
        assert (page.rows, page.next_query, page.previous_query) == ([], "", "?")

    @pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=x", "?page=", "?page=9" + "9" * 40, "?page=²"])
    def test_a_number_that_is_none_is_the_first_page(self, query):
        make_bodies(3)
        page = page_of(query)
        assert (page.number, names(page)) == (1, ["Team 00", "Team 01"])

    @pytest.mark.parametrize("cursor", ["x", "", "a:b", "WyIxIl0:nonsense", "%00", "가", "'; drop table"])
    @pytest.mark.parametrize("name", ["after", "before"])
    def test_a_broken_cursor_is_the_first_page(self, name, cursor):
        make_bodies(5)
        page = page_of(f"?page=2&{name}={cursor}")
        assert (page.number, names(page)) == (1, ["Team 00", "Team 01"])

    def test_a_cursor_of_another_ordering_is_the_first_page(self):
        make_bodies(5)
        page = page_of(page_of().next_query, ordering=("-name_en",))
        assert (page.number, names(page)) == (1, ["Team 04", "Team 03"])

    @pytest.mark.parametrize("query", ["", "?page=2", "after", "before"])
    def test_every_page_is_one_query(self, query, django_assert_num_queries):
        make_bodies(7)
        if query == "after":
            query = page_of().next_query
        if query == "before":
            query = page_of("?page=3").previous_query
        with django_assert_num_queries(1):
            page_of(query)

    def test_a_related_field_and_an_annotation_can_order(self):
        from django.db.models.functions import Length

        for i, remit in enumerate(["long remit", "x", "medium", "long remit"]):
            Body.objects.create(kind="agency_team", name_ko=f"팀{i}", name_en=f"T{i}", remit=remit)
        bodies = Body.objects.annotate(with_length=Length("remit"))
        first = keyset_page(RequestFactory().get("/"), bodies, ("-with_length", "pk"), 2)
        second = keyset_page(RequestFactory().get(f"/{first.next_query}"), bodies, ("-with_length", "pk"), 2)
        assert names(first) + names(second) == ["T0", "T3", "T2", "T1"]
