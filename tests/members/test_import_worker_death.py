"""A worker that is killed in the middle of a load leaves nothing of it behind, and another one does it."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ecluster.tasks import recovery
from ecluster.tasks.models import Heartbeat
from members.actions import imports
from members.importing import progress
from members.models import Import, Organisation
from tests.factories.accounts import administrator
from tests.factories.imports import previewed, sheet

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_killed_worker_leaves_nothing_and_another_loads_all(database_environment, run_tasks):
    admin, lines = administrator(), [f"한빛정밀{number},기업" for number in range(800)]
    batch = previewed(admin, sheet("기업명,구분", *lines), run_tasks)
    imports.load(batch=batch, by=admin)
    worker = subprocess.Popen([sys.executable, "manage.py", "run_worker"], env=database_environment)
    until = time.monotonic() + 60
    while progress.told(batch.pk) is None or progress.told(batch.pk)[0] < 10:
        assert time.monotonic() < until, "the load never began"
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert (Import.objects.get().status, Organisation.objects.count()) == ("loading", 0)
    Heartbeat.objects.update(beat_at=timezone.now() - timedelta(hours=1))
    recovery.take_over_from_the_dead()
    run_tasks()
    assert (Import.objects.get().status, Organisation.objects.count()) == ("loaded", 800)


def test_when_the_background_gave_up_a_new_preview_can_be_asked_for(run_tasks):
    admin = administrator()
    batch = previewed(admin, sheet("기업명,구분", "한빛정밀,기업"), run_tasks)
    imports.load(batch=batch, by=admin)
    DBTaskResult.objects.filter(pk=Import.objects.get().task_id).update(status="FAILED")
    batch.refresh_from_db()
    imports.preview_again(batch=batch, by=admin)
    run_tasks()
    batch.refresh_from_db()
    assert (batch.status, batch.added) == ("previewed", 1)
