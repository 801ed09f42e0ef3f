"""How many documents answer, and how many of them have which facet value."""

from collections import defaultdict

from django.db import connection
from django.db.models import QuerySet

from ecluster.search.models import FacetValue
from ecluster.search.queries import LIMIT, Query, Total, compiled, documents

FacetCounts = dict[str, dict[str, Total]]


def total(query: Query) -> Total:
    """Exact up to LIMIT, and at any size where it is stored: unfiltered, or one choice alone."""
    if _is_stored(query, ""):
        return _stored_total(query, FacetValue.objects.filter(kind=query.kind, facet=""))
    if _is_one_choice(query):
        [[value]] = query.groups.values()
        return _stored_total(query, FacetValue.objects.filter(pk=value))
    return _capped(documents(query).order_by()[: LIMIT + 1].count())


def facet_counts(query: Query) -> FacetCounts:
    """For each facet its values with their counts under the text and the *other* facets' selections. Over LIMIT hits
    the first LIMIT are counted, and the counts say so. One statement, however many facets there are."""
    return count(query)[1]


def count(query: Query) -> tuple[Total, FacetCounts]:
    """Total and counts together, for a page that shows both: the hits are gone through once."""
    if _is_stored(query, ""):
        rows = _stored(query, FacetValue.objects.filter(kind=query.kind))
        return Total(sum(number for facet, _value, number in rows if not facet)), _unflagged(rows)
    sql, params = _statement(query)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    hits = total(query) if _is_one_choice(query) else _capped(_sizes(rows).get(0, 0))
    return hits, _told(query, rows)


def _is_stored(query: Query, without: str) -> bool:
    """Whether nothing but the audience narrows the documents when facet `without` is left out."""
    others = [facet for facet in query.groups if facet != without]
    return not query.has_text and not others and query.is_of_audience_alone


def _is_one_choice(query: Query) -> bool:
    values = list(query.groups.values())
    return len(values) == 1 and len(values[0]) == 1 and _is_stored(query, next(iter(query.groups)))


def _stored_total(query: Query, values: QuerySet[FacetValue]) -> Total:
    return Total(sum(number for _facet, _value, number in _stored(query, values)))


def _stored(query: Query, values: QuerySet[FacetValue]) -> list[tuple[str, str, int]]:
    """(facet, value, how many documents of the asker's audience)"""
    rows = values.values_list("facet", "value", "public_total", "members_total")
    return [(f, v, public + members if query.members_side else public) for f, v, public, members in rows]


def _unflagged(rows: list[tuple[str, str, int]]) -> FacetCounts:
    counts: FacetCounts = defaultdict(dict)
    for facet, value, number in sorted(rows):
        if facet and number:
            counts[facet][value] = Total(number)
    return dict(counts)


def _capped(number: int) -> Total:
    return Total(min(number, LIMIT), capped=number > LIMIT)


def _statement(query: Query) -> tuple[str, list]:
    """One base of hits for the facets without a selection, and one for each facet that has one, without that one.

    The facet "" stands in each base's rows for its size.
    """
    own = list(query.groups)
    bases: list[str] = []
    counts: list[str] = []
    params: list = []
    count_params: list = []
    for number, facet in enumerate(["", *own]):
        if facet and _is_stored(query, facet):
            counts.append(_STORED.format(number=number, members=" + members_total" if query.members_side else ""))
            count_params += [query.kind, facet]
            continue
        sql, base_params = compiled(documents(query, without=facet), LIMIT + 1)
        bases.append(f"base_{number} (id) AS MATERIALIZED ({sql})")
        params += base_params
        told = ["", facet] if facet else own  # no facet is called "": it is told with each base
        counts.append(_COUNTED.format(number=number, test=_test(told, "IN" if facet else "NOT IN")))
        count_params += told
    return f"WITH {', '.join(bases)} {' UNION ALL '.join(counts)}", [*params, *count_params]


_STORED = "SELECT {number}, facet, value, public_total{members} FROM search_facet_value WHERE kind = %s AND facet = %s"
_COUNTED = (
    "SELECT {number}, v.facet, v.value, counted.total FROM ("
    "SELECT f.value_id, count(*) AS total FROM base_{number} "
    "JOIN search_document_facet f ON f.document_id = base_{number}.id GROUP BY f.value_id"
    ") counted JOIN search_facet_value v ON v.id = counted.value_id{test}"
)


def _test(facets: list[str], operator: str) -> str:
    return f" WHERE v.facet {operator} ({', '.join(['%s'] * len(facets))})" if facets else ""


def _told(query: Query, rows: list[tuple[int, str, str, int]]) -> FacetCounts:
    capped = {base for base, size in _sizes(rows).items() if size > LIMIT}
    counts: FacetCounts = defaultdict(dict)
    for base, facet, value, number in sorted(rows):
        if facet and number:
            counts[facet][value] = Total(min(number, LIMIT) if base in capped else number, capped=base in capped)
    for facet, values in query.selected.items():
        for value in values:
            counts[facet].setdefault(value, Total(0))  # a choice made stays on the screen, to be taken back
    return dict(counts)


def _sizes(rows: list[tuple[int, str, str, int]]) -> dict[int, int]:
    return {base: number for base, facet, _value, number in rows if facet == ""}
