"""Why a booking or an outage does not come about, and what could be done instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ecluster.accounts.contact import audiences_of
from equipment.models import Booking, Equipment
from equipment.policy import Violation, minutes_between
from equipment.slots import Clash, Slot, next_free
from members.belonging import own_organisation_ids

SIMILAR = 5


@dataclass(frozen=True)
class Contact:
    """Whom to ask about a machine: its contact as far as the reader may know it, else only its owner."""

    owner: str
    url: str
    name: str = ""
    email: str = ""
    phone: str = ""


def who_to_ask(equipment: Equipment, reader) -> Contact:
    owner, url = equipment.owner.name, equipment.owner.get_absolute_url()
    is_own = equipment.owner_id in own_organisation_ids(reader)
    if equipment.contact_audience not in audiences_of(reader, is_own=is_own):
        return Contact(owner, url)
    return Contact(owner, url, equipment.contact_name, equipment.contact_email, equipment.contact_phone)


class Refused(Exception):
    """The machine is not to be had then: all reasons at once. What follows from them is looked up when it is asked
    for, after the transaction: while it looks, nobody waits for the machine's row."""

    def __init__(
        self,
        equipment: Equipment,
        person,
        starts_at: datetime,
        ends_at: datetime,
        *,
        violations: Sequence[Violation] = (),
        clashes: Sequence[Clash] = (),
    ) -> None:
        self.equipment, self.person, self.starts_at, self.ends_at = equipment, person, starts_at, ends_at
        self.violations, self.clashes = list(violations), list(clashes)
        super().__init__(" ".join(self.reasons))

    @property
    def reasons(self) -> list[str]:
        return [*(clash.message for clash in self.clashes), *(violation.message for violation in self.violations)]

    @property
    def contact(self) -> Contact:
        return who_to_ask(self.equipment, self.person)

    @cached_property
    def alternatives(self) -> list[Slot]:
        """Other times of this machine."""
        minutes = minutes_between(self.starts_at, self.ends_at)
        return next_free(self.equipment, self.starts_at, minutes, person=self.person)

    @cached_property
    def similar(self) -> list[Equipment]:
        """Other machines of its category that are free then."""
        others = Equipment.objects.visible_to(self.person).exclude(pk=self.equipment.pk)
        alike = others.filter(category=self.equipment.category_id) if self.equipment.category_id else others.none()
        free = alike.free_between(self.starts_at, self.ends_at)
        return list(free.select_related("owner").distinct()[:SIMILAR])


class CoversBookings(Exception):
    """An outage would lie over these live bookings; who plans it has to name them all as cancelled."""

    def __init__(self, bookings: Sequence[Booking]) -> None:
        self.bookings = list(bookings)
        super().__init__(_("It would lie over live bookings."))


def wants_reason(reason: str) -> str:
    """The reason without its margins; ValidationError where there is none."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: whom it concerns will read it.")})
    return reason.strip()
