"""Two addresses for machines: does the process live, and can it serve?"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from ecluster.tasks.models import Heartbeat


@login_not_required
@never_cache
def healthz(request):
    """The process answers; nothing else is asked, so that a slow database makes nobody kill it."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
def readyz(request):
    """Which of the things it stands on are there; the world is told no more than that."""
    answers = {name: _holds(check) for name, check in CHECKS.items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _storage_is_writable() -> bool:
    name = default_storage.save("readyz", ContentFile(b"ready"))
    default_storage.delete(name)
    return True


def _a_worker_is_alive() -> bool:
    return Heartbeat.objects.alive().exists()


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_are_applied,
    "storage": _storage_is_writable,
    "worker": _a_worker_is_alive,
}


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False
