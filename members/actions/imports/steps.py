"""What a person does with an import: upload, map, load, or discard."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from ecluster.files import actions as files
from ecluster.sheets import UnreadableSheet, read_sheet
from ecluster.workflow import move
from members.actions.imports import work
from members.importing.kinds import kind_of
from members.importing.mapping import Heading, Mapping, guess, headings_key, headings_of
from members.importing.statuses import ImportStatus
from members.importing.vocabulary import Vocabulary
from members.models import Import


@transaction.atomic
def upload(*, by, kind: str, file: UploadedFile) -> Import:
    """Keeps the sheet, with the mapping its headings had the last time, else a guessed one.

    ValidationError at `file` where the sheet can't be read, or has no rows.
    """
    require(by, Permission.IMPORT_DATA)
    try:
        sheet = read_sheet(file)
        headings = headings_of(sheet)
    except UnreadableSheet as error:
        raise ValidationError({"file": str(error)}) from error
    key = headings_key([heading.heading for heading in headings])
    batch = Import.objects.create(
        kind=kind,
        name=(file.name or "")[-200:],
        handled_by=by,
        language=_language(),
        headings=[asdict(heading) for heading in headings],
        headings_key=key,
        mapping=_mapping(kind, key, headings).as_json(),
        total=len(sheet.rows),
    )
    files.store(upload=file, target=batch, slot="sheet", by=by)
    record(target=batch, action="upload_import", by=by, changes={"rows": [None, batch.total]})
    return batch


@transaction.atomic
def set_mapping(*, batch: Import, by, mapping: Mapping) -> None:
    """Says which column is which, and has the preview made in the background."""
    _move(batch, "map", by=by, mapping=mapping.as_json())
    _enqueue_preview(batch)


@transaction.atomic
def preview_again(*, batch: Import, by) -> None:
    """After what is here has changed, or after the background died of it at every attempt."""
    require(by, Permission.IMPORT_DATA)
    if work.is_stuck(batch):
        move(batch, "fail", by=by, failure=_("The background work broke off. Nothing was loaded."))
    _move(batch, "map", by=by)
    _enqueue_preview(batch)


@transaction.atomic
def load(*, batch: Import, by, leave_out_wrong: bool = False) -> None:
    """Has all of it loaded in the background, or none. Raises WrongStatus where that was asked for already.

    `leave_out_wrong`: the rows the preview found wrong stay out, because the person says so.
    """
    _move(batch, "load", by=by, leaves_out_wrong=leave_out_wrong)
    _check_loadable(batch)
    batch.task_id = work.load_rows.enqueue(batch.pk).id
    batch.save(update_fields=["task_id", "updated_at"])


@transaction.atomic
def discard(*, batch: Import, by) -> None:
    """The sheet and what was read of it go; that it was uploaded stays told."""
    _move(batch, "discard", by=by)
    work.erase(batch, by=by)


def _move(batch: Import, action: str, *, by, **values) -> None:
    require(by, Permission.IMPORT_DATA)
    move(batch, action, by=by)
    batch.handled_by, batch.language, batch.failure = by, _language(), ""
    for field, value in values.items():
        setattr(batch, field, value)
    batch.save(update_fields=["handled_by", "language", "failure", "updated_at", *values])


def _check_loadable(batch: Import) -> None:
    if batch.wrong and not batch.leaves_out_wrong:
        raise ValidationError(_("Some rows are wrong: correct the sheet, or say that they are to be left out."))
    if not batch.loadable:
        raise ValidationError(_("There is nothing to load: all of it is here already."))


def _enqueue_preview(batch: Import) -> None:
    batch.task_id = work.make_preview.enqueue(batch.pk).id
    batch.save(update_fields=["task_id", "updated_at"])


def _mapping(kind: str, key: str, headings: list[Heading]) -> Mapping:
    """A person's own of the last sheet with the same headings comes before a guess."""
    last = Import.objects.filter(kind=kind, headings_key=key).exclude(status=ImportStatus.UPLOADED).first()
    there = {heading.heading for heading in headings}
    if last and last.mapping and set(last.mapping["headings"].values()) <= there:
        return Mapping(**last.mapping)
    return guess(kind_of(kind), headings, Vocabulary())


def _language() -> str:
    return (get_language() or "ko")[:2]
