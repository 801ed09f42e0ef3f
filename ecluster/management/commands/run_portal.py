"""`manage.py run_portal`: the whole portal on one machine, for who wants to try it (`make run`)."""

import signal
import subprocess
import sys
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

SECONDS_TO_STOP = 10


class Command(BaseCommand):
    help = "Migrates, builds the demo in a new database, and runs web server and background worker until Ctrl-C."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, host: str, port: int, **options) -> None:
        self.prepare()
        for farewell in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(farewell, lambda *_: sys.exit(0))
        processes = Processes(web_command(host, port), worker_command())
        try:
            self.welcome(host, port)
            processes.keep_running()
        except KeyboardInterrupt:
            self.tell("\nStopping.")
        finally:
            processes.stop()

    def prepare(self) -> None:
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        self.tell("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if settings.DEMO and not get_user_model().objects.exists():
            self.tell("Building the demo, a minute at most …")
            call_command("seed_demo", stdout=self.stdout)

    def welcome(self, host: str, port: int) -> None:
        self.tell(f"\ne-Cluster is at http://{host}:{port}/  (data in {settings.DATA_DIR}; Ctrl-C stops it)")
        accounts = demo_accounts()
        if accounts:
            self.tell("Demo accounts, all with the password “demo”:")
            for account in accounts:
                self.tell(f"  {account}")
        self.tell("")

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def demo_accounts() -> list[str]:
    people = get_user_model().objects.filter(is_demo=True, email__endswith="@demo.ecluster.example")
    return list(people.order_by("pk").values_list("email", flat=True))


def web_command(host: str, port: int) -> list[str]:
    serve = [sys.executable, "-m", "gunicorn", "ecluster.wsgi", "--bind", f"{host}:{port}"]
    return [*serve, "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"]


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "run_worker"]


class Processes:
    """Web server and background worker: both live or both stop; a worker that dies is started again."""

    def __init__(self, web_command: list[str], worker_command: list[str]) -> None:
        self.worker_command = worker_command
        self.web = self._started(web_command)
        self.worker = self._started(worker_command)

    def keep_running(self) -> None:
        while self.web.poll() is None:
            if self.worker.poll() is not None:
                self.worker = self._started(self.worker_command)
            time.sleep(0.5)
        raise CommandError(f"The web server stopped by itself (code {self.web.returncode}); see above for why.")

    def stop(self) -> None:
        for process in (self.web, self.worker):
            process.terminate()
        for process in (self.web, self.worker):
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()

    def _started(self, command: list[str]) -> subprocess.Popen:
        # Its own session: a Ctrl-C at the terminal reaches this parent alone, which then stops both in order.
        return subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603
