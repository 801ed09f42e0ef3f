"""How far a long import has got, in a small file beside the stored ones.

Not in the database: the load is one transaction, of which nobody else sees anything before its end.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

SECONDS_BETWEEN = 0.4


def teller(batch_id: int) -> Callable[[int, int], None]:
    """`tell(done, total)`, cheap enough to be called for every row."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < SECONDS_BETWEEN:
            return
        last = time.monotonic()
        path = _path(batch_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(f"{done} {total}")
        fresh.replace(path)

    return tell


def told(batch_id: int) -> tuple[int, int] | None:
    """(done, total), None where nothing was told yet."""
    with suppress(OSError, ValueError):
        done, total = map(int, _path(batch_id).read_text().split())
        return done, total
    return None


def forget(batch_id: int) -> None:
    _path(batch_id).unlink(missing_ok=True)


def _path(batch_id: int) -> Path:
    return Path(settings.DATA_DIR) / "progress" / f"import-{batch_id}"
