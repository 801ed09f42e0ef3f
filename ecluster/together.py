"""Many changes in one transaction, an import or the demo: what follows from each is done once for all, at its end."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

Work = Callable[[list], None]

_waiting: ContextVar[dict[Work, set] | None] = ContextVar("put_off_until_the_end", default=None)


def put_off(work: Work, keys: Iterable[Hashable]) -> bool:
    """Whether `work(keys)` is left for later: only inside `together()`, where it is done once for the keys of all."""
    waiting = _waiting.get()
    if waiting is None:
        return False
    waiting.setdefault(work, set()).update(keys)
    return True


@contextmanager
def together() -> Iterator[None]:
    """Inside, profiles are not measured and the search index is told nothing; all of it is made up for at the end.

    One transaction with what it surrounds. Searches inside find what was there before.
    """
    if _waiting.get() is not None:  # the outermost does it all
        yield
        return
    waiting: dict[Work, set] = {}
    token = _waiting.set(waiting)
    try:
        with transaction.atomic():
            yield
            while waiting:  # one work may put off another
                work = next(iter(waiting))
                work(sorted(waiting.pop(work)))
    finally:
        _waiting.reset(token)
