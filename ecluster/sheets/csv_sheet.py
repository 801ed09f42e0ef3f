import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import IO

from django.utils.translation import gettext as _

from ecluster.sheets.sheet import Sheet, UnreadableSheet, to_sheet

DELIMITERS = (",", ";", "\t")
SAMPLE_ROWS = 50


def read(file: IO[bytes]) -> Sheet:
    text = decode(file.read())
    return to_sheet(_lines(text, _delimiter_of(text)))


def decode(content: bytes) -> str:
    """Text in UTF-8 (with or without its mark) or, where it isn't that, in the Korean Windows encoding CP949."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UnreadableSheet(_("This is not a text in UTF-8 or CP949. Save the sheet as “CSV UTF-8” or as XLSX."))


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells): a cell may hold several lines, so that rows are counted as a spreadsheet shows them."""
    number = 0
    try:
        for number, cells in enumerate(_reader(text, delimiter), start=1):
            yield number, cells
    except csv.Error as error:
        raise UnreadableSheet(
            _("Row %(row)s can’t be read: a quotation mark is missing or out of place, or a cell is too long.")
            % {"row": number + 1}
        ) from error


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _delimiter_of(text: str) -> str:
    """The one by which most of the first rows are as wide as the header; the wider the better. Else the comma."""
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(cells) for cells in islice(_reader(text, delimiter), SAMPLE_ROWS) if cells]
    except csv.Error:
        return 0, 0
    if not widths or widths[0] < 2:
        return 0, 0
    return widths.count(widths[0]) / len(widths), widths[0]
