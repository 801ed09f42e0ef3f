"""What a reader asks for: the words of a query, each with the token phrases that answer it.

Never raises and never grows without bound, whatever is typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from ecluster.search import korean
from ecluster.search.tokens import Piece, pairs, stem, words

Mode = Literal["all", "any"]  # every word must be found, or: the more the better

MAX_TEXT = {"all": 200, "any": 4_000}
MAX_TERMS = {"all": 12, "any": 40}
_SHORTEST_PREFIX = 2  # one Latin letter would begin too much of the index
_LONGEST_SPLIT = 12  # syllables; nobody writes longer words without a space

_STOP_WORDS = frozenset(
    """
    a an and are as at be been but by can cannot do does for from had has have how if in into is it its me my no not
    of on or our so some than that the their them then there these they this to too very was we were what when where
    which while who why will with you your
    및 등 또는 그리고 그러나 하지만 때문 위해 위한 대한 관한 있습니다 없습니다 합니다 입니다 저희 우리 싶습니다 같습니다
    """.split()  # noqa: SIM905  a list to be read
)
_SUFFIXES = """
    ings ing ers er eds ed es s ions ion ations ation ators ator ments ment ness ables able ibles ible ally als al ly
    ities ity ives ive ies y e
""".split()  # noqa: SIM905


@dataclass(frozen=True)
class Phrase:
    """Tokens that follow each other; with `open_end` the last one may go on."""

    tokens: tuple[str, ...]
    open_end: bool = False

    @cached_property
    def needle(self) -> str:
        """Stands in `f" {indexed} "` where the phrase stands in the tokens `indexed`."""
        return f" {' '.join(self.tokens)}{'' if self.open_end else ' '}"

    def is_in(self, indexed: str) -> bool:
        return self.needle in f" {indexed} "


@dataclass(frozen=True)
class Term:
    word: str
    phrases: tuple[Phrase, ...]

    def is_in(self, indexed: str) -> bool:
        """Whether the tokens `indexed` (of one part of a document) have this word."""
        return any(phrase.is_in(indexed) for phrase in self.phrases)


@lru_cache(maxsize=500)  # the pages of a list ask for the same words
def parse(text: str, mode: Mode = "all") -> tuple[Term, ...]:
    """The terms of `text`; none where nothing in it can be looked for. The last word may be unfinished."""
    found = list(words(text[: MAX_TEXT[mode]]))
    told = [word for word in found if _spelling(word) not in _STOP_WORDS] or (found if mode == "all" else [])
    if mode == "any":
        terms = [term for word in told for term in _sentence_terms(word)]
    else:
        terms = [_term(_bare(word), may_go_on=word is found[-1]) for word in told]
    return tuple({term.phrases: term for term in terms}.values())[: MAX_TERMS[mode]]


def _spelling(word: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in word)


def _bare(word: tuple[Piece, ...], sentence: bool = False) -> tuple[Piece, ...]:
    *before, last = word
    if last.kind != "syllables":
        return word
    rest = korean.without_particle(last.text, sentence=sentence, at_least=max(0, 2 - _weight(before)))
    return (*before, Piece("syllables", rest)) if rest else tuple(before)


def _weight(before: list[Piece]) -> int:
    """Syllables that need not stay, as something else of the word does: CNC를 -> CNC, 5축을 -> 5축."""
    if not before:
        return 0
    return 2 if before[-1].kind == "letters" else 1


def _sentence_terms(word: tuple[Piece, ...]) -> Iterator[Term]:
    bare = _bare(word, sentence=True)
    spelling = _spelling(bare)
    if len(spelling) < 2 or spelling in _STOP_WORDS:
        return
    yield _term(bare)
    if len(bare) == 1 and bare[0].kind == "syllables" and not spelling.endswith("다"):  # 다 ends a verb
        for half in korean.halves(spelling):
            yield _term((Piece("syllables", half),))


def _term(word: tuple[Piece, ...], may_go_on: bool = False) -> Term:
    phrases = [
        Phrase((*(token for piece in start for token in _tokens(piece)), *tokens), open_end)
        for *start, last in _spacings(word)
        for tokens, open_end in _last_tokens(last, may_go_on)
    ]
    return Term(_spelling(word), tuple(dict.fromkeys(phrases)))


def _spacings(word: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """The word as it is, and with one space in it. No space before a last syllable alone: 자동 차단 is no 자동차.
    One after a first syllable alone only where the word is short or begins with something else: 열 처리, 5축 가공."""
    yield word
    for place, piece in enumerate(word):
        if piece.kind == "syllables" and len(piece.text) <= _LONGEST_SPLIT:
            first = 1 if place or len(piece.text) == 3 else 2
            for cut in range(first, len(piece.text) - 1):
                parts = (Piece("syllables", piece.text[:cut]), Piece("syllables", piece.text[cut:]))
                yield (*word[:place], *parts, *word[place + 1 :])


def _tokens(piece: Piece) -> list[str]:
    if piece.kind == "syllables":
        return pairs(piece.text)
    return [stem(piece.text) if piece.kind == "letters" else piece.text]


def _last_tokens(piece: Piece, may_go_on: bool) -> Iterator[tuple[list[str], bool]]:
    if piece.kind == "syllables":
        yield (pairs(piece.text)[:-1], False) if len(piece.text) > 1 else ([piece.text], True)
        return
    yield _tokens(piece), False
    if may_go_on and len(piece.text) >= _SHORTEST_PREFIX:
        yield [piece.text], True
        if piece.kind == "letters":
            yield from (([token], False) for token in sorted(_finished(piece.text)))


def _finished(word: str) -> set[str]:
    """Stems of what an unfinished word may become, where they are shorter than what is typed: machini -> machin."""
    stems = (
        stem(word[:cut] + suffix)
        for cut in range(max(3, len(word) - 5), len(word))
        for suffix in _SUFFIXES
        if suffix.startswith(word[cut:])
    )
    return {found for found in stems if len(found) < len(word) and word.startswith(found)}
