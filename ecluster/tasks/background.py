"""Work that is done after the request: declared with `@background()`, run by `manage.py run_worker`.

    @background(attempts=5)
    def rebuild_index(kind: str) -> None: ...

    rebuild_index.enqueue("organisation")

The queue is a table of the same database, so enqueueing is part of the caller's transaction. Arguments are JSON.
A task may run twice (its worker may die when it is almost done): write it so that the second time changes nothing.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.base import Task


@dataclass(frozen=True)
class Retry:
    """How often a task is tried, and how long it waits after its first failure; then twice as long each time."""

    attempts: int = 5
    wait: timedelta = timedelta(seconds=30)

    def wait_after(self, attempts_made: int) -> timedelta:
        return self.wait * 2 ** (attempts_made - 1)


_retries: dict[str, Retry] = {}


def background(*, attempts: int = Retry.attempts, wait: timedelta = Retry.wait) -> Callable[[Callable], Task]:
    def declare(function: Callable) -> Task:
        declared = task(function)
        _retries[declared.module_path] = Retry(attempts, wait)
        return declared

    return declare


def retry_of(task_path: str) -> Retry:
    """As the task declares it; a task that the code no longer has gets the usual attempts, in case it comes back."""
    with suppress(ImportError):
        import_string(task_path)  # its module may not have been loaded yet: loading it declares its tasks
    return _retries.get(task_path, Retry())
