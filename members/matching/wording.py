"""Whether a word of the vocabulary stands in a text, in any of its spacings and endings."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ecluster.search.terms import Phrase, parse
from ecluster.search.tokens import BREAK, SYLLABIC, index_text

_SYLLABIC = re.compile(f"[{SYLLABIC}]")
_SHORTEST = 2


@lru_cache(maxsize=20_000)
def phrases_of(words: str) -> tuple[Phrase, ...]:
    """How `words` may stand in a text; none for what is too short to mean anything.

    Korean is written with and without spaces, so its words are read as one and parted again by the search's own rules.
    """
    if len(words) < _SHORTEST or not parse(words, "any"):
        return ()
    if _SYLLABIC.search(words):
        return parse("".join(words.split()))[0].phrases if "".join(words.split()) else ()
    tokens = tuple(token for token in index_text([words]).split() if token != BREAK)
    return (Phrase(tokens),) if tokens else ()


def tokens_of(texts: Iterable[str]) -> str:
    return index_text(texts)


def first_found(choices: Sequence[str], tokens: str) -> str:
    """The first of `choices` that stands in `tokens`; blank where none does."""
    return next((words for words in choices if any(phrase.is_in(tokens) for phrase in phrases_of(words))), "")
