"""What every test may ask for."""

import os
import shutil
from pathlib import Path

import pytest
from django.test import Client, TransactionTestCase

pytest_plugins = ["tests.browsers"]


@pytest.fixture
def client_for(db):
    """`client_for(user)`: a client in which `user` is signed in."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def run_tasks(db):
    """`run_tasks()`: does all that waits in the queue now, in this process."""
    from ecluster.tasks.worker import work_off

    return work_off


@pytest.fixture
def database_environment(transactional_db) -> dict[str, str]:
    """The environment in which another process finds the test's database and folders."""
    from django.conf import settings
    from django.db import connection

    values = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{values['NAME']}"
    else:
        url = f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
    return os.environ | {
        "DATABASE_URL": url,
        "DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }


@pytest.fixture(autouse=True, scope="session")
def the_audit_trail_can_be_emptied_between_tests():
    """The database refuses that, as it should; between tests that commit, everything must go."""
    from django.db import connection

    from ecluster.audit.append_only import protect, unprotect

    flush = TransactionTestCase._fixture_teardown

    def flush_unprotected(self) -> None:
        unprotect(connection)
        flush(self)
        protect(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_unprotected)
        yield


def pytest_terminal_summary(terminalreporter):
    from tests import browsers

    skipped = terminalreporter.stats.get("skipped", [])
    journeys = sorted({report.nodeid for report in skipped if "journey" in report.keywords})
    if journeys:
        terminalreporter.section("journeys in a browser: not run")
        terminalreporter.write_line("\n".join(journeys))
        terminalreporter.write_line(browsers.HOW_TO_RUN)


def pytest_unconfigure(config):
    made_here = os.environ.get("TEST_RUN_DIR")
    if made_here and "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(Path(made_here), ignore_errors=True)
