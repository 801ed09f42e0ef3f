"""What of shared equipment waits for one person: counted, for the front page."""

from django.db.models import BigIntegerField, Count, DateTimeField, Q, QuerySet
from django.utils import timezone

from ecluster.accounts.models import User
from ecluster.prepared import prepared
from equipment.models import Booking, Equipment, WaitingEntry
from equipment.statuses import BookingStatus, WaitingStatus
from members.belonging import managed_organisation_ids, own_organisation_ids


def waiting_for(person: User) -> dict[str, int]:
    """By status: times that are offered, requests to decide on, approved bookings that are over and not logged."""
    keys = {"managed": sorted(managed_organisation_ids(person)), "own": sorted(own_organisation_ids(person))}
    return dict(_counted(person_id=person.pk, now=timezone.now(), **keys))


@prepared(person_id=BigIntegerField(), managed=BigIntegerField(), own=BigIntegerField(), now=DateTimeField())
def _counted(person_id, managed, own, now) -> QuerySet:
    offers = WaitingEntry.objects.filter(person_id=person_id, status=WaitingStatus.OFFERED, offered_until__gt=now)
    used = Booking.objects.filter(person_id=person_id, status=BookingStatus.APPROVED, ends_at__lte=now)
    kept = Equipment.objects.filter(Q(owner__pk__in=managed) | Q(owner__pk__in=own, keepers=person_id))
    asked = Booking.objects.requested().filter(ends_at__gt=now, equipment__in=kept.order_by().values("pk"))
    return _by_status(offers).union(_by_status(used), _by_status(asked), all=True)


def _by_status(rows: QuerySet) -> QuerySet:
    return rows.order_by().values("status").annotate(number=Count("pk")).values_list("status", "number")
