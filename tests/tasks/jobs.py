"""Background tasks that only tests enqueue; they write what they did into a file, which another process can read."""

import os
import signal
from datetime import timedelta
from pathlib import Path

from ecluster.tasks.background import background


def _note(path: str, word: str) -> int:
    """Adds `word` as a line; answers how many lines there were before."""
    file = Path(path)
    before = file.read_text().splitlines() if file.exists() else []
    file.write_text("\n".join([*before, word]) + "\n")
    return len(before)


@background()
def write(path: str, word: str) -> None:
    _note(path, word)


@background(attempts=3, wait=timedelta(minutes=1))
def fail(path: str, times: int) -> None:
    if _note(path, "tried") < times:
        raise ConnectionError("the other side is not there")


@background(attempts=3)
def take_the_worker_down(path: str, times: int) -> None:
    if _note(path, "begun") < times:
        os.kill(os.getpid(), signal.SIGKILL)
    _note(path, "done")
