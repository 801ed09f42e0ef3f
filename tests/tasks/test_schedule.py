"""Tasks that come round."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from ecluster.tasks import schedule
from ecluster.tasks.models import ScheduledTask

PATH = "ecluster.tasks.housekeeping.forget_what_is_done"


def seoul(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("rule", "last", "due"),
    [
        ("every 10 minutes", seoul(1, 12), seoul(1, 12, 10)),
        ("daily at 07:00", seoul(1, 6, 59), seoul(1, 7)),
        ("daily at 07:00", seoul(1, 7), seoul(2, 7)),
        ("daily at 07:00", datetime(2026, 3, 1, 22, 30, tzinfo=UTC), seoul(3, 7)),
    ],
)
def test_when_a_task_is_due_again(rule, last, due):
    assert schedule.next_due(rule, last) == due


def test_a_rule_that_nobody_understands_is_refused():
    with pytest.raises(ValueError, match="not “weekly”"):
        schedule.next_due("weekly", seoul(1, 7))


def test_every_task_of_the_schedule_exists_and_has_a_rule_that_is_understood():
    for path, rule in settings.SCHEDULE.items():
        assert isinstance(import_string(path), Task)
        assert schedule.next_due(rule, seoul(1, 7)) > seoul(1, 7)


@pytest.mark.django_db
class TestEnqueueing:
    @pytest.fixture(autouse=True)
    def one_task(self, settings):
        settings.SCHEDULE = {PATH: "every 10 minutes"}

    def last_time(self, minutes_ago: int) -> None:
        ScheduledTask.objects.update(last_enqueued_at=timezone.now() - timedelta(minutes=minutes_ago))

    def test_a_task_that_is_new_in_the_schedule_waits_its_first_turn(self):
        assert schedule.enqueue_what_is_due() == []

    def test_a_task_that_is_due_is_enqueued_once_however_often_one_asks(self):
        schedule.enqueue_what_is_due()
        self.last_time(minutes_ago=11)
        assert [schedule.enqueue_what_is_due(), schedule.enqueue_what_is_due()] == [[PATH], []]
        assert list(DBTaskResult.objects.values_list("task_path", flat=True)) == [PATH]

    def test_what_was_missed_while_no_worker_ran_is_made_up_for_once(self):
        schedule.enqueue_what_is_due()
        self.last_time(minutes_ago=24 * 60)
        schedule.enqueue_what_is_due()
        assert schedule.enqueue_what_is_due() == []


@pytest.mark.django_db
def test_what_is_done_is_forgotten_after_a_week_and_failures_after_three_months(run_tasks):
    task = import_string(PATH)
    now = timezone.now()
    for status, days in [("SUCCESSFUL", 6), ("SUCCESSFUL", 8), ("FAILED", 89), ("FAILED", 91)]:
        row = DBTaskResult.objects.get(pk=task.enqueue().id)
        DBTaskResult.objects.filter(pk=row.pk).update(status=status, finished_at=now - timedelta(days=days))
    task.func()
    kept = sorted((now - row.finished_at).days for row in DBTaskResult.objects.all())
    assert kept == [6, 89]
