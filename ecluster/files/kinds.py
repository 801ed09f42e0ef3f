"""What a file is, told by its content: its name and what the browser says of it are not believed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO
from zipfile import ZipFile

import filetype
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ecluster.archives import UnreadableArchive, check_contents, open_archive
from ecluster.files import pictures
from ecluster.sheets import UnreadableSheet, decode

OOXML = "application/vnd.openxmlformats-officedocument."


class RefusedFile(ValidationError):
    """A file that isn't taken; the message says why, for the person who uploaded it."""


@dataclass(frozen=True)
class Kind:
    label: str | Promise
    content_type: str = ""
    extensions: tuple[str, ...] = ()  # the first is what a file without a fitting one is given

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


JPEG = Kind("JPEG", "image/jpeg", ("jpg", "jpeg"))
PNG = Kind("PNG", "image/png", ("png",))
WEBP = Kind("WebP", "image/webp", ("webp",))
PDF = Kind("PDF", "application/pdf", ("pdf",))
DOCX = Kind("Word (.docx)", OOXML + "wordprocessingml.document", ("docx",))
XLSX = Kind("Excel (.xlsx)", OOXML + "spreadsheetml.sheet", ("xlsx",))
PPTX = Kind("PowerPoint (.pptx)", OOXML + "presentationml.presentation", ("pptx",))
HWP = Kind("HWP", "application/x-hwp", ("hwp",))
HWPX = Kind("HWPX", "application/hwp+zip", ("hwpx",))
CSV = Kind("CSV", "text/csv", ("csv", "tsv"))
TEXT = Kind(gettext_lazy("plain text"), "text/plain", ("txt",))

IMAGES = (JPEG, PNG, WEBP)
SHEETS = (XLSX, CSV)
DOCUMENTS = (PDF, HWP, HWPX, DOCX, XLSX, PPTX, CSV, TEXT, *IMAGES)

# Recognised so that the person can be told what they have; on nobody's list.
LOCKED = Kind(gettext_lazy("an office file locked with a password"))
OLD_OFFICE = Kind(gettext_lazy("an office file in an old format (.doc, .xls, .ppt)"))
MACROS = Kind(gettext_lazy("an office file with macros"))
WEB_PAGE = Kind(gettext_lazy("a web page, SVG or XML file"))
UNKNOWN = Kind(pgettext_lazy("kind of file", "of an unknown kind"))

_PICTURES = {kind.content_type: kind for kind in IMAGES}
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check(file: IO[bytes], *, name: str, accepted: Sequence[Kind] = DOCUMENTS) -> Kind:
    """The kind of `file`, where it is `accepted` and whole. Raises RefusedFile."""
    kind = recognise(file, name=name)
    if kind not in accepted:
        raise RefusedFile(
            _("This file is %(found)s. Accepted here: %(accepted)s."),
            params={"found": kind.label, "accepted": in_words(accepted)},
            code="wrong_kind",
        )
    if kind.is_picture:
        _check_picture(file)
    elif kind is PDF:
        _check_pdf(file)
    return kind


def in_words(kinds: Sequence[Kind]) -> str:
    return ", ".join(str(kind.label) for kind in kinds)


def recognise(file: IO[bytes], *, name: str) -> Kind:
    file.seek(0)
    head = file.read(8192)
    if head.startswith(_OLE_HEADER):
        return _kind_of_ole(file)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(file)
    if head.startswith(b"%PDF-"):
        return PDF
    guessed = filetype.guess(head)
    if guessed is None:
        return _kind_of_text(file, name)
    return _PICTURES.get(guessed.mime) or _foreign(guessed.extension)


def _foreign(extension: str) -> Kind:
    return Kind(_("of the type “%(extension)s”") % {"extension": extension})


def _kind_of_ole(file: IO[bytes]) -> Kind:
    """OLE is the container of HWP, of Microsoft's old formats and of its encrypted new ones."""
    file.seek(0)
    content = file.read()
    if b"HWP Document File" in content:
        return HWP
    return LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD_OFFICE


def _kind_of_zip(file: IO[bytes]) -> Kind:
    try:
        archive = open_archive(file)
        kind = _kind_by_parts(archive)
        if kind in DOCUMENTS:
            check_contents(archive)
    except UnreadableArchive as error:
        raise RefusedFile(str(error), code="broken") from error
    return kind


def _kind_by_parts(archive: ZipFile) -> Kind:
    names = set(archive.namelist())
    if any(name.endswith("vbaProject.bin") for name in names):
        return MACROS
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
        return HWPX if archive.read("mimetype").strip() == HWPX.content_type.encode() else UNKNOWN
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), _foreign("zip"))


def _kind_of_text(file: IO[bytes], name: str) -> Kind:
    file.seek(0)
    try:
        text = decode(file.read())
    except UnreadableSheet:
        return UNKNOWN
    if text.lstrip().startswith("<"):
        return WEB_PAGE
    return CSV if PurePath(name).suffix.lower().lstrip(".") in CSV.extensions else TEXT


def _check_picture(file: IO[bytes]) -> None:
    try:
        pictures.load(file)
    except pictures.TooManyPixels as error:
        raise RefusedFile(
            _("This picture has too many pixels: at most %(limit)s million are taken."),
            params={"limit": pictures.PIXEL_LIMIT // 1_000_000},
            code="too_many_pixels",
        ) from error
    except pictures.BrokenPicture as error:
        raise RefusedFile(_("This picture is broken: it can’t be opened."), code="broken") from error


def _check_pdf(file: IO[bytes]) -> None:
    """A PDF ends with its end mark; some programs add a little after it."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 64 * 1024))
    if b"%%EOF" not in file.read():
        raise RefusedFile(_("This PDF is broken: its end is missing."), code="broken")
