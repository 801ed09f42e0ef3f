"""What must hold among machines and bookings: told in sentences by `manage.py check_invariants`."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.utils import timezone

from ecluster.audit.models import AuditEntry
from equipment.costs import cost
from equipment.exclusion import missing
from equipment.models import Booking, Outage, WaitingEntry
from equipment.statuses import BookingStatus

# So long after its deadline an offer may stand: the clock's next rounds end it.
LATE = timedelta(hours=1)


def check() -> Iterator[str]:
    yield from _guards()
    yield from _overlaps()
    yield from _outages()
    yield from _costs()
    yield from _statuses()
    yield from _offers()


def _guards() -> Iterator[str]:
    for name in missing(connection):
        yield f"The database no longer refuses double bookings: {name} is missing."


def _overlaps() -> Iterator[str]:
    other = Booking.objects.holding().filter(
        equipment=OuterRef("equipment"),
        pk__gt=OuterRef("pk"),
        held_from__lt=OuterRef("held_until"),
        held_until__gt=OuterRef("held_from"),
    )
    for booking in Booking.objects.holding().filter(Exists(other)).only("pk", "equipment_id"):
        yield f"Booking {booking.pk} overlaps another one of machine {booking.equipment_id}."


def _outages() -> Iterator[str]:
    """A reported one comes over bookings as it comes; a planned one may not."""
    planned = Outage.objects.filter(
        kind=Outage.Kind.PLANNED,
        equipment=OuterRef("equipment"),
        starts_at__lt=OuterRef("held_until"),
        ends_at__gt=OuterRef("held_from"),
    )
    for pk in Booking.objects.filter(Exists(planned), status=BookingStatus.APPROVED).values_list("pk", flat=True):
        yield f"Booking {pk} is approved, and a planned outage lies over it."


def _costs() -> Iterator[str]:
    for row in Booking.objects.filter(status=BookingStatus.DONE).iterator(2_000):
        if row.used_minutes is None or row.cost_krw != cost(row.used_minutes, row.krw_per_hour):
            yield f"Booking {row.pk} costs {row.cost_krw}, which is not its use of {row.used_minutes} minutes."
    owing = Q(status=BookingStatus.MISSED) | Q(status=BookingStatus.CANCELLED, is_late_cancellation=True)
    for row in Booking.objects.filter(owing).iterator(2_000):
        if row.cost_krw > cost(row.minutes, row.krw_per_hour):
            yield f"Booking {row.pk} costs {row.cost_krw}, more than the whole of its time."
    free = Booking.objects.exclude(owing | Q(status=BookingStatus.DONE)).filter(cost_krw__gt=0)
    for pk in free.values_list("pk", flat=True):
        yield f"Booking {pk} costs something and was neither used nor missed nor cancelled late."


def _statuses() -> Iterator[str]:
    entries = AuditEntry.objects.filter(
        target_type=ContentType.objects.get_for_model(Booking),
        target_id=OuterRef("pk"),
        changes__has_key="status",
    )
    last = Subquery(entries.order_by("-at", "-pk").values(told=KT("changes__status__1"))[:1])
    for booking in Booking.objects.annotate(told=last).exclude(told=None).exclude(told=F("status")):
        yield f"Booking {booking.pk} is {booking.status}, and its trail says {booking.told}."


def _offers() -> Iterator[str]:
    offered = WaitingEntry.objects.offered()
    for pk in offered.filter(offered_until__lt=timezone.now() - LATE).values_list("pk", flat=True):
        yield f"Waiting-list entry {pk} is offered, and its deadline is over."
    for pk in offered.filter(Q(offered_until=None) | Q(offered_until__gt=F("starts_at"))).values_list("pk", flat=True):
        yield f"Waiting-list entry {pk} is offered without a deadline before it begins."
