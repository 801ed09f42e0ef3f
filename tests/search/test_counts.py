"""Totals and the counts beside the choices of a filter."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecluster.search import engine as search
from ecluster.search import queries
from ecluster.search.invariants import check
from ecluster.search.models import Audience
from tests.search.shelf import VISITOR, ids


def query(text="", user=VISITOR, **selected) -> search.Query:
    return search.Query("thing", text, user, selected)


def numbers(counts: search.FacetCounts) -> dict[str, dict[str, int]]:
    return {facet: {value: total.number for value, total in values.items()} for facet, values in counts.items()}


@pytest.fixture
def directory(shelf):
    for text, kind, region in [
        ("금형 가공", "company", "창원"),
        ("금형", "company", "부산"),
        ("가공", "university", "창원"),
        ("측정", "university", "서울"),
    ]:
        shelf.put(b=text, facets={"class": [kind], "region": [region]})


def test_without_a_filter_everything_is_counted(directory):
    assert numbers(search.facet_counts(query())) == {
        "class": {"company": 2, "university": 2},
        "region": {"부산": 1, "서울": 1, "창원": 2},
    }
    assert search.total(query()) == search.Total(4)


def test_words_narrow_every_count(directory):
    assert numbers(search.facet_counts(query("금형"))) == {"class": {"company": 2}, "region": {"부산": 1, "창원": 1}}
    assert search.total(query("금형")) == search.Total(2)


def test_a_facet_is_counted_under_the_others_selections_not_its_own(directory):
    counts = numbers(search.facet_counts(query(region=["창원"])))

    assert counts == {
        "class": {"company": 1, "university": 1},
        "region": {"부산": 1, "서울": 1, "창원": 2},
    }
    assert search.total(query(region=["창원"])) == search.Total(2)


def test_two_choices_of_one_facet_add_up_and_of_two_facets_narrow(directory):
    assert search.total(query(region=["창원", "부산"])) == search.Total(3)
    both = query("가공", region=["창원"], **{"class": ["university"]})
    assert search.total(both) == search.Total(1)
    assert numbers(search.facet_counts(both)) == {
        "class": {"company": 1, "university": 1},
        "region": {"창원": 1},
    }


def test_a_choice_without_hits_stays_to_be_taken_back(directory):
    assert search.total(query("측정", region=["없음"])) == search.Total(0)
    assert numbers(search.facet_counts(query("측정", region=["없음"])))["region"] == {"서울": 1, "없음": 0}


def test_filters_of_hundreds_of_choices_are_counted_too(shelf):
    years = [str(year) for year in range(1800, 2026)]
    shelf.put(b="금형", facets={"year": years})
    shelf.put(b="금형", facets={"year": years[:3], "class": ["company"]})

    assert numbers(search.facet_counts(query("금형"))) == {
        "class": {"company": 1},
        "year": {year: 2 if year in years[:3] else 1 for year in years},
    }


def test_over_the_limit_counts_are_told_as_capped(directory, monkeypatch):
    for module in (queries, search.total, search.facet_counts):
        monkeypatch.setitem(getattr(module, "__globals__", vars(module)), "LIMIT", 1)

    assert search.total(query("금형")) == search.Total(1, capped=True)
    assert search.total(query("측정")) == search.Total(1)
    counts = search.facet_counts(query("금형"))
    assert all(total.capped for values in counts.values() for total in values.values())
    assert search.total(query()) == search.Total(4)  # stored, exact at any size


@pytest.mark.parametrize(
    ("asked", "statements"),
    [
        (query(), 1),
        (query("금형"), 1),
        (query("금형 가공", region=["창원"]), 2),
        (query("", region=["창원"], **{"class": ["company"]}), 2),
    ],
)
def test_counting_takes_the_same_number_of_statements_whatever_is_there(
    directory, shelf, django_assert_num_queries, asked, statements
):
    with django_assert_num_queries(statements):
        search.facet_counts(asked)
    for number in range(3):
        shelf.put(b="금형 가공", facets={"class": ["company"], "region": ["창원"], f"facet {number}": ["x", "y"]})
    again = query(asked.text, **asked.selected)
    with django_assert_num_queries(statements):
        search.facet_counts(again)


@pytest.mark.parametrize("text", ["", "금형", "측정", "없음"])
@pytest.mark.parametrize("selected", [{}, {"region": ["창원"]}, {"region": ["창원"], "class": ["company"]}])
def test_total_and_counts_together_say_what_they_say_apart(directory, text, selected):
    asked = query(text, **selected)

    assert search.count(asked) == (search.total(asked), search.facet_counts(asked))


def test_asking_for_a_page_of_hits_takes_one_statement(directory, django_assert_num_queries):
    with django_assert_num_queries(1):
        search.ranked_ids(query("금형"))
    with django_assert_num_queries(1):
        search.total(query("금형"))
    with django_assert_num_queries(1):
        search.ranked_ids(search.Query("thing", "금형 가공", VISITOR, mode="any"))


def test_indexing_again_without_a_change_changes_nothing(shelf):
    row = shelf.put(a="금형", facets={"class": ["company"]})
    before = search.total(query())

    search.index([row])

    assert search.total(query()) == before
    assert list(check()) == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "change", "hide", "remove"]),
        st.integers(0, 3),
        st.sampled_from([Audience.PUBLIC, Audience.MEMBERS, Audience.RESTRICTED]),
        st.dictionaries(st.sampled_from(["class", "region"]), st.lists(st.sampled_from("xyz"), max_size=3), max_size=2),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_stored_totals_are_true_after_any_changes(shelf, steps):
    rows = []
    for step, which, audience, facets in steps:
        if step == "put" or not rows:
            rows.append(shelf.put(a="금형", audience=audience, facets=facets))
        elif step == "change":
            shelf.change(rows[which % len(rows)], audience=audience, facets=facets)
        elif step == "hide":
            shelf.hide(rows.pop(which % len(rows)))
        else:
            row = rows.pop(which % len(rows))
            search.remove([row])
            row.delete()

    assert list(check()) == []
    assert search.total(query()).number == len(ids())
    search.remove(rows)
    for row in rows:
        row.delete()
