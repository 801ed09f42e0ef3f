"""One line of the table of actions: what it is, whose, and of what it is tried."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.site.town import Town


@dataclass(frozen=True)
class Case:
    action: Callable
    whose: set[str]
    of: Callable[[Town], dict]
