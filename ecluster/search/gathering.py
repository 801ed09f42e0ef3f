"""Many changes in one transaction, an import or the demo, indexed once at its end instead of one by one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models, transaction

Gathered = dict[str, set[int]]  # kind -> object ids

_gathered: ContextVar[Gathered | None] = ContextVar("gathered_for_the_index", default=None)


def note(kind: str, rows: Iterable[models.Model]) -> bool:
    """Whether `rows` were noted for later: only inside `gathering()`."""
    gathered = _gathered.get()
    if gathered is None:
        return False
    gathered.setdefault(kind, set()).update(row.pk for row in rows)
    return True


@contextmanager
def gathering() -> Iterator[None]:
    """Inside, `index()` and `remove()` only note what changed; at the end all of it is brought in line at once.

    One transaction with what it surrounds. Searches inside find what was there before.
    """
    from ecluster.search.indexing import bring_in_line

    if _gathered.get() is not None:  # the outermost does it all
        yield
        return
    gathered: Gathered = {}
    token = _gathered.set(gathered)
    with transaction.atomic():
        try:
            yield
        finally:
            _gathered.reset(token)
        for kind, object_ids in gathered.items():
            bring_in_line(kind, sorted(object_ids))
