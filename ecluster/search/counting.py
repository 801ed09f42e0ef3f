"""How many documents answer, and how many of them have which facet value."""

import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection

from ecluster.search.dialects import TOGETHER
from ecluster.search.queries import LIMIT, Query, Total, answering
from ecluster.search.statements import Sql, compose, joined, rows

FacetCounts = dict[str, dict[str, Total]]

_CODE = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
_MANY = 100  # values; it is quicker to look for fewer one by one than to go through all signs


class _Value(NamedTuple):
    """One choice of a filter; `total` is how many documents of the asker's audience have it."""

    number: int
    total: int
    facet: str
    value: str


class _Base(NamedTuple):
    """Hits, at most LIMIT + 1 of them, and the signs of all their facet values in one string."""

    size: int
    signs: str

    @property
    def is_capped(self) -> bool:
        return self.size > LIMIT


def total(query: Query) -> Total:
    """Exact up to LIMIT, and at any size where it is stored: unfiltered, or one choice alone."""
    if _is_stored(query, ""):
        return _stored_total(query, Sql("kind = %s AND facet = ''", (query.kind,)))
    if _is_one_choice(query):
        [[key]] = query.groups.values()
        return _stored_total(query, Sql("id = %s", (key,)))
    hits = compose(f"SELECT 1 FROM search_document d WHERE {{}} LIMIT {LIMIT + 1}", answering(query))
    [[number]] = rows(compose("SELECT count(*) FROM ({}) hits", hits))
    return _capped(number)


def facet_counts(query: Query) -> FacetCounts:
    """For each facet its values with their counts under the text and the *other* facets' selections. Over LIMIT hits
    the first LIMIT are counted, and the counts say so. One statement, however many facets there are."""
    return count(query)[1]


def count(query: Query) -> tuple[Total, FacetCounts]:
    """Total and counts together, for a page that shows both: the hits are gone through once."""
    values, bases = _answer(query)
    return _total(query, values, bases), _told(query, values, bases)


def _is_stored(query: Query, without: str) -> bool:
    """Whether nothing but the audience narrows the documents when facet `without` is left out."""
    others = [facet for facet in query.groups if facet != without]
    return not query.has_text and not others and query.is_of_audience_alone


def _is_one_choice(query: Query) -> bool:
    values = list(query.groups.values())
    return len(values) == 1 and len(values[0]) == 1 and _is_stored(query, next(iter(query.groups)))


def _stored_total(query: Query, which: Sql) -> Total:
    return Total(sum(number for (number,) in rows(compose(f"SELECT {_of_audience(query)} WHERE {{}}", which))))


def _of_audience(query: Query) -> str:
    return f"public_total{' + members_total' if query.members_side else ''} FROM search_facet_value"


def _capped(number: int) -> Total:
    return Total(min(number, LIMIT), capped=number > LIMIT)


def _answer(query: Query) -> tuple[list[_Value], dict[str, _Base]]:
    """All values of the kind; and the hits, under "", and under each facet with a selection those without that one.
    Hits whose numbers are stored are not gone through."""
    names = [name for name in ("", *query.groups) if not _is_stored(query, name)]
    values = Sql(f"SELECT -1, number, facet, value, {_of_audience(query)} WHERE kind = %s", (query.kind,))
    bases = [_base(query, place, name) for place, name in enumerate(names)]
    found = rows(joined(" UNION ALL ", [values, *bases]))
    return (
        [_Value(number, total, facet, value) for place, number, facet, value, total in found if place < 0],
        {names[place]: _Base(size, signs or "") for place, size, signs, _value, _total in found if place >= 0},
    )


def _base(query: Query, place: int, without: str) -> Sql:
    hits = compose(
        f"SELECT d.signs FROM search_document d WHERE {{}} LIMIT {LIMIT + 1}", answering(query, without=without)
    )
    return compose(f"SELECT {place}, count(*), {TOGETHER[connection.vendor]}, '', 0 FROM ({{}}) base_{place}", hits)


def _total(query: Query, values: Iterable[_Value], bases: Mapping[str, _Base]) -> Total:
    if "" not in bases:
        return Total(sum(row.total for row in values if not row.facet))
    if _is_one_choice(query):
        [facet] = query.groups
        return Total(sum(row.total for row in values if row.facet == facet and row.value in query.selected[facet]))
    return _capped(bases[""].size)


def _told(query: Query, values: Iterable[_Value], bases: Mapping[str, _Base]) -> FacetCounts:
    counts: FacetCounts = defaultdict(dict)
    for name, own in _by_base(query, values).items():
        base = bases.get(name)
        numbers = _tally(base.signs, own) if base else {row.number: row.total for row in own}
        capped = base is not None and base.is_capped
        for row in own:
            if number := numbers.get(row.number):
                counts[row.facet][row.value] = Total(min(number, LIMIT) if capped else number, capped)
    for facet, chosen in query.selected.items():
        for value in chosen:
            counts[facet].setdefault(value, Total(0))  # a choice made stays on the screen, to be taken back
    return dict(counts)


def _by_base(query: Query, values: Iterable[_Value]) -> dict[str, list[_Value]]:
    """A facet with a selection is counted among the hits without its own."""
    found: dict[str, list[_Value]] = defaultdict(list)
    for row in values:
        if row.facet:
            found[row.facet if row.facet in query.groups else ""].append(row)
    return found


def _tally(signs: str, values: Sequence[_Value]) -> Mapping[int, int]:
    """How often each number stands in `signs`; it is quicker to count numbers than letters."""
    if len(values) < _MANY:
        return {row.number: signs.count(chr(row.number)) for row in values}
    return Counter(array("H", signs.encode(_CODE)))
