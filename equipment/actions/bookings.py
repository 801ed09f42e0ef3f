"""A machine is asked for: held at once, or once its keepers approve."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ecluster.accounts.access import can, require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from equipment import notices
from equipment.actions._machine import (
    check,
    check_order,
    lock,
    one_transaction,
    price_for,
    record_override,
)
from equipment.models import Booking, Equipment, Series
from equipment.policy import held, operated, policy_of
from equipment.statuses import BOOKING, BookingStatus
from members.belonging import own_organisation_ids
from members.models import Organisation


def request(
    *,
    equipment: Equipment,
    starts_at: datetime,
    ends_at: datetime,
    by,
    organisation: Organisation | None = None,
    purpose: str = "",
    is_operated: bool = False,
    override_reason: str = "",
    series: Series | None = None,
) -> Booking:
    """Approved at once where the policy wants no approval or a keeper asks. Raises Refused with all reasons.

    `organisation` pays; only its own people book for it. `override_reason`: why a keeper sets the policy aside.
    """
    require(by, Permission.BOOK_EQUIPMENT, equipment)
    check_order(starts_at, ends_at)
    _check_payer(organisation, by)
    with one_transaction(equipment, by, starts_at, ends_at):
        machine = lock(equipment)
        wish = {"by": by, "override_reason": override_reason, "is_operated": is_operated}
        set_aside = check(machine, by, starts_at, ends_at, **wish)
        action = _first_step(machine, by)
        held_from, held_until = held(machine, starts_at, ends_at)
        booking = Booking.objects.create(
            equipment=machine,
            person=by,
            organisation=organisation,
            series=series,
            starts_at=starts_at,
            ends_at=ends_at,
            held_from=held_from,
            held_until=held_until,
            status=_STATUS_AFTER[action],
            purpose=purpose.strip(),
            is_operated=operated(machine, is_operated),
            override_reason=override_reason.strip() if set_aside else "",
            **price_for(by, machine),
        )
        record(target=booking, action=action, by=by, changes={"status": ["", booking.status]})
        record_override(booking, set_aside, by=by, reason=override_reason)
        notices.booked(booking)
    return booking


# Where no approval is needed, the two steps are one.
_STATUS_AFTER = {
    "request": BookingStatus.REQUESTED,
    "grant": BOOKING.find("grant", BookingStatus.REQUESTED).target,  # type: ignore[union-attr]
}


def _first_step(machine: Equipment, by) -> str:
    if policy_of(machine).needs_approval and not can(by, Permission.KEEP_EQUIPMENT, machine):
        return "request"
    return "grant"


def _check_payer(organisation: Organisation | None, by) -> None:
    if organisation is not None and organisation.pk not in own_organisation_ids(by):
        raise ValidationError({"organisation": _("You can book only for an organisation that you belong to.")})
