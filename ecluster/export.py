"""Exactly the rows shown, as a file: `?format=csv` or `?format=xlsx`."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from tempfile import TemporaryFile
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

FORMATS = ("csv", "xlsx")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK_ROWS = 1000
# A cell that begins so is a formula to a spreadsheet, and somebody else's text must not become one.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """`value` is a function of the row, or the dotted path of an attribute."""

    heading: str | Promise
    value: Callable[[Any], Any] | str

    def of(self, row: Any) -> Any:
        return self.value(row) if callable(self.value) else attrgetter(self.value)(row)


def wants_export(request: HttpRequest) -> str | None:
    """The format asked for, if one is; a format that isn't made is a 404."""
    wanted = request.GET.get("format")
    if wanted and wanted not in FORMATS:
        raise Http404
    return wanted or None


def export(rows: Iterable, columns: list[Column], name: str, format: str) -> StreamingHttpResponse:
    """`rows` (a QuerySet is read in chunks) as a download called `name`, in the language and zone of the request."""
    lines = _lines(rows, columns)
    if format == "xlsx":
        return FileResponse(_workbook(lines), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    response = StreamingHttpResponse(_in_this_language(_csv(lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return response


def _lines(rows: Iterable, columns: list[Column]) -> Iterator[list[Any]]:
    yield [_cell(str(column.heading)) for column in columns]
    for row in rows.iterator(CHUNK_ROWS) if isinstance(rows, QuerySet) else rows:
        yield [_cell(column.of(row)) for column in columns]


def _cell(value: Any) -> Any:
    """What a sheet can hold: numbers and dates as such, all else as text that is never a formula."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case int() | float() | Decimal():
            return value
        case datetime():
            return timezone.localtime(value).replace(tzinfo=None, microsecond=0) if value.tzinfo else value
        case date():
            return value
        case list() | tuple() | set() | frozenset():
            return _escaped("; ".join(map(str, value)))
        case _:
            return _escaped(str(value))


def _escaped(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _csv(lines: Iterator[list[Any]]) -> Iterator[str]:
    """In pieces of many rows, the first with the mark by which Excel knows UTF-8."""
    piece = _Piece("\ufeff")
    writer = csv.writer(piece)
    while chunk := list(islice(lines, CHUNK_ROWS)):
        writer.writerows(chunk)
        yield piece.take()


class _Piece:
    """What `csv.writer` writes to, until it is taken."""

    def __init__(self, start: str) -> None:
        self._texts = [start]

    def write(self, text: str) -> None:
        self._texts.append(text)

    def take(self) -> str:
        text = "".join(self._texts)
        self._texts.clear()
        return text


def _in_this_language(pieces: Iterator[str]) -> Iterator[str]:
    """A streamed answer is made after the middleware that set language and zone has left."""
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def next_piece() -> str | None:
        with translation.override(language), timezone.override(zone):
            return next(pieces, None)

    return iter(next_piece, None)


def _workbook(lines: Iterator[list[Any]]):
    from openpyxl import Workbook  # heavy: imported where used
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for line in lines:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", v) if isinstance(v, str) else v for v in line])
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    book.save(file)
    file.seek(0)
    return file
