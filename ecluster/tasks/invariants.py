"""What must be true of the background work."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

LONGEST_WAIT = timedelta(hours=1)


def check() -> Iterator[str]:
    """A task that nobody takes up, and a task that failed for good, both need a person to look."""
    overdue = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - LONGEST_WAIT)
    for row in overdue.filter(run_after__lt=timezone.now() - LONGEST_WAIT):
        yield f"Task {row.task_path} {row.pk} is due since {row.run_after:%Y-%m-%d %H:%M} and no worker took it up."
    for row in DBTaskResult.objects.failed():
        yield f"Task {row.task_path} {row.pk} failed after {len(row.worker_ids)} attempts: {row.exception_class_path}."
