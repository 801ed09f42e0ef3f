"""What a mistyped query may have meant. A suggestion is always looked up first, in what the asker may see."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import connection
from django.db.models import QuerySet

from ecluster.search.dialects import Answers, Asked
from ecluster.search.models import SearchDocument
from ecluster.search.queries import PUBLIC_PARTS, Query, compiled, in_scope
from ecluster.search.spelling import nearest
from ecluster.search.terms import parse
from ecluster.search.tokens import words

MAX_WORDS = 6


def corrected(query: Query) -> Query | None:
    """`query` with its unknown words replaced by the nearest known ones; None where there is nothing better to ask."""
    text = correct(query.text, in_scope([query.source], query.user), query.parts)
    return replace(query, text=text) if text else None


def correct(text: str, scope: QuerySet[SearchDocument], parts: str) -> str | None:
    terms = parse(text)
    known = _with_hits([term.word for term in terms[:MAX_WORDS]], scope, parts)
    spelt = {term.word: term.word for term in terms}
    for word in spelt:
        if word not in known and len(spelt) <= MAX_WORDS:
            spelt[word] = _best(word, scope, parts)
    changed = any(word != better for word, better in spelt.items())
    return " ".join(spelt.values()) if changed else None


def _best(word: str, scope: QuerySet[SearchDocument], parts: str) -> str:
    """The nearest word with hits, or the word itself. Of a mixed word (5축가굉) its longest lettered piece is tried."""
    pieces = [piece.text for spelt in words(word) for piece in spelt if piece.kind != "number"]
    longest = max(pieces, key=len, default="")
    near = nearest(longest, members_side=parts != PUBLIC_PARTS)
    candidates = [word.replace(longest, candidate, 1) for candidate in near]
    known = _with_hits(candidates, scope, parts)
    return next((candidate for candidate in candidates if candidate in known), word)


def _with_hits(spellings: Iterable[str], scope: QuerySet[SearchDocument], parts: str) -> set[str]:
    """Those of `spellings` that some document of `scope` answers; one statement."""
    asked = [(spelling, terms) for spelling in spellings if (terms := parse(spelling))]
    bases = [compiled(scope.filter(Answers(Asked(terms, parts))), 1) for _spelling, terms in asked]
    if not bases:
        return set()
    sql = " UNION ALL ".join(f"SELECT {i} WHERE EXISTS ({sql})" for i, (sql, _params) in enumerate(bases))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _sql, params in bases for value in params])
        return {asked[number][0] for (number,) in cursor.fetchall()}
