"""Whether a word of the vocabulary stands in a text, in any of its spacings and endings."""

import re
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import NamedTuple

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


class Text(NamedTuple):
    """What was written, as the search reads it: its tokens in their order, and each once."""

    indexed: str
    tokens: frozenset[str]


@lru_cache(maxsize=1_000)  # what experts write of themselves is read again for every problem
def text_of(*texts: str) -> Text:
    tokens = index_text(texts)
    return Text(f" {tokens} ", frozenset(map(sys.intern, tokens.split())))


class Sought:
    """Phrases that are looked for together, each with what it stands for."""

    def __init__(self, phrases: Iterable[tuple[Hashable, Phrase]]) -> None:
        self._by_start: dict[str, list[tuple[int, Hashable, str]]] = defaultdict(list)
        for place, (meaning, phrase) in enumerate(phrases):
            start = "" if phrase.open_end and len(phrase.tokens) == 1 else phrase.tokens[0]  # "": any may be it
            self._by_start[start].append((place, meaning, phrase.needle))
        self._starts = frozenset(self._by_start)

    def found_in(self, text: Text) -> list:
        """What stands in `text`, each once, in the order given."""
        starts = self._starts & text.tokens
        if "" in self._starts:
            starts |= {""}
        if not starts:
            return []
        found = [told for start in starts for told in self._by_start[start] if told[2] in text.indexed]
        return list(dict.fromkeys([meaning for _place, meaning, _needle in sorted(found)]))


@lru_cache(maxsize=2_000)
def any_of(choices: tuple[str, ...]) -> Sought:
    return Sought((words, phrase) for words in choices for phrase in phrases_of(words))
