"""Content on disk, kept in step with the rows that name it."""

import weakref
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ecluster.files.models import StoredFile

# A blob this young may belong to a transaction that has not committed yet.
SETTLED_AFTER = timedelta(minutes=5)


def delete(paths: Iterable[str]) -> None:
    for path in paths:
        default_storage.delete(path)


class _KeptOnCommit:
    """Deletes blobs unless the transaction that wrote them commits.

    Django forgets the on-commit callables of a transaction (or savepoint) that is rolled back. Nobody else holds
    this one, so it ends there, and its blobs with it.
    """

    def __init__(self, paths: list[str]) -> None:
        self._rollback = weakref.finalize(self, delete, paths)

    def __call__(self) -> None:
        self._rollback.detach()


def keep_on_commit(paths: Iterable[str | None]) -> None:
    transaction.on_commit(_KeptOnCommit([path for path in paths if path]))


def delete_on_commit(paths: Iterable[str | None]) -> None:
    doomed = [path for path in paths if path]
    transaction.on_commit(lambda: delete(doomed))


def orphans(settled_after: timedelta = SETTLED_AFTER) -> Iterator[str]:
    """Paths that no row names: left by a process killed in mid-transaction, or by a record that was deleted."""
    settled = timezone.now() - settled_after
    on_disk = {path for path in _on_disk() if default_storage.get_modified_time(path) <= settled}
    rows = StoredFile.objects.values_list("blob", "thumbnail").iterator()
    yield from sorted(on_disk.difference(path for row in rows for path in row))


def _on_disk(folder: str = "") -> Iterator[str]:
    if not default_storage.exists(folder):  # nothing was ever stored
        return
    folders, files = default_storage.listdir(folder)
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in files)
    for name in folders:
        yield from _on_disk(prefix + name)
