"""What a word finds: Korean and English, however it is written."""

import unicodedata

import pytest

from tests.search.shelf import VISITOR, finds, ids


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("금형", "금형을 만든다"),
        ("금형", "정밀금형"),
        ("금형을", "정밀 금형 제작"),
        ("금형을", "정밀금형"),
        ("금형으로", "금형"),
        ("5축가공", "5축 가공"),
        ("5축 가공", "5축가공기"),
        ("CNC가공", "CNC 가공"),
        ("CNC 가공", "CNC가공 전문"),
        ("CNC를", "CNC 선반"),
        ("금형가공", "금형 가공"),
        ("금형 가공", "금형가공"),
        ("열처리", "열 처리"),
        ("축", "5축 가공"),
        ("금", "정밀금형"),
        ("형", "정밀금형"),
        (unicodedata.normalize("NFD", "정밀금형"), "정밀금형"),
        ("정밀금형", unicodedata.normalize("NFD", "정밀금형")),
        ("bearing", "Bearings for spindles"),
        ("bearings", "bearing"),
        ("machine", "machining"),
        ("BEARING", "bearing"),
        ("Muller", "Müller GmbH"),
        ("ＣＮＣ", "CNC"),
        ("30000rpm", "spindle, 30,000 rpm"),
        ("30,000 rpm", "30000rpm"),
        ("0.01mm", "to 0.01 mm"),
        ("SUS304", "SUS-304"),
        ("SUS 304", "SUS304"),
        ("5-axis", "5 axis milling"),
        ("精密金型", "日本精密金型"),
    ],
)
def test_finds(shelf, query, text):
    assert finds(query, shelf.put(b=text))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("금형", "대금 형태"),
        ("자동차", "자동 차단기"),
        ("전문가", "전문 업체"),
        ("5축", "15축"),
        ("금형 주물", "금형"),
        ("bear", "beer"),
        ("rpm30", "30 rpm"),
        ("가공조립", "가공, 조립"),
        ("cast", "forge"),
    ],
)
def test_does_not_find(shelf, query, text):
    assert not finds(query, shelf.put(b=text))


def test_a_phrase_does_not_reach_from_one_text_into_the_next(shelf):
    assert not finds("CNC가공", shelf.put(a=["CNC"], b=["가공"]))
    assert not finds("CNC가공", shelf.put(b=["CNC", "가공"]))


@pytest.mark.parametrize("typed", ["pr", "prec", "precis", "precisio", "precision", "precision m", "precision machini"])
def test_the_last_word_is_found_while_it_is_typed(shelf, typed):
    row = shelf.put(b="Precision machining")
    if typed.endswith(" m"):
        assert not finds(typed, row)  # one letter begins too much
    else:
        assert finds(typed, row)


def test_only_the_last_word_may_be_unfinished(shelf):
    row = shelf.put(b="precision machining")

    assert not finds("preci machining", row)


def test_small_words_are_not_asked_for_unless_nothing_else_is(shelf):
    with_and, without = shelf.put(b="rolls and bearings"), shelf.put(b="rolls, bearings")

    assert ids("rolls and bearings") == {with_and.pk, without.pk}
    assert ids("and") == {with_and.pk}


@pytest.mark.parametrize(
    "query",
    ['"', '"금형', "금형*", "*", "NEAR(a b)", "a AND", "OR", "NOT x", "((", "a:b", "{a}: b", "-금형", "^금형", "\0",
     "금\0형", "'", "\\", "a'b", "a & | ! <-> b", ":*", "%s", "%", "\ud800", "ㄱ", "가" * 100_000, "a " * 50_000,
     "1." * 1_000, "😀", "\u200b", "SELECT", "'); DROP TABLE x; --", "금형' | 'x", "x:ABC"],
)  # fmt: skip
def test_whatever_is_typed_nothing_breaks(shelf, query):
    row = shelf.put(a="금형", b=f"x {query[:500]}".encode(errors="replace").decode().replace("\0", ""))

    for mode in ("all", "any"):
        assert ids(query, mode=mode) <= {row.pk}


@pytest.mark.parametrize("query", ["!!!", '"', "…", "ㄱ", "😀"])
def test_what_has_no_word_finds_nothing(shelf, query):
    shelf.put(b="금형")

    assert ids(query) == set()


def test_blanks_find_everything(shelf):
    row = shelf.put(b="금형")

    assert ids("  ", VISITOR) == {row.pk}


def test_a_text_beyond_the_limit_is_cut_and_does_not_fail(shelf):
    row = shelf.put(b="가공 " * 20_000, c="금형")

    assert ids("금형") == {row.pk}


def test_problems_are_asked_in_sentences(shelf):
    shrink = shelf.put(title="both", b="사출성형 수축 불량")
    mould = shelf.put(title="one", b="사출 기계")
    shelf.put(title="none", b="용접")

    assert ids("사출성형 시 수축으로 불량이 발생합니다", mode="any") == {shrink.pk, mould.pk}
