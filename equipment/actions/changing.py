"""A booking is given up, moved, or handed to a colleague."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import can, require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import differences, record
from ecluster.words import local_time
from ecluster.workflow import WrongStatus, move
from equipment import notices
from equipment.actions._machine import (
    check,
    check_order,
    lock_with_machine,
    one_transaction,
    price_for,
    record_override,
)
from equipment.costs import owed_for_nothing
from equipment.errors import wants_reason
from equipment.models import Booking, Outage
from equipment.policy import Violation, deadline, held, policy_of
from equipment.statuses import BookingStatus
from equipment.waiting import offer_next
from members.belonging import own_organisation_ids

LIVE = (BookingStatus.REQUESTED, BookingStatus.APPROVED)


@transaction.atomic
def cancel(*, booking: Booking, by, reason: str = "") -> Booking:
    """Free of charge before the deadline, for a keeper, and while the machine is down; later `late_percent` is owed.

    Once it has begun only a keeper cancels it: whoever used the machine logs the use.
    """
    lock_with_machine(booking)
    require(by, Permission.CHANGE_BOOKING, booking)
    if booking.status not in LIVE:
        raise WrongStatus(booking, "cancel")
    if by.pk != booking.person_id:
        reason = wants_reason(reason)
    is_late = _is_late(booking, by)
    facts = {"is_late_cancellation": is_late, "cost_krw": owed_for_nothing(booking) if is_late else 0}
    was_held = booking.status == BookingStatus.APPROVED
    move(booking, "cancel", by=by, reason=reason.strip(), decision_note=reason.strip(), **facts)
    notices.cancelled(booking, by=by, was_held=was_held)
    if was_held:
        offer_next(booking.equipment)
    return booking


def owed_now(booking: Booking, person) -> int:
    """What cancelling it now would cost `person` (KRW); told before it is done."""
    return owed_for_nothing(booking) if _is_late(booking, person) else 0


def _is_late(booking: Booking, person) -> bool:
    if booking.status != BookingStatus.APPROVED or can(person, Permission.KEEP_EQUIPMENT, booking.equipment):
        return False
    if Outage.objects.filter(equipment=booking.equipment).touching(booking.starts_at, booking.ends_at).exists():
        return False
    if booking.starts_at <= timezone.now():
        raise ValidationError(_("It has begun: log the use, or ask who keeps the machine."))
    return deadline(booking) < timezone.now()


def move_to(
    *, booking: Booking, starts_at: datetime, ends_at: datetime, by, reason: str = "", override_reason: str = ""
) -> Booking:
    """All rules are checked anew for the person who has it; the trail keeps the time it had.

    Two things are the keepers' alone, and told to ask them: to move an approved booking of a machine whose bookings
    need approval to a time outside its own, and, after the deadline for cancelling, to give up time that is held.
    """
    check_order(starts_at, ends_at)
    seen = (booking.starts_at, booking.ends_at)
    with one_transaction(booking.equipment, booking.person, starts_at, ends_at):
        lock_with_machine(booking)
        require(by, Permission.CHANGE_BOOKING, booking)
        _check_unchanged(booking, "move", was=seen, now=(booking.starts_at, booking.ends_at))
        machine = booking.equipment
        set_aside = check(
            machine,
            booking.person,
            starts_at,
            ends_at,
            by=by,
            override_reason=override_reason,
            is_operated=booking.is_operated,
            ignoring=booking,
            also=_for_keepers_only(booking, starts_at, ends_at, by),
        )
        facts = _times(booking, starts_at, ends_at)
        if set_aside:
            facts["override_reason"] = override_reason.strip()
        _write(booking, by=by, action="move", reason=reason, **facts)
        record_override(booking, set_aside, by=by, reason=override_reason)
        notices.moved(booking, before=seen, by=by, reason=reason)
        if booking.status == BookingStatus.APPROVED:
            offer_next(machine)
    return booking


def hand_over(*, booking: Booking, to, by) -> Booking:
    """`to`, of the organisation that it was booked for, has it from now on; whether they may is checked anew."""
    seen = booking.person_id
    with one_transaction(booking.equipment, to, booking.starts_at, booking.ends_at):
        lock_with_machine(booking)
        require(by, Permission.CHANGE_BOOKING, booking)
        _check_unchanged(booking, "hand_over", was=seen, now=booking.person_id)
        _check_colleague(booking, to)
        before, machine = booking.person, booking.equipment
        check(machine, to, booking.starts_at, booking.ends_at, by=by, is_operated=booking.is_operated, ignoring=booking)
        price = price_for(to, machine)
        if price["user_class"] == booking.user_class:  # nothing that the rate goes by has changed
            price = {}
        _write(booking, by=by, action="hand_over", person=to, **price)
        notices.handed_over(booking, before=before, by=by)
    return booking


def _for_keepers_only(booking: Booking, starts_at: datetime, ends_at: datetime, by) -> tuple[Violation, ...]:
    if booking.status != BookingStatus.APPROVED or can(by, Permission.KEEP_EQUIPMENT, booking.equipment):
        return ()
    found = []
    within = booking.starts_at <= starts_at and ends_at <= booking.ends_at
    if policy_of(booking.equipment).needs_approval and not within:
        text = _("Its bookings need approval: outside the time that you have, only a keeper moves it.")
        found.append(Violation("approval", text))
    keeps_all = starts_at <= booking.starts_at and booking.ends_at <= ends_at
    if deadline(booking) < timezone.now() and not keeps_all:
        text = _("It could be moved until %(deadline)s; now only a keeper moves it.")
        found.append(Violation("deadline", text % {"deadline": local_time(deadline(booking))}))
    return tuple(found)


def _check_unchanged(booking: Booking, action: str, *, was, now) -> None:
    if booking.STATUS_TABLE.find("cancel", booking.status) is None:
        raise WrongStatus(booking, action)
    if was != now:
        raise ValidationError(_("Somebody changed this booking just now: look at it again."))


def _check_colleague(booking: Booking, to) -> None:
    theirs = own_organisation_ids(to)
    shared = theirs & own_organisation_ids(booking.person)
    if not (booking.organisation_id in theirs if booking.organisation_id else shared):
        raise ValidationError({"to": _("It can only be handed to somebody of the same organisation.")})
    if not can(to, Permission.BOOK_EQUIPMENT, booking.equipment):
        raise ValidationError({"to": _("They may not use this machine.")})


def _times(booking: Booking, starts_at: datetime, ends_at: datetime) -> dict:
    held_from, held_until = held(booking.equipment, starts_at, ends_at)
    return {"starts_at": starts_at, "ends_at": ends_at, "held_from": held_from, "held_until": held_until}


def _write(booking: Booking, *, by, action: str, reason: str = "", **values) -> None:
    changes = differences(booking, {name: value for name, value in values.items() if not name.startswith("held_")})
    for name, value in values.items():
        setattr(booking, name, value)
    booking.save(update_fields=[*values, "updated_at"])
    record(target=booking, action=action, by=by, changes=changes, reason=reason.strip())
