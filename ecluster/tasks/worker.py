"""The worker process: does what is in the queue, and beside it keeps the pulse."""

import logging
import os
import socket
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connections, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from ecluster.tasks import recovery, schedule
from ecluster.tasks.models import SILENCE_OF_THE_DEAD, Heartbeat

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_BEATS = 5
SECONDS_BETWEEN_ROUNDS = 20


class PortalWorker(Worker):
    """django-tasks-db's worker, which tries again what failed."""

    def __init__(self, *, batch: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0.5,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=new_worker_id(),
            excluded_queue_names=[],
        )

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED and not recovery.retry_later(db_task_result.pk):
            logger.error("Task %s %s failed for good", db_task_result.task_path, db_task_result.pk)


class Pulse(threading.Thread):
    """Beats while the worker lives, even during a long task; on its rounds it looks after the dead and the schedule."""

    def __init__(self, worker_id: str, *, silence: timedelta = SILENCE_OF_THE_DEAD) -> None:
        super().__init__(daemon=True, name="pulse")
        self.worker_id, self.silence = worker_id, silence
        self.stopped = threading.Event()
        self.next_round = 0.0

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                close_old_connections()
                self.beat()
            except DatabaseError:
                # The next beat may find the database again; until then the world may take this worker for dead.
                logger.exception("The worker's heartbeat missed a beat")
            self.stopped.wait(SECONDS_BETWEEN_BEATS)
        connections.close_all()

    def beat(self) -> None:
        Heartbeat.objects.update_or_create(worker_id=self.worker_id, defaults={"beat_at": timezone.now()})
        if time.monotonic() >= self.next_round:
            self.next_round = time.monotonic() + SECONDS_BETWEEN_ROUNDS
            recovery.take_over_from_the_dead(self.silence)
            schedule.enqueue_what_is_due()

    def stop(self) -> None:
        self.stopped.set()
        self.join(SECONDS_BETWEEN_BEATS)
        Heartbeat.objects.filter(worker_id=self.worker_id).delete()


def new_worker_id() -> str:
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(8)}"


def work_off() -> None:
    """Does all that is ready in the queue, in this process and on its connection, and returns."""
    worker = PortalWorker()
    while row := _claimed(worker.worker_id):
        worker.run_task(row)


@transaction.atomic
def _claimed(worker_id: str) -> DBTaskResult | None:
    row = DBTaskResult.objects.ready().get_locked()
    if row is not None:
        row.claim(worker_id)
    return row
