"""Marks in a shown text what the query found, and nothing that is not shown already."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ecluster.search.terms import Term
from ecluster.search.tokens import Piece, stem, words

_BEFORE = 60  # characters of a snippet before its first mark


def highlight(text: str, terms: Iterable[Term]) -> SafeString:
    """`text`, escaped, with `<mark>` around the words of `terms`."""
    plain = unicodedata.normalize("NFC", text)
    pattern = _pattern(terms)
    if pattern is None:
        return escape(plain)
    marked, end = [], 0
    for found in pattern.finditer(plain):
        marked += [escape(plain[end : found.start()]), "<mark>", escape(found.group()), "</mark>"]
        end = found.end()
    return mark_safe("".join([*marked, escape(plain[end:])]))  # noqa: S308  each piece is escaped


def snippet(text: str, terms: Iterable[Term], length: int = 160) -> SafeString:
    """The part of `text` around the first word that was found, highlighted."""
    terms = list(terms)
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    pattern = _pattern(terms)
    first = pattern.search(plain) if pattern else None
    start = max(0, first.start() - _BEFORE) if first else 0
    cut = plain[start : start + length]
    before, after = "…" if start else "", "…" if start + length < len(plain) else ""
    return highlight(f"{before}{cut}{after}", terms)


def _pattern(terms: Iterable[Term]) -> re.Pattern | None:
    spelt = sorted({_spelt(word) for term in terms for word in words(term.word)}, key=len, reverse=True)
    return re.compile("|".join(spelt), re.IGNORECASE) if spelt else None


def _spelt(word: tuple[Piece, ...]) -> str:
    return r"[\s/-]?".join(_piece(piece) for piece in word)


def _piece(piece: Piece) -> str:
    if piece.kind == "syllables":
        return r"\s?".join(map(re.escape, piece.text))
    if piece.kind == "number":
        return rf"(?<!\d){re.escape(piece.text)}"
    start = _shared_start(piece.text, stem(piece.text))
    return rf"(?<![^\W\d_]){re.escape(start)}[^\W\d_가-힣]*"


def _shared_start(one: str, other: str) -> str:
    return one if other.startswith(one) else _shared_start(one[:-1], other)
