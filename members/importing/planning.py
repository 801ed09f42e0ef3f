"""From a sheet and its mapping to what each row would change. Nothing is written here."""

from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ecluster.sheets import Sheet
from members.importing.cells import UnknownWords
from members.importing.columns import Column, Kind
from members.importing.mapping import Mapping
from members.importing.rows import Row, in_words
from members.importing.vocabulary import Vocabulary

CHUNK = 250
Tell = Callable[[int, int], None]  # (done, total)


class Plan:
    """`rows` in the order of the sheet."""

    def __init__(self, kind: Kind, sheet: Sheet, mapping: Mapping, *, by, tell: Tell) -> None:
        self.kind, self.planner = kind, kind.planner(kind, by)
        self.rows = list(_parsed(kind, sheet, mapping))
        for row in self.rows:
            row.label = self.planner.label(row)
        self.planner.match(self.rows)
        for start in range(0, len(self.rows), CHUNK):
            chunk = self.rows[start : start + CHUNK]
            self.planner.compare([row for row in chunk if not row.problems])
            for row in chunk:
                row.decide()
            tell(start + len(chunk), len(self.rows))


def _parsed(kind: Kind, sheet: Sheet, mapping: Mapping) -> Iterator[Row]:
    vocabulary = Vocabulary()
    for number, cells in sheet.numbered():
        row = Row(number)
        by_heading = dict(zip(sheet.header, cells, strict=True))
        for column in kind.columns:
            _read(column, mapping, by_heading, row, vocabulary)
        _check_needed(kind, row)
        yield row


def _read(column: Column, mapping: Mapping, cells: dict[str, str], row: Row, vocabulary: Vocabulary) -> None:
    text = mapping.text(column, cells)
    try:
        value = column.parse(text, vocabulary) if text else None
    except UnknownWords as error:
        if column.key not in mapping.lenient:
            return row.is_wrong(in_words(error), str(column.label))
        value = error.known
    except ValidationError as error:
        return row.is_wrong(_quoting(text, in_words(error)), str(column.label))
    if value is not None and value not in ("", []):
        row.values[column.key] = value
    return None


def _quoting(text: str, reason: str) -> str:
    """A reason that names the cell's text, so that it can be found and put right."""
    return reason if text in reason else _("“%(text)s”: %(reason)s") % {"text": text[:80], "reason": reason}


def _check_needed(kind: Kind, row: Row) -> None:
    wrong = {column for column, _reason in row.problems}
    for column in kind.columns:
        if column.is_required and column.key not in row.values and str(column.label) not in wrong:
            row.is_wrong(_("This is needed, and the cell is blank."), str(column.label))
    if kind.one_of and not any(key in row.values for key in kind.one_of):
        columns = [str(kind.column(key).label) for key in kind.one_of]
        if not wrong.intersection(columns):
            row.is_wrong(_("One of these is needed: %(columns)s.") % {"columns": ", ".join(columns)}, columns[0])
