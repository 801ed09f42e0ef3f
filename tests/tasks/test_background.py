"""A task is done after the commit, tried again when it fails, and told of when it failed for good."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ecluster.tasks import invariants
from tests.tasks import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(tmp_path):
    return tmp_path / "notes"


def no_longer_wait() -> None:
    DBTaskResult.objects.update(run_after=timezone.now())


def test_a_task_is_done_by_the_worker_and_not_by_who_enqueues_it(notes, run_tasks):
    jobs.write.enqueue(str(notes), "hello")
    assert not notes.exists()
    run_tasks()
    assert notes.read_text() == "hello\n"


def test_a_task_of_a_transaction_that_failed_is_never_done(notes, run_tasks):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.write.enqueue(str(notes), "hello")
        raise ZeroDivisionError
    run_tasks()
    assert not notes.exists()


def test_a_task_that_fails_waits_and_is_tried_again(notes, run_tasks):
    before = timezone.now()
    jobs.fail.enqueue(str(notes), times=1)
    run_tasks()
    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids)) == ("READY", 1)
    assert timedelta(seconds=59) < row.run_after - before < timedelta(seconds=90)
    no_longer_wait()
    run_tasks()
    row.refresh_from_db()
    assert (row.status, notes.read_text()) == ("SUCCESSFUL", "tried\ntried\n")


def test_each_wait_is_twice_the_one_before(notes, run_tasks):
    jobs.fail.enqueue(str(notes), times=9)
    run_tasks()
    no_longer_wait()
    before = timezone.now()
    run_tasks()
    assert timedelta(seconds=119) < DBTaskResult.objects.get().run_after - before < timedelta(seconds=150)


def test_a_task_that_failed_at_every_attempt_stays_failed_and_is_told_of(notes, run_tasks, capsys):
    jobs.fail.enqueue(str(notes), times=9)
    for _ in range(5):
        run_tasks()
        no_longer_wait()
    row = DBTaskResult.objects.get()
    assert (row.status, notes.read_text().count("tried")) == ("FAILED", 3)
    assert list(invariants.check()) == [
        f"Task tests.tasks.jobs.fail {row.pk} failed after 3 attempts: builtins.ConnectionError."
    ]
    call_command("failed_tasks")
    assert "ConnectionError: the other side is not there" in capsys.readouterr().out


def test_failed_tasks_get_another_chance_when_somebody_asks(notes, run_tasks):
    jobs.fail.enqueue(str(notes), times=3)
    for _ in range(3):
        run_tasks()
        no_longer_wait()
    call_command("failed_tasks", "--retry")
    run_tasks()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_task_that_nobody_takes_up_is_told_of():
    jobs.write.enqueue("nowhere", "hello")
    DBTaskResult.objects.update(
        enqueued_at=timezone.now() - timedelta(hours=3), run_after=timezone.now() - timedelta(hours=2)
    )
    (problem,) = invariants.check()
    assert problem.endswith("and no worker took it up.")
