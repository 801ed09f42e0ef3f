"""Storing and removing files. Whether `by` may change the target is asked by the action that calls these."""

import hashlib
import re
import unicodedata
from datetime import timedelta
from pathlib import PurePath

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from ecluster.audit.actions import record
from ecluster.files import blobs, kinds, pictures
from ecluster.files.models import NAME_LIMIT, StoredFile
from ecluster.files.querysets import owners


@transaction.atomic
def store(*, upload: UploadedFile, target: models.Model, slot: str = "picture", by) -> StoredFile:
    """Keeps `upload` with `target`. The blob is there before the row is; a rollback takes both.

    Raises RefusedFile where the content is none of the kinds the portal takes, whatever form let it through.
    """
    if type(target) not in owners():
        raise TypeError(f"{type(target).__name__} declares no relation to StoredFile.")
    kind = kinds.check(upload, name=upload.name or "")
    content, thumbnail = _prepared(upload, kind)
    file = StoredFile(
        name=_clean_name(upload.name or "", kind),
        content_type=kind.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        slot=slot,
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        uploaded_by=by if by is not None and by.is_authenticated else None,
    )
    _write(file, content, thumbnail)
    file.save(force_insert=True)
    record(target=target, action="store_file", by=by, changes={slot: ["", file.name]})
    return file


@transaction.atomic
def remove(*, file: StoredFile, by) -> None:
    """Takes `file` from its target; its blob goes when that is certain."""
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    record(target=file.target, action="remove_file", by=by, changes={file.slot: [file.name, ""]})  # type: ignore[arg-type]
    file.delete()
    blobs.delete_on_commit([file.blob.name, file.thumbnail.name])


def sweep(settled_after: timedelta = blobs.SETTLED_AFTER) -> int:
    """Deletes what no row names any more, and says how many that were."""
    paths = list(blobs.orphans(settled_after))
    blobs.delete(paths)
    return len(paths)


def _prepared(upload: UploadedFile, kind: kinds.Kind) -> tuple[bytes, bytes]:
    """What is stored of `upload`, and its thumbnail (blank where it isn't a picture)."""
    if kind.is_picture:
        picture = pictures.load(upload)
        return pictures.encoded(picture, kind.content_type), pictures.thumbnail(picture)
    upload.seek(0)
    return upload.read(), b""


def _write(file: StoredFile, content: bytes, thumbnail: bytes) -> None:
    try:
        file.blob.save("", ContentFile(content), save=False)
        if thumbnail:
            file.thumbnail.save("", ContentFile(thumbnail), save=False)
    finally:
        blobs.keep_on_commit([file.blob.name, file.thumbnail.name])


def _clean_name(name: str, kind: kinds.Kind) -> str:
    """The name as a person would write it, ending as its content does: macOS sends Korean in pieces (NFD)."""
    name = unicodedata.normalize("NFC", name)
    name = re.sub(r"[/\\\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", name).strip(" .")
    path = PurePath(name or "file")
    fits = path.suffix.lower().lstrip(".") in kind.extensions
    suffix = path.suffix if fits else f".{kind.extensions[0]}"
    return path.stem[: NAME_LIMIT - len(suffix)] + suffix
