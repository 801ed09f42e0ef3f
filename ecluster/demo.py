"""Marks what the demo builds, so that a demo row is never taken for a real one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_building: ContextVar[bool] = ContextVar("building_demo", default=False)


def is_building() -> bool:
    return _building.get()


@contextmanager
def building() -> Iterator[None]:
    """Rows made inside are marked `is_demo`; the actions that make them need not know."""
    token = _building.set(True)
    try:
        yield
    finally:
        _building.reset(token)
