"""Which documents come first, and why: the same order on both databases."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from ecluster.search.dialects import BY_TITLE, Asked, answers
from ecluster.search.queries import LIMIT, Query, answering, narrowed
from ecluster.search.statements import Sql, compose, joined, one_of, rows
from ecluster.search.terms import Term

RANKED = 500  # hits of several words that are put in order; of more, those with the words in name and core come first
IN_NAME, IN_CORE, MENTIONED = 8, 4, 1  # what a word is worth; on the members' side it is a mention


@dataclass(frozen=True)
class Reason:
    """That a word of the query stands in these parts (a to d) of a document."""

    word: str
    parts: str


def ranked_ids(query: Query, start: int = 0, size: int = 25) -> list[int]:
    """Keys of objects, the best answer first; without words the newest first."""
    if query.is_impossible:
        return []
    if not query.terms:
        found = compose("SELECT d.object_id FROM search_document d WHERE {} ORDER BY object_id DESC", narrowed(query))
    else:
        found = compose(f"SELECT object_id FROM ({{}}) scored ORDER BY {in_order()}", _scored(query, start + size))
    return [key for (key,) in rows(compose(f"{{}} LIMIT {int(size)} OFFSET {int(start)}", found))]


def explain(query: Query, object_ids: Iterable[int]) -> dict[int, list[Reason]]:
    """For each hit the words of the query that it has and the parts they are in, of the parts the asker may see."""
    columns = ", ".join(f"d.{part}" for part in query.parts)
    which = one_of("d.object_id", object_ids) & answering(query)
    found = rows(compose(f"SELECT d.object_id, {columns} FROM search_document d WHERE {{}}", which))
    return {key: list(_reasons(query, dict(zip(query.parts, texts, strict=True)))) for key, *texts in found}


def in_order() -> str:
    return f"score DESC, {BY_TITLE[connection.vendor]}, object_id"


def best(scope: Sql, asked: Asked) -> Sql:
    """kind, object_id, title and score of documents in `scope` that have all words: of those with all of them in names
    and core, with one in the name, and of any, at most RANKED each, and as many altogether where there are so many."""
    score = joined(" + ", [_score(term) for term in asked.terms])
    columns = compose("d.kind, d.object_id, d.title, {} AS score", score)
    anywhere, in_a_name = answers(asked), answers(Asked(asked.terms, "a", "any"))
    tiers = [answers(Asked(asked.terms, "ab")), anywhere & in_a_name, anywhere]
    return _in_turn([(columns, scope & tier) for tier in tiers], f"LIMIT {RANKED}", RANKED, "UNION")


def _in_turn(tiers: Sequence[tuple[Sql, Sql]], limit: str, enough: int, union: str) -> Sql:
    """The (columns, condition) of `tiers`, each within `limit`. The databases look for a later one only where those
    before have not `enough`."""
    found, before = [], "0"
    for place, (columns, condition) in enumerate(tiers):
        template = f"SELECT {{}} FROM search_document d WHERE {before} < {enough} AND {{}} {limit}"
        found.append(compose(f"tier_{place} AS MATERIALIZED ({template})", columns, condition))
        before += f" + (SELECT count(*) FROM tier_{place})"
    every = f" {union} ".join(f"SELECT * FROM tier_{place}" for place in range(len(tiers)))
    return compose(f"WITH {{}} {every}", joined(", ", found))


def _score(term: Term) -> Sql:
    """What `term` is worth in a document that has it."""
    return compose(
        f"CASE WHEN {{}} THEN {IN_NAME} WHEN {{}} THEN {IN_CORE} ELSE {MENTIONED} END",
        answers(Asked((term,), "a")),
        answers(Asked((term,), "ab")),
    )


def _scored(query: Query, needed: int) -> Sql:
    """object_id, title and score of hits, the best `needed` of them among these."""
    if query.mode == "any":
        return _by_rarity(query)
    if len(query.terms) == 1 and not query.groups:
        return _by_part(query, needed)
    return best(narrowed(query), query.asked)


def _by_part(query: Query, needed: int) -> Sql:
    """One word's hits: those with it in the name, then, as far as they are needed, in the core, then mentioned. The
    first by title of very many are handed out by an index."""
    name, core, anywhere = (answers(Asked(query.terms, parts)) for parts in ("a", "ab", query.parts))
    tiers = [
        (IN_NAME, name),
        (IN_CORE, compose("{} AND NOT {}", core, name)),
        (MENTIONED, compose("{} AND NOT {}", anywhere, core)),
    ]
    scope = narrowed(query)
    return _in_turn(
        [(Sql(f"d.object_id, d.title, {points} AS score"), scope & having) for points, having in tiers],
        f"ORDER BY {BY_TITLE[connection.vendor]}, object_id LIMIT {needed}",
        needed,
        "UNION ALL",
    )


def _by_rarity(query: Query) -> Sql:
    """A word that few documents have says more than one that many have (inverse document frequency, in hundredths)."""
    scope = narrowed(query)
    everybody = compose(
        f"SELECT count(*) AS size FROM (SELECT 1 FROM search_document d WHERE {{}} LIMIT {LIMIT}) d", scope
    )
    hits = [
        _hits_of(term, place, scope & answers(Asked((term,), query.parts))) for place, term in enumerate(query.terms)
    ]
    return compose(
        "WITH everybody AS MATERIALIZED ({}), hit AS MATERIALIZED ({}), worth AS ("
        "SELECT term, 1 + round(100 * ln(CAST(1 + (SELECT size FROM everybody) AS double precision) / (1 + count(*))))"
        " AS weight FROM hit GROUP BY term) "
        "SELECT hit.object_id, hit.title, sum(hit.points * worth.weight) AS score "
        "FROM hit JOIN worth ON worth.term = hit.term GROUP BY hit.object_id, hit.title",
        everybody,
        joined(" UNION ALL ", hits),
    )


def _hits_of(term: Term, place: int, having: Sql) -> Sql:
    return compose(
        f"SELECT * FROM (SELECT {place} AS term, d.object_id, d.title, {{}} AS points "
        f"FROM search_document d WHERE {{}} LIMIT {LIMIT}) hits_{place}",
        _score(term),
        having,
    )


def _reasons(query: Query, texts: Mapping[str, str]) -> Iterator[Reason]:
    for term in query.terms:
        parts = "".join(part for part in query.parts if term.is_in(texts[part]))
        if parts:
            yield Reason(term.word, parts)
