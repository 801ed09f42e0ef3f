"""A table as text, with its limits and the row numbers that a person sees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 10_000


class UnreadableSheet(Exception):
    """The message says why, for the person who uploaded it."""


@dataclass(frozen=True)
class Sheet:
    """`rows` are as wide as `header` and leave blank rows out; `numbers` says which row of the sheet each one is."""

    header: list[str]
    rows: list[list[str]]
    numbers: list[int]

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        return zip(self.numbers, self.rows, strict=True)


def to_sheet(lines: Iterable[tuple[int, list[str]]]) -> Sheet:
    """A Sheet of (row number, cells); the first row that isn't blank is the header."""
    filled = _filled(lines)
    first = next(filled, None)
    if first is None:
        raise UnreadableSheet(_("The sheet is empty."))
    header = [cell.strip() for cell in first[1]]
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, cells in filled:
        if len(rows) == MAX_ROWS:
            raise UnreadableSheet(_("The sheet has more than %(limit)s rows.") % {"limit": f"{MAX_ROWS:,}"})
        rows.append(_fitted(number, cells, len(header)))
        numbers.append(number)
    return Sheet(header, rows, numbers)


def _filled(lines: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in lines:
        trimmed = _trimmed(cells)
        if trimmed:
            _check_limits(number, trimmed)
            yield number, trimmed


def _trimmed(cells: list[str]) -> list[str]:
    """`cells` without the blank ones at the end."""
    end = next((i for i in range(len(cells), 0, -1) if cells[i - 1].strip()), 0)
    return cells[:end]


def _check_limits(number: int, cells: list[str]) -> None:
    if len(cells) > MAX_COLUMNS:
        raise UnreadableSheet(
            _("Row %(row)s has %(found)s columns; at most %(limit)s are read.")
            % {"row": number, "found": len(cells), "limit": MAX_COLUMNS}
        )
    if any(len(cell) > MAX_CELL for cell in cells):
        raise UnreadableSheet(
            _("Row %(row)s has a cell of more than %(limit)s characters.") % {"row": number, "limit": f"{MAX_CELL:,}"}
        )


def _fitted(number: int, cells: list[str], width: int) -> list[str]:
    if len(cells) > width:
        raise UnreadableSheet(
            _("Row %(row)s has %(found)s cells, but the header has %(width)s.")
            % {"row": number, "found": len(cells), "width": width}
        )
    return cells + [""] * (width - len(cells))
