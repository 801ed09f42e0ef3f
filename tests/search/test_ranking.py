"""Which hit comes first."""

from ecluster.search import engine as search
from tests.search.shelf import VISITOR


def ranked(text: str, **query) -> list[int]:
    return search.ranked_ids(search.Query("thing", text, VISITOR, **query))


def test_a_name_beats_a_core_process_and_that_a_mention(shelf):
    mention = shelf.put(title="A", c="금형")
    core = shelf.put(title="B", b="금형")
    name = shelf.put(title="C", a="금형")

    assert ranked("금형") == [name.pk, core.pk, mention.pk]


def test_how_often_it_is_said_is_no_merit(shelf):
    often = shelf.put(title="B", c="금형 금형 금형 금형")
    once = shelf.put(title="A", b="금형")

    assert ranked("금형") == [once.pk, often.pk]


def test_equals_come_by_title_then_by_age(shelf):
    rows = {title: shelf.put(title=title, b="금형") for title in ["나", "b", "가", "B", "a"]}
    twin = shelf.put(title="a", b="금형")

    assert ranked("금형") == [rows["B"].pk, rows["a"].pk, twin.pk, rows["b"].pk, rows["가"].pk, rows["나"].pk]


def test_pages_go_on_where_the_last_one_ended(shelf):
    rows = [shelf.put(title=str(number), b="금형") for number in range(5)]
    query = search.Query("thing", "금형", VISITOR)

    pages = [search.ranked_ids(query, start, 2) for start in (0, 2, 4, 6)]

    assert pages == [[r.pk for r in rows[:2]], [r.pk for r in rows[2:4]], [rows[4].pk], []]


def test_without_words_the_newest_come_first(shelf):
    rows = [shelf.put() for _ in range(3)]

    assert ranked("") == [row.pk for row in reversed(rows)]


def test_in_a_sentence_more_words_and_rarer_words_win(shelf):
    for number in range(5):
        shelf.put(title=f"common {number}", b="불량")
    rare = shelf.put(title="rare", b="수축")
    both = shelf.put(title="two", b="수축 불량")

    found = ranked("사출 후 수축으로 불량이 생깁니다", mode="any")

    assert found[:2] == [both.pk, rare.pk]
    assert len(found) == 7


def test_reasons_tell_the_words_and_their_parts(shelf):
    row = shelf.put(a="한빛", b="사출성형", c="수축 해석")
    query = search.Query("thing", "사출성형 시 수축이 심합니다", VISITOR, mode="any")

    [reasons] = search.explain(query, [row.pk]).values()

    assert reasons == [
        search.Reason("사출성형", "b"),
        search.Reason("사출", "b"),
        search.Reason("성형", "b"),
        search.Reason("수축", "c"),
    ]
