"""Reads the spreadsheets that people have: CSV in the encodings they come in, and XLSX. Every cell is text."""

from typing import IO

from ecluster.sheets import csv_sheet, xlsx_sheet
from ecluster.sheets.csv_sheet import decode
from ecluster.sheets.sheet import Sheet, UnreadableSheet

__all__ = ["Sheet", "UnreadableSheet", "decode", "read_sheet"]


def read_sheet(upload: IO[bytes]) -> Sheet:
    """What `upload` holds, told by its content, not by its name. Raises UnreadableSheet with the reason in words."""
    upload.seek(0)
    head = upload.read(8)
    upload.seek(0)
    if head.startswith((b"PK\x03\x04", xlsx_sheet.OLE_HEADER)):
        return xlsx_sheet.read(upload)
    return csv_sheet.read(upload)
