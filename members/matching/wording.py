"""Whether a word of the vocabulary stands in a text, in any of its spacings and endings."""

import re
from collections.abc import Hashable, Iterable
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


@lru_cache(maxsize=2_000)  # what experts write of themselves is read again for every problem
def tokens_of(*texts: str) -> str:
    return index_text(texts)


class Sought:
    """Phrases that are looked for together, each with what it stands for."""

    def __init__(self, phrases: Iterable[tuple[Hashable, Phrase]]) -> None:
        self._needles = [(meaning, phrase.needle) for meaning, phrase in phrases]

    def found_in(self, tokens: str) -> list:
        """What stands in `tokens`, each once, in the order given."""
        indexed = f" {tokens} "
        return list(dict.fromkeys([meaning for meaning, needle in self._needles if needle in indexed]))


@lru_cache(maxsize=2_000)
def any_of(choices: tuple[str, ...]) -> Sought:
    return Sought((words, phrase) for words in choices for phrase in phrases_of(words))
