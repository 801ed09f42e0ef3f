"""What must hold among imports: told in sentences by `manage.py check_invariants`."""

from collections.abc import Iterator

from django.db.models import Count, F
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from members.importing.statuses import ImportStatus
from members.models import Import

_TOLD = [ImportStatus.PREVIEWED, ImportStatus.LOADING, ImportStatus.LOADED]
_UNDER_WAY = [ImportStatus.MAPPED, ImportStatus.LOADING]


def check() -> Iterator[str]:
    yield from _rows()
    yield from _loads_of_nothing()
    yield from _abandoned()


def _rows() -> Iterator[str]:
    """Rows go with the sheet; until then there are as many as the preview counted."""
    kept = Import.objects.filter(status__in=_TOLD, files__isnull=False).annotate(
        with_rows=Count("rows", distinct=True), with_counted=F("wrong") + F("added") + F("changed") + F("unchanged")
    )
    for batch in kept.exclude(with_rows=F("with_counted")):
        yield f"Import {batch.pk} counts {batch.with_counted} rows and keeps {batch.with_rows}."


def _loads_of_nothing() -> Iterator[str]:
    for batch in Import.objects.filter(status=ImportStatus.LOADED, added=0, changed=0):
        yield f"Import {batch.pk} is loaded, and there was nothing to load."


def _abandoned() -> Iterator[str]:
    """A task that failed for good is told among the tasks."""
    for batch in Import.objects.filter(status__in=_UNDER_WAY):
        if not _has_task(batch) and _still_waits(batch):
            yield f"Import {batch.pk} is {batch.status}, and no task is at work on it."


def _has_task(batch: Import) -> bool:
    done = TaskResultStatus.SUCCESSFUL
    return bool(batch.task_id) and DBTaskResult.objects.filter(pk=batch.task_id).exclude(status=done).exists()


def _still_waits(batch: Import) -> bool:
    """Its task may have ended between the two looks."""
    return Import.objects.filter(pk=batch.pk, status=batch.status, task_id=batch.task_id).exists()
