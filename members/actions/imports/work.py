"""What the background does: the preview, and the load that is all or nothing."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ecluster.accounts.access import require
from ecluster.accounts.permissions import Permission
from ecluster.files import actions as files
from ecluster.sheets import Sheet, UnreadableSheet, read_sheet
from ecluster.tasks.background import background
from ecluster.together import together
from ecluster.workflow import move
from members.importing import progress
from members.importing.kinds import kind_of
from members.importing.mapping import Mapping
from members.importing.planning import Plan
from members.importing.rows import Outcome, Row, digest, in_words
from members.importing.statuses import ImportStatus
from members.models import Import, ImportRow

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=90)
_FIELDS = ("number", "outcome", "label", "target_id", "changes", "problems", "remark")


class Refused(Exception):
    """The load can't be; the message says why, and nothing of it was kept."""


@background(attempts=3)
def make_preview(batch_id: int) -> None:
    """Works out what each row would do. Another mapping that comes meanwhile makes it void."""
    batch = Import.objects.filter(pk=batch_id, status=ImportStatus.MAPPED).select_related("handled_by").first()
    if batch is None:
        return
    with translation.override(batch.language):
        try:
            plan = _plan(batch)
        except UnreadableSheet as error:
            move(batch, "fail", by=None, failure=str(error))
        else:
            _keep(batch, plan.rows)
    progress.forget(batch_id)


@background(attempts=3)
def load_rows(batch_id: int) -> None:
    """Once however often it runs; where its worker dies, nothing of it is there and another begins anew."""
    batch = Import.objects.filter(pk=batch_id, status=ImportStatus.LOADING).select_related("handled_by").first()
    if batch is None:
        return
    with translation.override(batch.language):
        reason = _try_to_load(batch)
        if reason:
            move(batch, "fail", by=batch.handled_by, failure=reason)
    progress.forget(batch_id)


@background()
def forget_old_sheets() -> None:
    """What was loaded long ago is in the profiles; the sheets, with whatever else they hold, need not stay."""
    old = Import.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR, files__isnull=False).distinct()
    for batch in old:
        with transaction.atomic():
            erase(batch, by=None)


def is_stuck(batch: Import) -> bool:
    """Whether the background gave up without having been able to say so."""
    if not batch.is_under_way or not batch.task_id:
        return False
    return DBTaskResult.objects.filter(pk=batch.task_id, status=TaskResultStatus.FAILED).exists()


def erase(batch: Import, *, by) -> None:
    for file in batch.files.all():
        files.remove(file=file, by=by)
    batch.rows.all().delete()
    batch.headings = [heading | {"samples": [], "values": {}} for heading in batch.headings]
    batch.save(update_fields=["headings"])


def _try_to_load(batch: Import) -> str:
    """Blank, or why nothing was loaded. A database that is out of reach is left to the next attempt."""
    try:
        with transaction.atomic():
            _load_all(batch)
    except Refused as refusal:
        return str(refusal)
    except PermissionDenied:
        return _("You may not import any more.")
    except UnreadableSheet as error:
        return str(error)
    except IntegrityError as error:
        logger.warning("Import %s: %s", batch.pk, error)
        return _("Somebody changed the same records at the same moment. Nothing was loaded: look at a new preview.")
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Import %s failed", batch.pk)
        return _("An error of the portal’s own stopped it. Nothing was loaded, and the error was written down.")
    return ""


def _load_all(batch: Import) -> None:
    # One import at a time: the next one sees what this one has made.
    held = Import.objects.select_for_update().filter(status=ImportStatus.LOADING).order_by("pk")
    if batch.pk not in [other.pk for other in held]:
        return
    require(batch.handled_by, Permission.IMPORT_DATA)
    plan = _plan(batch)
    if digest(plan.rows) != batch.plan_digest:
        raise Refused(_("What is here has changed since the preview. Nothing was loaded: look at a new preview."))
    wrong = sum(row.outcome == Outcome.BAD for row in plan.rows)
    if wrong and not batch.leaves_out_wrong:
        raise Refused(_("Some rows are wrong. Nothing was loaded."))
    _load_each(plan, [row for row in plan.rows if row.outcome in (Outcome.ADD, Outcome.CHANGE)], batch)
    move(batch, "finish", by=batch.handled_by, loaded_at=timezone.now())


def _load_each(plan: Plan, rows: list[Row], batch: Import) -> None:
    tell = progress.teller(batch.pk)
    with together():
        for done, row in enumerate(rows, start=1):
            try:
                plan.planner.load(row)
            except ValidationError as error:
                told = {"row": row.number, "name": row.label, "reason": in_words(error)}
                raise Refused(_("Row %(row)s (%(name)s): %(reason)s Nothing was loaded.") % told) from error
            tell(done, len(rows))


def _plan(batch: Import) -> Plan:
    kind, mapping = kind_of(batch.kind), Mapping(**batch.mapping)
    return Plan(kind, _sheet(batch), mapping, by=batch.handled_by, tell=progress.teller(batch.pk))


def _sheet(batch: Import) -> Sheet:
    file = batch.files.first()
    if file is None:
        raise UnreadableSheet(_("The sheet is no longer kept: upload it again."))
    with file.blob.open() as content:
        return read_sheet(content)


@transaction.atomic
def _keep(batch: Import, rows: list[Row]) -> None:
    current = Import.objects.select_for_update().get(pk=batch.pk)
    if current.status != ImportStatus.MAPPED or current.mapping != batch.mapping:
        return
    current.rows.all().delete()
    ImportRow.objects.bulk_create(_told(batch, rows), batch_size=500)
    counts: dict[str, Any] = {field: sum(row.outcome == outcome for row in rows) for field, outcome in _COUNTED}
    move(current, "preview", by=batch.handled_by, plan_digest=digest(rows), **counts)


_COUNTED = (
    ("wrong", Outcome.BAD),
    ("added", Outcome.ADD),
    ("changed", Outcome.CHANGE),
    ("unchanged", Outcome.SAME),
)


def _told(batch: Import, rows: Iterable[Row]) -> list[ImportRow]:
    texts = {"label": 300, "remark": 300}
    return [
        ImportRow(
            batch=batch,
            **{f: getattr(row, f)[: texts[f]] if f in texts else getattr(row, f) for f in _FIELDS},
        )
        for row in rows
    ]
