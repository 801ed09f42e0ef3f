"""Bookings as calendar programs read them (RFC 5545): one file, or the feed of a person."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.models import User
from ecluster.audit.models import AuditEntry
from ecluster.notifications.kinds import Attachment
from equipment.models import Booking
from equipment.querysets.bookings import BookingQuerySet
from equipment.statuses import GONE, BookingStatus

MEDIA_TYPE = "text/calendar"
# So long a calendar program is told that a booking is off; by then it has asked.
GONE_FOR = timedelta(days=30)
_STATUS = {BookingStatus.REQUESTED: "TENTATIVE"} | dict.fromkeys(GONE, "CANCELLED")


def of_person(user: User) -> BookingQuerySet:
    """What their feed holds: what is live, and what fell through in the last 30 days."""
    live = Q(status__in=[BookingStatus.REQUESTED, BookingStatus.APPROVED])
    gone = Q(status__in=GONE, updated_at__gte=timezone.now() - GONE_FOR)
    return Booking.objects.filter(live | gone, person=user)


def calendar(bookings: BookingQuerySet, name: str = "") -> str:
    """In the language that is active; each time in the zone of its machine, whose rules come along."""
    from icalendar import Calendar  # heavy: imported where used

    rows = list(bookings.select_related("equipment__owner").order_by("starts_at", "pk"))
    found = Calendar()
    found.add("prodid", f"-//{_host()}//e-Cluster//")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    if name:
        found.add("x-wr-calname", name)
    changes = _changes(rows)
    for booking in rows:
        found.add_component(_event(booking, changes.get(booking.pk, 0)))
    found.add_missing_timezones()
    return found.to_ical().decode()


def booking_attachment(pk: int) -> Attachment | None:
    """As it stands when the mail goes out."""
    return _attachment(Booking.objects.filter(pk=pk), f"booking-{pk}.ics")


def series_attachment(pk: int) -> Attachment | None:
    return _attachment(Booking.objects.filter(series=pk), f"series-{pk}.ics")


def _attachment(bookings: BookingQuerySet, name: str) -> Attachment | None:
    return Attachment(name, MEDIA_TYPE, calendar(bookings)) if bookings.exists() else None


def _event(booking: Booking, sequence: int):
    from icalendar import Event

    zone = ZoneInfo(booking.equipment.time_zone)
    event = Event()
    event.add("uid", f"booking-{booking.pk}@{_host()}")
    event.add("sequence", sequence)
    event.add("dtstamp", booking.updated_at)
    event.add("created", booking.created_at)
    event.add("last-modified", booking.updated_at)
    event.add("dtstart", booking.starts_at.astimezone(zone))
    event.add("dtend", booking.ends_at.astimezone(zone))
    event.add("status", _STATUS.get(BookingStatus(booking.status), "CONFIRMED"))
    event.add("summary", booking.equipment.name)
    event.add("description", "\n".join(_words(booking)))
    event.add("location", ", ".join(filter(None, [booking.equipment.owner.name, booking.equipment.place])))
    event.add("url", settings.SITE_URL + booking.get_absolute_url())
    return event


def _words(booking: Booking) -> Iterable[str]:
    yield _("Booking: %(status)s") % {"status": booking.get_status_display()}
    if booking.purpose:
        yield booking.purpose


def _changes(bookings: list[Booking]) -> dict[int, int]:
    """How often each was changed since it was made: the number by which a calendar program knows the newest."""
    entries = AuditEntry.objects.filter(
        target_type=ContentType.objects.get_for_model(Booking), target_id__in=[booking.pk for booking in bookings]
    )
    counted = entries.values("target_id").annotate(number=Count("pk")).order_by()
    return {row["target_id"]: row["number"] - 1 for row in counted}


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
