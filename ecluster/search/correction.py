"""What a mistyped query may have meant. A suggestion is always looked up first, in what the asker may see."""

from collections.abc import Iterable
from dataclasses import replace

from ecluster.search.dialects import Asked, answers
from ecluster.search.queries import PUBLIC_PARTS, Query, scope
from ecluster.search.spelling import nearest
from ecluster.search.statements import Sql, compose, joined, rows
from ecluster.search.terms import parse
from ecluster.search.tokens import words

MAX_WORDS = 6


def corrected(query: Query) -> Query | None:
    """`query` with its unknown words replaced by the nearest known ones; None where there is nothing better to ask."""
    text = correct(query.text, scope([query.source], query.user), query.parts)
    return replace(query, text=text) if text else None


def correct(text: str, within: Sql, parts: str) -> str | None:
    terms = parse(text)
    known = _with_hits([term.word for term in terms[:MAX_WORDS]], within, parts)
    spelt = {term.word: term.word for term in terms}
    for word in spelt:
        if word not in known and len(spelt) <= MAX_WORDS:
            spelt[word] = _best(word, within, parts)
    changed = any(word != better for word, better in spelt.items())
    return " ".join(spelt.values()) if changed else None


def _best(word: str, within: Sql, parts: str) -> str:
    """The nearest word with hits, or the word itself. Of a mixed word (5축가굉) its longest lettered piece is tried."""
    pieces = [piece.text for spelt in words(word) for piece in spelt if piece.kind != "number"]
    longest = max(pieces, key=len, default="")
    near = nearest(longest, members_side=parts != PUBLIC_PARTS)
    candidates = [word.replace(longest, candidate, 1) for candidate in near]
    known = _with_hits(candidates, within, parts)
    return next((candidate for candidate in candidates if candidate in known), word)


def _with_hits(spellings: Iterable[str], within: Sql, parts: str) -> set[str]:
    """Those of `spellings` that some document `within` answers; one statement."""
    asked = [(spelling, terms) for spelling in spellings if (terms := parse(spelling))]
    tests = [
        compose(
            f"SELECT {place} WHERE EXISTS (SELECT 1 FROM search_document d WHERE {{}})",
            within & answers(Asked(terms, parts)),
        )
        for place, (_spelling, terms) in enumerate(asked)
    ]
    return {asked[place][0] for (place,) in rows(joined(" UNION ALL ", tests))} if tests else set()
