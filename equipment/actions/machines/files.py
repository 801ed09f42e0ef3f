"""Photos of a machine, and documents about it: a manual, a certificate of calibration."""

from django.db import transaction

from ecluster.files import actions as files
from ecluster.files.models import StoredFile
from equipment.actions.machines._keeping import locked
from equipment.models import Equipment

PICTURE, DOCUMENT = "picture", "document"


def add_picture(*, machine: Equipment, by, upload) -> StoredFile:
    return _store(machine, by, upload, PICTURE)


def add_document(*, machine: Equipment, by, upload) -> StoredFile:
    return _store(machine, by, upload, DOCUMENT)


@transaction.atomic
def remove_file(*, machine: Equipment, file: StoredFile, by) -> None:
    current = locked(machine, by)
    own = current.attachments.get(pk=file.pk)
    files.remove(file=own, by=by)


@transaction.atomic
def _store(machine: Equipment, by, upload, slot: str) -> StoredFile:
    return files.store(upload=upload, target=locked(machine, by), slot=slot, by=by)
