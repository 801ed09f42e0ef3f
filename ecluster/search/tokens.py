"""What the index holds: both databases get the same tokens and neither cuts nor stems on its own, so they answer alike.

Korean and other syllabic writing becomes overlapping pairs, each syllable beginning one: 정밀금형 -> 정밀 밀금 금형 형.
So 금형 is found inside words, and the single syllable at a run's end keeps pairs of two words from being taken for one
(대금 형태 has no 금형). Latin words are stemmed; letters and digits part, so that SUS304 and SUS 304 are the same.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

MAX_TOKENS = 4_000  # of one part; PostgreSQL counts positions to 16,383 in a document of four parts
MAX_TOKEN_LENGTH = 60
BREAK = "."  # between texts and sentences: nothing is found across it, since no word is spelt like this

SYLLABIC = "가-힣㐀-䶿一-鿿぀-ヿ"
_LONE_JAMO = "ᄀ-ᇿ"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PIECE = re.compile(
    rf"(?P<syllables>[{SYLLABIC}]+)"
    r"|(?P<number>\d+(?:\.\d+)*)"
    rf"|(?P<letters>[^\W\d_{SYLLABIC}{_LONE_JAMO}]+)"
    r"|(?P<gap>[.,;:!?|·…]|\s+)"
)

PieceKind = Literal["syllables", "number", "letters", "gap"]


@dataclass(frozen=True)
class Piece:
    kind: PieceKind
    text: str


def normalise(text: str) -> str:
    """One spelling for what reads the same: composed or not, wide or narrow, upper or lower case, accents or none."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if unicodedata.category(c) != "Mn")
    return _THOUSANDS.sub("", unicodedata.normalize("NFC", plain))


@lru_cache(maxsize=2_000)  # the words of the vocabulary come again with every document
def pieces(text: str) -> tuple[Piece, ...]:
    """The runs of one kind of character in `text`, and the gaps that part words."""
    return tuple(_piece(found) for found in _PIECE.finditer(normalise(text)))


def _piece(found: re.Match) -> Piece:
    kind: PieceKind = found.lastgroup  # type: ignore[assignment]  # one of the pattern's own names
    return Piece(kind, found.group() if kind == "syllables" else found.group()[:MAX_TOKEN_LENGTH])


def words(text: str) -> Iterator[tuple[Piece, ...]]:
    """The words of `text`, each as its pieces; a hyphen or slash parts pieces, not words."""
    word: list[Piece] = []
    for piece in pieces(text):
        if piece.kind != "gap":
            word.append(piece)
        elif word:
            yield tuple(word)
            word = []
    if word:
        yield tuple(word)


def pairs(run: str) -> list[str]:
    """Each syllable with the next one, the last one alone."""
    return [run[i : i + 2] for i in range(len(run))]


@cache
def _english():
    from snowballstemmer import stemmer

    return stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    return _english().stemWord(word) if word.isascii() else word


def index_text(texts: Iterable[str]) -> str:
    """The tokens of `texts` as the databases take them: parted by spaces."""
    return " ".join(_tokens(texts))


def _tokens(texts: Iterable[str]) -> list[str]:
    found: list[str] = []
    for text in texts:
        for piece in pieces(text):
            found += _piece_tokens(piece, found)
            if len(found) >= MAX_TOKENS:
                return [*found[: MAX_TOKENS - 1], BREAK]
        if found and found[-1] != BREAK:
            found.append(BREAK)
    return found


def _piece_tokens(piece: Piece, before: list[str]) -> list[str]:
    if piece.kind == "gap":
        return [] if piece.text.isspace() or not before or before[-1] == BREAK else [BREAK]
    if piece.kind == "syllables":
        return pairs(piece.text)
    return [stem(piece.text) if piece.kind == "letters" else piece.text]
