"""Opens zip archives (every modern office file is one) without letting them unpack beyond reason."""

from typing import IO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

UNPACKED_LIMIT_BYTES = 200 * 1024 * 1024


class UnreadableArchive(Exception):
    """The message says why, for the person who uploaded it."""


def open_archive(file: IO[bytes]) -> ZipFile:
    """The archive in `file`. What it says it unpacks to holds: `zipfile` reads no entry beyond its stated size."""
    try:
        archive = ZipFile(file)
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableArchive(_("The file is broken: it can’t be opened.")) from error
    if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT_BYTES:
        raise UnreadableArchive(
            _("The file unpacks to more than %(limit)s MB.") % {"limit": UNPACKED_LIMIT_BYTES // 1024**2}
        )
    return archive


def check_contents(archive: ZipFile) -> None:
    """Reads every entry against its checksum."""
    try:
        broken = archive.testzip()
    except Exception as error:  # zlib, struct, EOF, encryption: a broken archive breaks in many ways
        raise UnreadableArchive(_("The file is broken: part of it can’t be read.")) from error
    if broken:
        raise UnreadableArchive(_("The file is broken: part of it can’t be read."))
