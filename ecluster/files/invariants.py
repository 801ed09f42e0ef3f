"""What must hold between the rows of stored files and what lies on disk."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage

from ecluster.files import blobs
from ecluster.files.models import StoredFile


def check(settled_after: timedelta = blobs.SETTLED_AFTER) -> Iterator[str]:
    yield from (f"Orphan file: no row names {path}." for path in blobs.orphans(settled_after))
    for file in StoredFile.objects.order_by("pk").prefetch_related("target").iterator(chunk_size=500):
        yield from _problems_of(file)


def _problems_of(file: StoredFile) -> Iterator[str]:
    if file.thumbnail.name and not default_storage.exists(file.thumbnail.name):
        yield f"File {file.pk} ({file.name}): its thumbnail is missing."
    if not (file.blob.name and default_storage.exists(file.blob.name)):
        yield f"File {file.pk} ({file.name}): its content is missing."
    elif _sha256(file) != file.sha256:
        yield f"File {file.pk} ({file.name}): its content is not what was stored."
    if file.target is None:
        yield f"File {file.pk} ({file.name}): the record that it hangs on does not exist."


def _sha256(file: StoredFile) -> str:
    with file.blob.open() as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
