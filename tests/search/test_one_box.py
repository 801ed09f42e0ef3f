"""The one box: everything a person may see, by kind; typos; what is marked."""

import pytest

from ecluster.search import engine as search
from tests.search.shelf import VISITOR


def test_hits_come_by_kind_the_best_kind_first(shelf, member):
    mention = shelf.put(title="한빛", c="금형")
    body = shelf.put(title="금형위원회", a="금형위원회", kind="body")

    found = search.find_any("금형", member)

    assert [(group.source.kind, group.total, [hit.object.pk for hit in group.hits]) for group in found.groups] == [
        ("body", search.Total(1), [body.pk]),
        ("thing", search.Total(1), [mention.pk]),
    ]


def test_a_visitor_is_shown_no_restricted_kind(shelf):
    thing = shelf.put(title="한빛", c="금형")
    shelf.put(title="금형위원회", a="금형위원회", kind="body")

    found = search.find_any("금형", VISITOR)

    assert [[hit.object.pk for hit in group.hits] for group in found.groups] == [[thing.pk]]


def test_only_the_kinds_asked_for_are_searched(shelf, member):
    shelf.put(title="한빛", c="금형")
    shelf.put(title="금형위원회", a="금형위원회", kind="body")

    assert [group.source.kind for group in search.find_any("금형", member, kinds=["thing"]).groups] == ["thing"]


def test_a_group_shows_its_best_and_tells_how_many_there_are(shelf):
    for number in range(4):
        shelf.put(title=f"{number}", b="금형")

    [group] = search.find_any("금형", VISITOR, limit=2).groups

    assert ([str(hit.title) for hit in group.hits], group.total) == (["0", "1"], search.Total(4))


def test_the_number_of_statements_does_not_grow_with_the_hits(shelf, django_assert_num_queries):
    shelf.put(title="한빛", b="금형")
    with django_assert_num_queries(2):
        search.find_any("금형", VISITOR)
    for number in range(3):
        shelf.put(title=f"{number}", b="금형")
    with django_assert_num_queries(2):
        search.find_any("금형", VISITOR)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("금헝", "금형"),
        ("금혀", "금형"),
        ("정밀금헝", "정밀금형"),
        ("bearnig", "bearing"),
        ("baering", "bearing"),
        ("precison", "precision"),
        ("5축가굉", "5축가공"),
        ("bearing 금헝", "bearing 금형"),
    ],
)
def test_a_typo_finds_what_was_meant(shelf, typed, meant):
    row = shelf.put(title="한빛", b=["정밀금형을 만든다", "5축가공", "bearing, precision"])

    found = search.find_any(typed, VISITOR)

    assert found.shown_for == meant
    assert [[hit.object.pk for hit in group.hits] for group in found.groups] == [[row.pk]]
    assert search.corrected(search.Query("thing", typed, VISITOR)).text == meant


@pytest.mark.parametrize("typed", ["금형", "용접", "xylophone", "bear", ""])
def test_what_is_right_or_unlike_anything_is_not_corrected(shelf, typed):
    shelf.put(title="한빛", b=["정밀금형을 만든다", "bearing"])

    assert search.corrected(search.Query("thing", typed, VISITOR)) is None


def test_what_is_found_is_marked_in_the_shown_text_and_nothing_else(shelf):
    shelf.put(title="<b>정밀 금형</b> & Bearings", a="정밀 금형 bearings", d="비밀")

    [group] = search.find_any("정밀금형을 bearing", VISITOR).groups

    expected = "&lt;b&gt;<mark>정밀 금형</mark>&lt;/b&gt; &amp; <mark>Bearings</mark>"
    assert [(hit.title, hit.snippet) for hit in group.hits] == [(expected, expected)]


def test_a_snippet_is_cut_around_the_first_word_found(shelf):
    shelf.put(title=f"{'앞 ' * 100}금형{' 뒤' * 100}", b="금형")

    [group] = search.find_any("금형", VISITOR).groups
    [hit] = group.hits

    assert hit.snippet == f"…{'앞 ' * 30}<mark>금형</mark>{' 뒤' * 49}…"
