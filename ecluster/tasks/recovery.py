"""What becomes of tasks that failed or whose worker died: tried again later, until their attempts are used up."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ecluster.tasks.background import retry_of
from ecluster.tasks.models import SILENCE_OF_THE_DEAD, Heartbeat

logger = logging.getLogger(__name__)


class WorkerDied(Exception):
    """The task took its worker down with it at every attempt."""


@transaction.atomic
def retry_later(task_id) -> bool:
    """Puts a failed task back into the queue unless it has had its attempts; answers whether it did."""
    row = DBTaskResult.objects.select_for_update().get(pk=task_id)
    retry, attempts = retry_of(row.task_path), len(row.worker_ids)
    if row.status != TaskResultStatus.FAILED or attempts >= retry.attempts:
        return False
    _put_back(row, wait=retry.wait_after(attempts))
    return True


def take_over_from_the_dead(silence: timedelta = SILENCE_OF_THE_DEAD) -> int:
    """Gives the tasks of workers that fell silent back to the queue; answers how many there were."""
    alive = set(Heartbeat.objects.alive(silence).values_list("worker_id", flat=True))
    running = DBTaskResult.objects.running().values_list("pk", "worker_ids")
    orphans = [pk for pk, workers in running if workers[-1] not in alive]
    return sum(_take_over(pk, alive) for pk in orphans)


@transaction.atomic
def _take_over(task_id, alive: set[str]) -> bool:
    row = DBTaskResult.objects.select_for_update().get(pk=task_id)
    if row.status != TaskResultStatus.RUNNING or row.worker_ids[-1] in alive:
        return False
    logger.warning("Worker %s died on task %s %s", row.worker_ids[-1], row.task_path, row.pk)
    if len(row.worker_ids) >= retry_of(row.task_path).attempts:
        row.set_failed(WorkerDied(f"{len(row.worker_ids)} workers died on it."))
    else:
        _put_back(row, wait=timedelta(0))
    return True


def _put_back(row: DBTaskResult, *, wait: timedelta) -> None:
    row.status = TaskResultStatus.READY
    row.run_after = timezone.now() + wait
    row.save(update_fields=["status", "run_after"])
