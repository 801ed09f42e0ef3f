"""What a cell says: parsers from text to a value, or to an error in words."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from members import cleaning

_BLANKS = frozenset({"", "-", "--", "–", "—", ".", "n/a", "na", "null", "none", "없음", "해당없음", "해당 없음"})
# An export of ours marks a cell that a spreadsheet would compute; the mark is no part of what it says.
_MARKED = re.compile(r"'(?=[=+\-@\t\r])")
_SEPARATORS = re.compile(r"[,;/·|、\n]")
_YEAR = re.compile(r"(\d{4})\s*년?(?:\s*[.\-/]\s*\d{1,2}){0,2}(?:\s*\d{1,2}\s*월)?(?:\s*\d{1,2}\s*일)?\.?")
_DAY = re.compile(r"(\d{4})\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})\s*[.일]?(?:\s+00:00(?::00)?)?")
_YES = frozenset({"y", "yes", "true", "1", "o", "○", "예", "네", "v", "✓"})
_NO = frozenset({"n", "no", "false", "0", "x", "×", "아니오", "아니요"})

Parser = Callable[[str, Any], Any]  # (text, vocabulary) -> value


class UnknownWords(ValidationError):
    """Words that the vocabulary doesn't have; `known` is what remains without them."""

    def __init__(self, unknown: list[str], known: Any) -> None:
        self.known = known
        told = ", ".join(f"“{word}”" for word in unknown)
        super().__init__(_("Not known here: %(words)s.") % {"words": told}, code="unknown")


def text_of(cell: str) -> str:
    """The cell without what stands for nothing."""
    text = _MARKED.sub("", cell, count=1) if _MARKED.match(cell) else cell
    text = unicodedata.normalize("NFC", text).strip()
    return "" if text.casefold() in _BLANKS else text


def words_of(text: str) -> list[str]:
    """The parts of a list in one cell, each once."""
    parts = (cleaning.line(part) for part in _SEPARATORS.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def plain(word: str) -> str:
    """A word as it is looked up: without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", word).casefold())


def of_field(model: type[models.Model], name: str, write: Callable[[str], Any] = cleaning.line) -> Parser:
    """As the model's field takes it, once the house has written it."""
    field = model._meta.get_field(name)
    return lambda text, vocabulary: field.clean(write(text), None)  # type: ignore[union-attr]


def whole_number(text: str, vocabulary) -> int:
    digits = re.sub(r"[\s,]|명$|인$", "", text)
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise ValidationError(_("“%(text)s” is no whole number.") % {"text": text})
    return int(digits)


def year(text: str, vocabulary) -> int:
    """2005, 2005년, 2005-03-01."""
    found = _YEAR.fullmatch(text)
    if not found or not 1300 <= int(found[1]) <= timezone.localdate().year:
        raise ValidationError(_("“%(text)s” is no year up to now.") % {"text": text})
    return int(found[1])


def day(text: str, vocabulary) -> date:
    """As `any_day`, of what has happened."""
    value = any_day(text, vocabulary)
    if value > timezone.localdate():
        raise ValidationError(_("This day is yet to come."))
    return value


def any_day(text: str, vocabulary) -> date:
    """2005-03-01, 2005. 3. 1., 2005년 3월 1일."""
    found = _DAY.fullmatch(text)
    try:
        value = date(*map(int, found.groups())) if found else None
    except ValueError:
        value = None
    if value is None:
        raise ValidationError(_("“%(text)s” is no day, for example 2005-03-01.") % {"text": text})
    return value


def yes_or_no(text: str, vocabulary) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValidationError(_("“%(text)s” is neither yes nor no.") % {"text": text})
    return word in _YES


def choice(words: Mapping[Any, tuple[str, ...]]) -> Parser:
    """One of the keys of `words`. Of several words in one cell the first key that any of them means."""
    meanings = {plain(word): key for key, its_words in words.items() for word in (key, *its_words)}

    def parse(text: str, vocabulary) -> str:
        meant = {meanings[plain(part)] for part in (text, *words_of(text)) if plain(part) in meanings}
        if not meant:
            raise UnknownWords([text], None)
        return next(key for key in words if key in meant)

    return parse


def choices(words: Mapping[Any, tuple[str, ...]]) -> Parser:
    """All of the keys of `words` that the cell names."""
    one = choice(words)

    def parse(text: str, vocabulary) -> list[str]:
        return _each(text, lambda word: _or_none(one, word, vocabulary))

    return parse


def term(kind: str) -> Parser:
    def parse(text: str, vocabulary):
        found = vocabulary.term((kind,), text)
        if found is None:
            raise UnknownWords([text], None)
        return found

    return parse


def terms(*kinds: str) -> Parser:
    """Several terms in one cell; the whole cell may be one term with a comma in its name."""

    def parse(text: str, vocabulary) -> list:
        whole = vocabulary.term(kinds, text)
        return [whole] if whole else _each(text, lambda word: vocabulary.term(kinds, word))

    return parse


def industries(text: str, vocabulary) -> list:
    whole = vocabulary.industry(text)
    return [whole] if whole else _each(text, vocabulary.industry)


def mini_clusters(text: str, vocabulary) -> list:
    return _each(text, vocabulary.mini_cluster)


def _each(text: str, find: Callable[[str], Any]) -> list:
    found = {word: find(word) for word in words_of(text)}
    known = list(dict.fromkeys(value for value in found.values() if value is not None))
    unknown = [word for word, value in found.items() if value is None]
    if unknown:
        raise UnknownWords(unknown, known)
    return known


def _or_none(parse: Parser, text: str, vocabulary) -> Any:
    try:
        return parse(text, vocabulary)
    except ValidationError:
        return None
