"""Which column of the sheet is which: guessed from its headings, adjusted by the person, remembered for next time."""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from ecluster.sheets import Sheet, UnreadableSheet
from members.importing.cells import Parser, plain, text_of
from members.importing.columns import Column, Kind
from members.importing.vocabulary import Vocabulary

LEAVE_BLANK = "-"
SAMPLES, DISTINCT = 3, 100


@dataclass
class Mapping:
    """`headings`: column -> heading. `fixed`: column -> the text where the sheet has none. `meanings`: column ->
    {word of the sheet: what it stands for}. `lenient`: columns whose unknown words are left out."""

    headings: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    meanings: dict[str, dict[str, str]] = field(default_factory=dict)
    lenient: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def text(self, column: Column, cells: dict[str, str]) -> str:
        """What a row of the sheet says in `column`."""
        text = text_of(cells.get(self.headings.get(column.key, ""), ""))
        text = self.meanings.get(column.key, {}).get(text) or text
        return self.fixed.get(column.key, "") if text in ("", LEAVE_BLANK) else text


@dataclass(frozen=True)
class Heading:
    """A column of a sheet; `values`: the words in it with how often each occurs, where those are not too many."""

    heading: str
    samples: list[str]
    values: dict[str, int]


def headings_of(sheet: Sheet) -> list[Heading]:
    """The named columns. Raises UnreadableSheet where two have the same name, or there is nothing below."""
    _check_headings(sheet)
    columns = zip(*sheet.rows, strict=True)
    return [_heading(name, cells) for name, cells in zip(sheet.header, columns, strict=True) if name]


def headings_key(headings: list[str]) -> str:
    """The same for the same headings in any order."""
    return hashlib.sha256(json.dumps(sorted(map(plain, headings))).encode()).hexdigest()


def guess(kind: Kind, headings: list[Heading], vocabulary: Vocabulary) -> Mapping:
    mapping = Mapping()
    by_name = {plain(heading.heading): heading for heading in reversed(headings)}
    for column in kind.columns:
        found = (by_name[name] for name in _names(column) if name in by_name)
        fitting = (heading for heading in found if not column.fits or column.fits(heading.values, vocabulary))
        if heading := next(fitting, None):
            mapping.headings[column.key] = heading.heading
    return mapping


def understood(parse: Parser, at_least: float):
    """A `fits` for columns: at least this share of the cells means something."""

    def fits(values: dict[str, int], vocabulary: Vocabulary) -> bool:
        known = sum(count for word, count in values.items() if meaning(parse, word, vocabulary))
        return bool(values) and known >= at_least * sum(values.values())

    return fits


def meaning(parse: Parser, word: str, vocabulary: Vocabulary) -> Any:
    try:
        return parse(word, vocabulary)
    except ValidationError:
        return None


def _check_headings(sheet: Sheet) -> None:
    twice = [name for name, times in Counter(name for name in sheet.header if name).items() if times > 1]
    if twice:
        raise UnreadableSheet(_("Two columns are called “%(name)s”. Give each its own heading.") % {"name": twice[0]})
    if not any(sheet.header):
        raise UnreadableSheet(_("The first row has no headings."))
    if not sheet.rows:
        raise UnreadableSheet(_("The sheet has headings, but no rows below them."))


def _heading(name: str, cells: tuple[str, ...]) -> Heading:
    counts = Counter(text for text in map(text_of, cells) if text)
    samples = [text[:80] for text in list(counts)[:SAMPLES]]
    return Heading(name, samples, dict(counts.most_common(DISTINCT)))


def _names(column: Column) -> list[str]:
    """What the column is called on screen comes first; headings of our own exports are among the synonyms."""
    names = [column.key]
    for language in ("en", "ko"):
        with translation.override(language):
            names += map(str, (column.label, *column.synonyms))
    return [plain(name) for name in names]
