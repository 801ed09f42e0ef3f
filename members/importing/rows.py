"""The rows of a sheet on their way to becoming changes."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.importing.columns import Kind

Change = tuple[str, str, str]  # column, what is there, what will be


class Outcome(models.TextChoices):
    BAD = "bad", _("wrong")
    ADD = "add", _("to add")
    CHANGE = "change", _("to change")
    SAME = "same", _("unchanged")


@dataclass
class Row:
    """`number`: as the spreadsheet shows it. `values`: by column, the blank ones left out."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)  # (column, reason)
    label: str = ""
    outcome: str = Outcome.SAME
    target_id: int | None = None
    changes: list[Change] = field(default_factory=list)
    remark: str = ""

    def is_wrong(self, reason: str, column: str = "") -> None:
        self.problems.append((column, reason))
        self.outcome = Outcome.BAD

    def decide(self) -> None:
        if self.problems:
            self.outcome = Outcome.BAD
        elif self.target_id is None and not self.remark:
            self.outcome = Outcome.ADD
        else:
            self.outcome = Outcome.CHANGE if self.changes else Outcome.SAME


class Planner(ABC):
    """Knows of one kind which rows are what, and which actions bring them in."""

    def __init__(self, kind: Kind, by) -> None:
        self.kind, self.by = kind, by

    @abstractmethod
    def label(self, row: Row) -> str:
        """What a person calls the row."""

    @abstractmethod
    def match(self, rows: list[Row]) -> None:
        """Finds what each row is about among what the portal has, and rows that are about the same."""

    @abstractmethod
    def compare(self, rows: Iterable[Row]) -> None:
        """Says of each row what it would change."""

    @abstractmethod
    def load(self, row: Row) -> None:
        """Makes the change, by the same actions as the screens."""

    def heading(self, key: str) -> str:
        return str(self.kind.column(key).label)


def digest(rows: Iterable[Row]) -> str:
    """The same as long as the same rows would do the same."""
    told = [[row.number, row.outcome, row.target_id, row.label, row.changes] for row in rows]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def in_words(error: ValidationError) -> str:
    return " ".join(error.messages)
