"""A keeper's desk: what waits for a decision, what is on today, what is to be logged."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from equipment.calendars.days import DAY, midnight
from equipment.models import Booking, Equipment, Outage
from equipment.statuses import BookingStatus, EquipmentStatus
from members.belonging import managed_organisation_ids, own_organisation_ids

LOGGED_WITHIN = timedelta(days=8)  # after that the portal has logged it itself


@dataclass(frozen=True)
class Rivals:
    """Requests of one machine that overlap, each with the next: of those that do, one can be approved."""

    machine: Equipment
    requests: list[Booking]


def kept_by(person) -> QuerySet[Equipment]:
    """As the rule of KEEP_EQUIPMENT, for many at once."""
    named = Q(owner__in=own_organisation_ids(person), pk__in=person.kept_equipment.values("pk"))
    return Equipment.objects.filter(Q(owner__in=managed_organisation_ids(person)) | named)


def requests(person) -> list[Rivals]:
    """Those that are still to come, by machine; the machine with the nearest time first."""
    rows = _of(person).requested().filter(ends_at__gt=timezone.now()).order_by("equipment", "starts_at", "pk")
    groups: list[Rivals] = []
    ends_at: datetime | None = None
    for booking in rows:
        same = groups and ends_at and groups[-1].machine.pk == booking.equipment_id and booking.starts_at < ends_at
        if same:
            groups[-1].requests.append(booking)
        else:
            groups.append(Rivals(booking.equipment, [booking]))
        ends_at = max(ends_at, booking.ends_at) if same and ends_at else booking.ends_at
    return sorted(groups, key=lambda group: group.requests[0].starts_at)


def to_log(person) -> QuerySet[Booking]:
    now = timezone.now()
    return _of(person).filter(status=BookingStatus.APPROVED, ends_at__lte=now, ends_at__gt=now - LOGGED_WITHIN)


def today(person) -> QuerySet[Booking]:
    """What is approved for the rest of the reader's day."""
    end = midnight(timezone.localdate() + DAY, timezone.get_current_timezone())  # type: ignore[arg-type]  # ours are ZoneInfo
    approved = _of(person).filter(status=BookingStatus.APPROVED)
    return approved.filter(starts_at__lt=end, ends_at__gt=timezone.now())


def outages(person) -> QuerySet[Outage]:
    """Those that last, and those that are planned."""
    lasting = Q(ends_at=None) | Q(ends_at__gt=timezone.now())
    found = Outage.objects.filter(lasting, equipment__in=kept_by(person)).exclude(
        equipment__status=EquipmentStatus.RETIRED
    )
    return found.select_related("equipment__owner").order_by("starts_at", "pk")


def _of(person):
    found = Booking.objects.filter(equipment__in=kept_by(person))
    return found.select_related("equipment__owner", "person", "organisation").order_by("starts_at", "pk")
