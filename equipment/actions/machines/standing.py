"""Taking a machine out of use for good, and putting it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.search import engine as search
from ecluster.workflow import move
from equipment.actions.machines._keeping import locked
from equipment.models import Equipment


@transaction.atomic
def retire(*, machine: Equipment, by, reason: str = "") -> None:
    """Nothing can be booked any more. ValidationError while bookings lie ahead: their people are told first."""
    current = locked(machine, by)
    ahead = current.bookings.live().filter(ends_at__gt=timezone.now()).count()
    if ahead:
        raise ValidationError(
            ngettext(
                "%(count)s booking or request still lies ahead: cancel or decline it, so that its person is told.",
                "%(count)s bookings or requests still lie ahead: cancel or decline them, so that their people "
                "are told.",
                ahead,
            )
            % {"count": ahead}
        )
    move(current, "retire" if _edits(by, current) else "load_retired", by=by, reason=reason)
    _told(current, machine)


@transaction.atomic
def reinstate(*, machine: Equipment, by, reason: str = "") -> None:
    """Back into use; what was out of order when it was retired still is."""
    current = locked(machine, by)
    move(current, "reinstate" if _edits(by, current) else "load_working", by=by, reason=reason)
    if current.outages.filter(ends_at=None).exists():
        move(current, "break_down", by=by)
    _told(current, machine)


def _edits(by, machine: Equipment) -> bool:
    return can(by, Permission.EDIT_EQUIPMENT, machine)


def _told(current: Equipment, machine: Equipment) -> None:
    search.index([current])
    machine.refresh_from_db()
