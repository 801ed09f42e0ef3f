"""`manage.py run_worker`: does the background work until it is told to stop."""

from datetime import timedelta

from django.core.management.base import BaseCommand

from ecluster.tasks.models import SILENCE_OF_THE_DEAD
from ecluster.tasks.worker import PortalWorker, Pulse


class Command(BaseCommand):
    help = "Runs queued tasks, the schedule, and what dead workers left; several may run beside each other."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--batch", action="store_true", help="Do what is ready now, then exit.")
        parser.add_argument(
            "--silence",
            type=float,
            default=SILENCE_OF_THE_DEAD.total_seconds(),
            help="Seconds after which a silent worker is taken for dead (default: %(default)s).",
        )

    def handle(self, *args, batch: bool, silence: float, **options) -> None:
        worker = PortalWorker(batch=batch)
        pulse = Pulse(worker.worker_id, silence=timedelta(seconds=silence))
        worker.configure_signals()
        pulse.beat()
        pulse.start()
        try:
            worker.run()
        finally:
            pulse.stop()
