"""What goes with every change of a machine, in its transaction."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.search import engine as search
from equipment.models import Equipment
from members.actions.organisations import ChangedMeanwhile

__all__ = ["ChangedMeanwhile", "finish", "locked", "require_editing"]


def require_editing(by, machine: Equipment) -> None:
    """Its keepers, the owner's managers and coordinators edit a machine; so does who loads data, by the import."""
    if not can(by, Permission.IMPORT_DATA) and not can(by, Permission.EDIT_EQUIPMENT, machine):
        raise PermissionDenied(f"{by} may not edit {machine}")


def locked(machine: Equipment, by, as_of: datetime | None = None) -> Equipment:
    """The machine as it is now, held until the transaction ends, for who may edit it.

    `as_of`: the `updated_at` that the person began from; ChangedMeanwhile where it is another now.
    """
    current = Equipment.objects.select_for_update().get(pk=machine.pk)
    require_editing(by, current)
    if as_of is not None and current.updated_at != as_of:
        raise ChangedMeanwhile
    return current


def finish(current: Equipment, machine: Equipment) -> None:
    """Tells the search index. The passed object is brought up to date."""
    current.save()  # also where a list changed: who edits it elsewhere is told
    search.index([current])
    machine.refresh_from_db()
