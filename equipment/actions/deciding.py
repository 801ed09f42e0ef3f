"""The keepers decide on requests: whoever is approved first has the time."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.permissions import Permission
from ecluster.workflow import WrongStatus, move
from equipment import notices
from equipment.actions._machine import check, lock_with_machine, one_transaction, price_for, record_override
from equipment.errors import wants_reason
from equipment.models import Booking
from equipment.policy import held


def approve(*, booking: Booking, by, note: str = "", override_reason: str = "") -> Booking:
    """Everything is checked again, for much may have happened since. Other requests for the time are declined."""
    with one_transaction(booking.equipment, booking.person, booking.starts_at, booking.ends_at):
        lock_with_machine(booking)
        _check_step(booking, "approve", by)
        person, wish = booking.person, {"by": by, "override_reason": override_reason}
        set_aside = check(
            booking.equipment,
            person,
            booking.starts_at,
            booking.ends_at,
            is_operated=booking.is_operated,
            ignoring=booking,
            **wish,
        )
        held_from, held_until = held(booking.equipment, booking.starts_at, booking.ends_at)
        facts = {"held_from": held_from, "held_until": held_until, "decision_note": note.strip()}
        if set_aside:
            facts["override_reason"] = override_reason.strip()
        move(booking, "approve", by=by, reason=note.strip(), **facts, **price_for(person, booking.equipment))
        record_override(booking, set_aside, by=by, reason=override_reason)
        _decline_overlapping(booking, by=by)
        notices.decided(booking, "approve", note=note)
    return booking


@transaction.atomic
def decline(*, booking: Booking, by, reason: str) -> Booking:
    """The person reads `reason`, and which other times are free."""
    reason = wants_reason(reason)
    lock_with_machine(booking)
    _check_step(booking, "decline", by)
    move(booking, "decline", by=by, reason=reason, decision_note=reason)
    notices.decided(booking, "decline", note=reason)
    return booking


def _check_step(booking: Booking, action: str, by) -> None:
    require(by, Permission.KEEP_EQUIPMENT, booking.equipment)
    if booking.STATUS_TABLE.find(action, booking.status) is None:
        raise WrongStatus(booking, action)


def _decline_overlapping(booking: Booking, *, by) -> None:
    others = booking.equipment.bookings.requested().touching(booking.held_from, booking.held_until)
    for other in others.select_related("person"):
        with translation.override(other.person.language):
            note = _("Another request for this time was approved.")
        other.equipment = booking.equipment
        move(other, "lose", by=by, reason=note, decision_note=note)
        notices.decided(other, "decline", note=note)
