"""`manage.py failed_tasks`: what failed for good, and another chance for it once the cause is mended."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


class Command(BaseCommand):
    help = "Lists the tasks that failed for good; --retry puts them back into the queue with all their attempts."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--retry", action="store_true")

    def handle(self, *args, retry: bool, **options) -> None:
        for row in DBTaskResult.objects.failed().order_by("finished_at"):
            arguments = row.args_kwargs["args"] + sorted(row.args_kwargs["kwargs"].items())
            last_line = row.traceback.strip().splitlines()[-1]
            self.stdout.write(f"{row.finished_at:%Y-%m-%d %H:%M} {row.task_path} {arguments} {last_line}")
        if retry:
            again = DBTaskResult.objects.failed().update(
                status=TaskResultStatus.READY, worker_ids=[], run_after=timezone.now()
            )
            self.stdout.write(f"{again} tasks are in the queue again.")
