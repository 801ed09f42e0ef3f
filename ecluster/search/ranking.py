"""Which documents come first, and why: the same order on both databases."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Any

from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Collate

from ecluster.search.dialects import TITLE_COLLATION, Answers, Asked
from ecluster.search.models import SearchDocument
from ecluster.search.queries import LIMIT, Query, compiled, documents, in_scope
from ecluster.search.terms import Term

RANKED = 2_000  # hits that are put in order; where there are more, those with the words in name or core come in first
WEIGHTS = {"a": 8, "b": 4}  # a mention, or the members' side: 1

Weighted = list[tuple[Term, int]]


@dataclass(frozen=True)
class Reason:
    """That a word of the query stands in these parts (a to d) of a document."""

    word: str
    parts: str


def ranked_ids(query: Query, start: int = 0, size: int = 25) -> list[int]:
    """Keys of objects, the best answer first; without words the newest first."""
    if not query.terms:
        found = documents(query).order_by("-object_id")
    else:
        asked = Asked(query.terms, query.parts, query.mode)
        weighted = _by_rarity(query) if query.mode == "any" else [(term, 1) for term in query.terms]
        found = with_score(best(documents(query), asked), weighted, asked).order_by("-score", by_title(), "object_id")
    return list(found.values_list("object_id", flat=True)[start : start + size])


def explain(query: Query, object_ids: Iterable[int]) -> dict[int, list[Reason]]:
    """For each hit the words of the query that it has and the parts they are in, of the parts the asker may see."""
    rows = documents(query).filter(object_id__in=list(object_ids))
    return {row.object_id: list(_reasons(query, row)) for row in rows}


def best(found: QuerySet[SearchDocument], asked: Asked) -> QuerySet[SearchDocument]:
    """At most twice RANKED of `found`; the first of them where names and core answer."""
    in_head = Asked(asked.terms, "ab", asked.mode)
    head, head_params = compiled(found.filter(Answers(in_head)), RANKED)
    rest, rest_params = compiled(found, RANKED)
    # PostgreSQL does not even look for the rest where the head is enough.
    sql = (
        f"WITH head (id) AS MATERIALIZED ({head}), found (id) AS MATERIALIZED ({rest}) SELECT id FROM head "  # noqa: S608
        f"UNION SELECT id FROM found WHERE (SELECT count(*) FROM head) < {RANKED}"
    )
    candidates = RawSQL(sql, (*head_params, *rest_params))  # noqa: S611  compiled by Django
    return SearchDocument.objects.filter(pk__in=candidates)


def with_score(found: QuerySet[SearchDocument], weighted: Weighted, asked: Asked) -> QuerySet[Any]:
    score: Combinable = Value(0)
    for term, weight in weighted:
        score = score + _score(term, weight, asked)
    return found.annotate(score=score)


def by_title():
    return Collate(F("title"), TITLE_COLLATION[connection.vendor])


def _score(term: Term, weight: int, asked: Asked) -> Case:
    strong = [When(Answers(Asked((term,), part)), then=Value(factor * weight)) for part, factor in WEIGHTS.items()]
    if asked.mode == "all":  # a hit has every word somewhere
        return Case(*strong, default=Value(weight), output_field=IntegerField())
    mentioned = When(Answers(Asked((term,), asked.parts)), then=Value(weight))
    return Case(*strong, mentioned, default=Value(0), output_field=IntegerField())


def _by_rarity(query: Query) -> Weighted:
    """A word that few documents have says more than one that many have (inverse document frequency, in hundredths)."""
    scope = in_scope([query.source], query.user)
    asked = [scope.filter(Answers(Asked((term,), query.parts))) for term in query.terms]
    bases = [compiled(found, LIMIT) for found in [scope, *asked]]
    sql = " UNION ALL ".join(f"SELECT {i}, count(*) FROM ({sql}) base_{i}" for i, (sql, _params) in enumerate(bases))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _sql, params in bases for value in params])
        counts = dict(cursor.fetchall())
    pairs = ((term, counts[number]) for number, term in enumerate(query.terms, start=1))
    return [(term, 1 + round(100 * log((1 + counts[0]) / (1 + having)))) for term, having in pairs if having]


def _reasons(query: Query, row: SearchDocument):
    for term in query.terms:
        parts = "".join(part for part in query.parts if term.is_in(getattr(row, part)))
        if parts:
            yield Reason(term.word, parts)
