"""Whoever changes what a machine is booked for waits for each other at its row; then all of it is checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, F
from django.utils.translation import gettext as _

from ecluster.accounts.access import require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import record
from ecluster.prepared import prepared
from equipment.errors import Refused
from equipment.exclusion import OVER_OUTAGE, OVERLAP
from equipment.models import Booking, Equipment, OpeningHours
from equipment.opening import keep_hours
from equipment.policy import Violation, violations
from equipment.queries.for_you import for_you
from equipment.slots import Clash, clashes


def lock(equipment: Equipment) -> Equipment:
    """As it is now, with its owner, its policy and its hours; nobody else books it until the transaction ends.

    One query, a row for each line of its opening hours: whoever books it waits for this.
    """
    machine, *_same = rows = _locked(equipment_id=equipment.pk)
    lines = [(row.weekday, row.opens, row.closes) for row in rows if row.weekday is not None]
    keep_hours(machine, [OpeningHours(weekday=day, opens=opens, closes=closes) for day, opens, closes in lines])
    return machine


@prepared(equipment_id=BigIntegerField())
def _locked(equipment_id):
    machines = Equipment.objects.select_for_update(of=("self",)).select_related("policy", "owner")
    lines = {name: F(f"opening_hours__{name}") for name in ("weekday", "opens", "closes")}
    return machines.filter(pk=equipment_id).annotate(**lines).order_by("opening_hours__weekday", "opening_hours__opens")


def lock_with_machine(booking: Booking) -> None:
    """Locks the machine's row first, then the booking's, which is read anew."""
    machine = lock(booking.equipment)
    booking.refresh_from_db(
        from_queryset=Booking.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    )
    booking.equipment = machine


@contextmanager
def one_transaction(equipment: Equipment, person, starts_at: datetime, ends_at: datetime) -> Iterator[None]:
    """What the code let through and the database did not is refused in the same words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if OVERLAP not in str(error) and OVER_OUTAGE not in str(error):
            raise
        in_the_way = clashes(equipment, starts_at, ends_at) or [Clash("booking", starts_at, ends_at)]
        raise Refused(equipment, person, starts_at, ends_at, clashes=in_the_way) from error


def check_order(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise ValidationError({"ends_at": _("It ends before it begins.")})


def check(
    machine: Equipment,
    person,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by,
    override_reason: str = "",
    is_operated: bool = False,
    ignoring: Booking | None = None,
    also: tuple[Violation, ...] = (),
) -> list[Violation]:
    """Raises Refused with everything that is against `person` having `machine` then.

    Answers what a keeper sets aside by `override_reason`: never a clash. `also`: what the caller has against it.
    """
    in_the_way = clashes(machine, starts_at, ends_at, person=person, ignoring=ignoring)
    against = violations(machine, person, starts_at, ends_at, is_operated=is_operated, ignoring=ignoring)
    against += also
    if against and override_reason.strip():
        require(by, Permission.KEEP_EQUIPMENT, machine)
    if in_the_way or (against and not override_reason.strip()):
        raise Refused(machine, by, starts_at, ends_at, violations=against, clashes=in_the_way)
    return against


def record_override(booking: Booking, set_aside: list[Violation], *, by, reason: str) -> None:
    if set_aside:
        codes = ", ".join(violation.code for violation in set_aside)
        record(target=booking, action="override_policy", by=by, changes={"policy": ["", codes]}, reason=reason.strip())


def price_for(person, machine: Equipment) -> dict:
    """As a booking keeps it: what the person is to the owner, and what an hour costs them today."""
    you = for_you([machine], person)[machine.pk]
    return {"user_class": you.user_class, "krw_per_hour": you.krw_per_hour}
