"""Status as a table: which action leads from which status to which, and who may take it.

An app's `statuses.py` holds its rows; `move()` is the only thing that writes a status; pages draw their buttons from
the same rows with `open_actions()`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record


@dataclass(frozen=True)
class Transition:
    """One row: `permission` None means that the action itself says who (a token in a mail, the portal's clock)."""

    action: str
    source: str
    target: str
    permission: Permission | None
    label: str | Promise = ""


class WrongStatus(Exception):
    """The action is not in the table for the status the record has now; somebody else may have been quicker."""

    def __init__(self, row: models.Model, action: str) -> None:
        self.row, self.action = row, action
        status = row.get_status_display()  # type: ignore[attr-defined]
        super().__init__(_("This is no longer possible: it is “%(status)s” now.") % {"status": status})


class StatusTable:
    def __init__(self, *rows: Transition) -> None:
        self.rows = rows
        self._by_step = {(row.action, row.source): row for row in rows}
        if len(self._by_step) != len(rows):
            raise ValueError("An action leads from one status to one status only.")

    def find(self, action: str, status: str) -> Transition | None:
        return self._by_step.get((action, status))

    def open_actions(self, row: models.Model, user) -> list[Transition]:
        """What `user` may do with `row` as it stands: its buttons."""
        return [t for t in self._leaving(row.status) if t.permission and can(user, t.permission, row)]  # type: ignore[attr-defined]

    def _leaving(self, status: str) -> Iterable[Transition]:
        return (row for row in self.rows if row.source == status)


def move(row: models.Model, action: str, *, by, reason: str = "", **values) -> None:
    """Takes `row` one step through its model's STATUS_TABLE, sets `values` with it, and records both.

    Locks the row, so that of two who press at once one is told that the other was quicker.
    Raises WrongStatus, or PermissionDenied where the table or the object's rule says no.
    """
    with transaction.atomic():
        locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
        step = locked.STATUS_TABLE.find(action, locked.status)  # type: ignore[attr-defined]
        if step is None:
            raise WrongStatus(locked, action)
        if step.permission and not can(by, step.permission, row):
            raise PermissionDenied(f"{by} may not {action} {row}")
        changes = {"status": [step.source, step.target]}
        row.status = step.target  # type: ignore[attr-defined]
        for field, value in values.items():
            changes[field] = [getattr(locked, field), value]
            setattr(row, field, value)
        row.save(update_fields=["status", "updated_at", *values])
        record(target=row, action=action, by=by, changes=changes, reason=reason)
