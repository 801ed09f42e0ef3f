"""The index against a plain reading of the texts: the same documents, the same counts, whatever is written."""

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecluster.search import engine as search
from ecluster.search.korean import without_particle
from ecluster.search.tokens import stem
from tests.search.shelf import VISITOR, ids

KOREAN = st.lists(st.sampled_from("금형가공정"), min_size=1, max_size=5).map("".join)
ENGLISH = st.sampled_from(["mould", "moulds", "machine", "machining", "bearing", "bear", "cnc", "precision"])
TEXT = st.lists(st.one_of(KOREAN, ENGLISH), max_size=5).map(" ".join)
DOCUMENT = st.tuples(TEXT, TEXT, TEXT, st.sampled_from(["창원", "부산"]))
# 가 at a word's end is a particle, which the search leaves out and this reader would look for.
ASKED = st.lists(st.one_of(KOREAN.filter(lambda word: without_particle(word) == word), ENGLISH), min_size=1, max_size=2)


def reads(word: str, text: str, is_last: bool) -> bool:
    """Whether somebody who reads `text` finds `word` in it."""
    if not word.isascii():
        first = 1 if len(word) == 3 else 2
        spaced = [word[:cut] + " " + word[cut:] for cut in range(first, len(word) - 1)]
        return any(spelling in text for spelling in [word, *spaced])
    return any(
        stem(written) == stem(word) or (is_last and stem(written).startswith(word))
        for written in re.findall("[a-z]+", text)
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DOCUMENT, min_size=1, max_size=6), ASKED)
def test_finds_what_a_reader_finds(shelf, texts, asked):
    rows = [shelf.make(str(i), a, b, c, facets={"region": [region]}) for i, (a, b, c, region) in enumerate(texts)]
    search.index(rows)
    try:
        compare(rows, texts, asked)
    finally:
        search.remove(rows)


def compare(rows, texts, asked) -> None:
    expected = [
        number
        for number, parts in enumerate(texts)
        if all(any(reads(word, part, word is asked[-1]) for part in parts[:3]) for word in asked)
    ]
    query = search.Query("thing", " ".join(asked), VISITOR)
    pks = {rows[number].pk for number in expected}

    assert ids(query.text) == pks
    assert set(search.ranked_ids(query)) == pks
    assert search.total(query) == search.Total(len(pks))
    regions = Counter(texts[number][3] for number in expected)
    counts = search.facet_counts(query)
    assert {value: total.number for value, total in counts.get("region", {}).items()} == regions
    assert set(search.explain(query, [row.pk for row in rows])) == pks
    for row in rows:
        if row.pk in pks:
            assert len(search.explain(query, [row.pk])[row.pk]) == len(query.terms)
