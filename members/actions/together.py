"""Changing many organisations in one transaction: what follows from each change is done once for all, at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ecluster.search import engine as search
from members import completeness
from members.models import Organisation
from members.profiles import profile_of

CHUNK = 250
_waiting: ContextVar[set[int] | None] = ContextVar("organisations_to_settle", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Inside, no profile is measured and the search index is told nothing; both are made up for before it ends.

    Use it within a transaction: until it ends, nobody else may see what it has left undone.
    """
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    ids = sorted(waiting)
    for start in range(0, len(ids), CHUNK):
        _settle(ids[start : start + CHUNK])


def is_on() -> bool:
    return _waiting.get() is not None


def put_off(organisation: Organisation) -> bool:
    """Whether the organisation is one of many, to be settled later."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.add(organisation.pk)
    return waiting is not None


def _settle(ids: list[int]) -> None:
    organisations = list(Organisation.objects.with_profile().filter(pk__in=ids))
    for organisation in organisations:
        organisation.completeness = completeness.measure(profile_of(organisation))
    Organisation.objects.bulk_update(organisations, ["completeness"])
    search.index(organisations)
