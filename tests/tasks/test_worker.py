"""The worker as a process of its own: it lives, is killed, and leaves nothing undone."""

import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ecluster.tasks import recovery
from ecluster.tasks.models import Heartbeat
from tests.tasks import jobs

pytestmark = pytest.mark.django_db(transaction=True)
RUN_WORKER = [sys.executable, "manage.py", "run_worker"]
PATIENCE = 30


def run_worker_to_the_end(environment, *options) -> int:
    done = subprocess.run([*RUN_WORKER, *options], env=environment, cwd=settings.BASE_DIR, timeout=PATIENCE)
    return done.returncode


def wait_until(condition) -> None:
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.05)


def fall_silent() -> None:
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(minutes=3))


def test_a_task_whose_worker_was_killed_is_done_once_by_the_next(database_environment, tmp_path):
    notes = tmp_path / "notes"
    jobs.take_the_worker_down.enqueue(str(notes), times=1)
    assert run_worker_to_the_end(database_environment, "--batch") == -signal.SIGKILL
    assert DBTaskResult.objects.get().status == "RUNNING"
    fall_silent()
    assert run_worker_to_the_end(database_environment, "--batch") == 0
    assert run_worker_to_the_end(database_environment, "--batch") == 0
    assert notes.read_text() == "begun\nbegun\ndone\n"
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_task_that_kills_every_worker_is_given_up(database_environment, tmp_path):
    jobs.take_the_worker_down.enqueue(str(tmp_path / "notes"), times=9)
    for _ in range(3):
        run_worker_to_the_end(database_environment, "--batch")
        fall_silent()
    assert run_worker_to_the_end(database_environment, "--batch") == 0
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "ecluster.tasks.recovery.WorkerDied")


def test_a_task_of_a_worker_that_lives_is_left_to_it():
    row = DBTaskResult.objects.get(pk=jobs.write.enqueue("nowhere", "hello").id)
    row.claim("slow but alive")
    Heartbeat.objects.create(worker_id="slow but alive", beat_at=timezone.now() - timedelta(seconds=90))
    assert recovery.take_over_from_the_dead() == 0
    row.refresh_from_db()
    assert row.status == "RUNNING"


def test_a_worker_beats_while_it_runs_and_takes_its_leave_when_told_to_stop(database_environment, tmp_path):
    notes = tmp_path / "notes"
    worker = subprocess.Popen(RUN_WORKER, env=database_environment, cwd=settings.BASE_DIR)
    with worker:
        try:
            wait_until(Heartbeat.objects.alive().exists)
            jobs.write.enqueue(str(notes), "hello")
            wait_until(notes.exists)
        finally:
            worker.terminate()
        assert worker.wait(PATIENCE) == 0
    assert list(Heartbeat.objects.all()) == []
