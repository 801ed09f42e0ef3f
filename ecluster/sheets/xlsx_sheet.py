from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any

from django.utils.translation import gettext as _

from ecluster.archives import UnreadableArchive, open_archive
from ecluster.sheets.sheet import Sheet, UnreadableSheet, to_sheet

OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(file: IO[bytes]) -> Sheet:
    """The first sheet that isn't hidden. Formulas stay text and are not computed."""
    if file.read(len(OLE_HEADER)) == OLE_HEADER:
        raise UnreadableSheet(_("The file is in an old format or locked with a password. Save it as XLSX without one."))
    file.seek(0)
    try:
        open_archive(file)
        file.seek(0)
        return to_sheet(_lines(file))
    except UnreadableArchive as error:
        raise UnreadableSheet(str(error)) from error
    except UnreadableSheet:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise UnreadableSheet(_("The file is broken, or it is not an XLSX workbook.")) from error


def _lines(file: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # heavy: imported where used

    book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), book.worksheets[0])
        sheet.reset_dimensions()  # what the file says of its own size is often wrong
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [_text(value) for value in cells]
    finally:
        book.close()


def _text(value: Any) -> str:
    """A cell as a person would type it: 3 rather than 3.0, dates as 2026-03-01, a formula as =A1+B1."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else format(value, ".15g")
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case _:
            return str(getattr(value, "text", value))  # an array formula keeps its own in `text`
