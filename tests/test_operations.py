"""What operators rely on: one command runs everything, production refuses to start unsafely, the demo is built once."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from tests import browsers
from tests.factories.accounts import UserFactory
from tests.on_postgres import free_port

PATIENCE = 60
PRODUCTION = {"DEBUG": "off", "DEMO": "off", "SECRET_KEY": "s" * 30 + "0123456789abcdefghijABCDEFGHIJ", "HTTPS": "on"}


def environment(data: Path, **values: str) -> dict[str, str]:
    """Of a process that knows nothing of this test run but its folder."""
    ours = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return ours | {"DATA_DIR": str(data), "STATIC_ROOT": str(data / "static")} | values


def manage(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def wait_for(condition):
    give_up = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.1)
    return found


class TestProductionSettings:
    def test_the_default_secret_is_refused(self, tmp_path):
        refused = manage(environment(tmp_path, DEBUG="off"), "check")
        assert refused.returncode == 1
        assert "Set SECRET_KEY: with DEBUG off the portal refuses to start" in refused.stderr

    def test_a_demo_is_refused_unless_asked_for_by_name(self, tmp_path):
        refused = manage(environment(tmp_path, **PRODUCTION | {"DEMO": "on"}), "check")
        assert refused.returncode == 1
        assert "DEMO with DEBUG off lets everybody in." in refused.stderr

    def test_every_static_file_that_is_referred_to_exists_and_gets_a_name_by_its_content(self, tmp_path):
        collected = manage(environment(tmp_path, **PRODUCTION), "collectstatic", "--noinput")
        assert collected.returncode == 0, collected.stderr
        names = [path.name for path in (tmp_path / "static" / "css").iterdir()]
        assert any(re.fullmatch(r"base\.[0-9a-f]{12}\.css", name) for name in names)
        assert any(re.fullmatch(r"base\.[0-9a-f]{12}\.css\.br", name) for name in names)

    def test_each_variable_is_read_once_and_stands_in_the_handbook(self):
        source = (settings.BASE_DIR / "ecluster" / "settings.py").read_text()
        names = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source)
        handbook = (settings.BASE_DIR / "docs" / "operations.md").read_text()
        assert len(names) == len(set(names))
        assert [name for name in names if f"`{name}`" not in handbook] == []


class TestRunningThePortal:
    @pytest.fixture
    def portal(self, tmp_path):
        """`portal()`: the address at which `run_portal` answers, and its process."""
        started = []

        def start(port: int) -> subprocess.Popen:
            command = [sys.executable, "manage.py", "run_portal", "--port", str(port)]
            env = environment(tmp_path, DEBUG="on", DEMO="off")
            started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, start_new_session=True))
            wait_for(lambda: answers(port, "/readyz"))
            return started[-1]

        yield start
        for process in started:
            process.terminate()
            process.wait(PATIENCE)

    def test_one_command_starts_web_and_worker_and_stops_both(self, portal):
        port = free_port()
        process = portal(port)
        children = children_of(process)
        assert len(children) == 2
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
        with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            pass

    def test_a_worker_that_dies_is_started_again(self, portal):
        process = portal(free_port())
        before = children_of(process)
        worker = next(pid for pid in before if b"run_worker" in Path(f"/proc/{pid}/cmdline").read_bytes())
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: len(children_of(process) - before) == 1)


def answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def children_of(process: subprocess.Popen) -> set[int]:
    return {int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()}


def build_one_person(progress) -> None:
    progress("people")
    UserFactory(email="manager@demo.ecluster.example")


def build_and_break(progress) -> None:
    UserFactory()
    raise RuntimeError("interrupted")


@pytest.mark.django_db
class TestSeedingTheDemo:
    @pytest.fixture(autouse=True)
    def small_demo(self, settings):
        settings.DEMO = True
        settings.DEMO_BUILDERS = ["tests.test_operations.build_one_person"]

    def test_it_tells_how_far_it_is_and_marks_every_row(self, capsys):
        call_command("seed_demo")
        assert get_user_model().objects.get().is_demo
        assert [line.strip() for line in capsys.readouterr().out.splitlines()] == ["people", "The demo is built (0 s)."]

    def test_it_is_built_once(self):
        call_command("seed_demo")
        with pytest.raises(CommandError, match="This database has the demo already"):
            call_command("seed_demo")

    def test_it_is_not_built_where_its_passwords_would_be_a_danger(self, settings):
        settings.DEMO = False
        with pytest.raises(CommandError, match="set DEMO=on to build it"):
            call_command("seed_demo")

    def test_an_interrupted_build_leaves_nothing_behind(self, settings):
        settings.DEMO_BUILDERS += ["tests.test_operations.build_and_break"]
        with pytest.raises(RuntimeError):
            call_command("seed_demo")
        assert not get_user_model().objects.exists()


def always_wrong():
    yield "Two and two make five."


@pytest.mark.django_db
class TestCheckingInvariants:
    def test_a_database_that_makes_sense(self, capsys):
        call_command("check_invariants")
        assert capsys.readouterr().out == "The database makes sense.\n"

    def test_what_is_wrong_is_told(self, settings, capsys):
        settings.INVARIANTS = ["tests.test_operations.always_wrong"]
        with pytest.raises(CommandError, match="1 problems: Two and two make five"):
            call_command("check_invariants")
        assert capsys.readouterr().out == "Two and two make five.\n"

    def test_every_app_that_has_invariants_is_asked(self):
        apps = [path.parent for path in settings.BASE_DIR.glob("*/invariants.py")]
        apps += [path.parent for path in settings.BASE_DIR.glob("ecluster/*/invariants.py")]
        names = {".".join(app.relative_to(settings.BASE_DIR).parts) for app in apps}
        assert {path.removesuffix(".invariants.check") for path in settings.INVARIANTS} == names


class TestFindingABrowser:
    def test_the_one_that_is_named_is_taken(self, monkeypatch, tmp_path):
        (tmp_path / "chrome").touch()
        monkeypatch.setenv("CHROMIUM", str(tmp_path / "chrome"))
        assert browsers.find_chromium() == str(tmp_path / "chrome")

    def test_a_machine_without_one_is_told_so(self, monkeypatch):
        monkeypatch.delenv("CHROMIUM", raising=False)
        monkeypatch.setenv("PATH", "/nonexistent")
        assert browsers.find_chromium() is None
