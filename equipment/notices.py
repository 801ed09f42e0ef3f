"""What people are told about bookings and outages, in the inbox and by mail."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ecluster import demo
from ecluster.accounts.models import User
from ecluster.notifications.actions import notify
from ecluster.notifications.kinds import NoticeKind, register
from ecluster.tasks.background import background
from ecluster.words import local_time
from equipment import ical
from equipment.errors import who_to_ask
from equipment.models import Booking, Equipment, Outage
from equipment.policy import minutes_between
from equipment.slots import next_free
from equipment.statuses import BookingStatus
from members.models import Affiliation

REQUESTS = register(NoticeKind("equipment.requests", _("Requests and changes of bookings of machines you keep")))
BOOKINGS = register(NoticeKind("equipment.bookings", _("Your bookings of machines"), attach=ical.booking_attachment))
OUTAGES = register(NoticeKind("equipment.outages", _("Outages of machines you booked or keep")))

# So far ahead people are told of an outage of which nobody knows how long it takes.
UNKNOWN = timedelta(days=7)
# Said in the language and the zone of who is told.
_moment = lazy(local_time, str)


def keepers_of(equipment: Equipment) -> set[User]:
    """Who decides on its bookings: those of the owner's people whom it made keepers, and its managers."""
    people = Affiliation.objects.filter(organisation=equipment.owner_id).current().select_related("user")
    kept_by = set(equipment.keepers.values_list("pk", flat=True))
    return {one.user for one in people if one.is_manager or one.user_id in kept_by}


def booked(booking: Booking) -> None:
    """Nobody who books waits until the mails are written: that is done in the background."""
    if demo.is_building():
        _tell_of_booking(booking)
    else:
        tell_of_booking.enqueue(booking.pk)


@background()
def tell_of_booking(booking_id: int) -> None:
    rows = Booking.objects.select_related("person", "equipment__owner")
    _tell_of_booking(rows.get(pk=booking_id))


def _tell_of_booking(booking: Booking) -> None:
    """The keepers of a request; of what is held, the person, unless their series is told of as one."""
    if booking.status == BookingStatus.REQUESTED:
        subject = _("%(person)s asks for %(equipment)s on %(from)s")
        _tell(keepers_of(booking.equipment), REQUESTS, subject, booking, note=booking.purpose)
    elif booking.status == BookingStatus.APPROVED and booking.series_id is None:
        _tell([booking.person], BOOKINGS, _("%(equipment)s is yours from %(from)s"), booking)


_DECIDED = {
    "approve": _("%(equipment)s is yours from %(from)s"),
    "decline": _("Your request for %(equipment)s on %(from)s was declined"),
}


def decided(booking: Booking, action: str, *, note: str = "") -> None:
    facts = {} if action == "approve" else {"alternatives": _other_times(booking)}
    _tell([booking.person], BOOKINGS, _DECIDED[action], booking, note=note, **facts)


def cancelled(booking: Booking, *, by, was_held: bool) -> None:
    subject = _("The booking of %(equipment)s on %(from)s was cancelled")
    note = booking.decision_note
    if by.pk != booking.person_id:
        _tell([booking.person], BOOKINGS, subject, booking, note=note, alternatives=_other_times(booking))
    if was_held or by.pk == booking.person_id:
        _tell(_keepers_but(by, booking), REQUESTS, subject, booking, note=note)


def moved(booking: Booking, *, before: tuple[datetime, datetime], by, reason: str) -> None:
    subject = _("The booking of %(equipment)s on %(before)s was moved to %(from)s")
    facts = {"before": _moment(before[0]), "note": reason}
    _tell([booking.person], BOOKINGS, subject, booking, **facts)
    _tell(_keepers_but(by, booking), REQUESTS, subject, booking, **facts)


def handed_over(booking: Booking, *, before: User, by) -> None:
    to = booking.person
    _tell([to], BOOKINGS, _("You have the booking of %(equipment)s on %(from)s now"), booking)
    subject = _("%(person)s has the booking of %(equipment)s on %(from)s now")
    _tell({before} - {by}, BOOKINGS, subject, booking)
    _tell(_keepers_but(by, booking) - {to}, REQUESTS, subject, booking)


def outage_reported(outage: Outage, affected: Iterable[Booking], *, by) -> None:
    """Those whose bookings lie in the time that it is expected to take keep them, and are told."""
    keepers = keepers_of(outage.equipment) - {by}
    _tell_of_outage(keepers, _("%(equipment)s is out of order"), outage)
    for booking in affected:
        subject = _("%(equipment)s is out of order: your booking on %(from)s may fall through")
        _tell([booking.person], OUTAGES, subject, booking, note=outage.reason, until=_end_of(outage))


def outage_ended(outage: Outage, affected: Iterable[Booking]) -> None:
    for booking in affected:
        _tell([booking.person], OUTAGES, _("%(equipment)s works again: your booking on %(from)s stands"), booking)


def outage_withdrawn(outage: Outage, lost: Iterable[Booking], *, by) -> None:
    """Those who lost a booking to it may book again."""
    keepers = keepers_of(outage.equipment) - {by}
    _tell_of_outage(keepers, _("The outage of %(equipment)s planned from %(from)s is withdrawn"), outage)
    for booking in lost:
        booking.equipment = outage.equipment
        subject = _("%(equipment)s can be used after all on %(from)s: book it again if you still need it")
        _tell([booking.person], OUTAGES, subject, booking)


def _tell_of_outage(people: Iterable[User], subject, outage: Outage) -> None:
    notify(
        people,
        kind=OUTAGES,
        subject=subject,
        template="equipment/emails/outage.txt",
        context={
            "equipment": outage.equipment,
            "outage": outage,
            "from": _moment(outage.starts_at),
            "until": _end_of(outage),
        },
        url=outage.equipment.get_absolute_url(),
    )


def _end_of(outage: Outage):
    end = outage.ends_at or outage.expected_until
    return _moment(end) if end else ""


def _tell(people: Iterable[User], kind: NoticeKind, subject, booking: Booking, **facts) -> None:
    """Each alone, because each may know something else of whom to ask."""
    for person in people:
        notify(
            [person],
            kind=kind,
            subject=subject,
            template="equipment/emails/booking.txt",
            context=_facts(booking, person) | facts,
            url=booking.get_absolute_url(),
            about=booking,
        )


def _facts(booking: Booking, reader: User) -> dict:
    return {
        "booking": booking,
        "equipment": booking.equipment,
        "person": booking.person,
        "from": _moment(booking.starts_at),
        "to": _moment(booking.ends_at),
        "contact": who_to_ask(booking.equipment, reader),
        "note": "",
        "alternatives": [],
        "until": "",
    }


def _keepers_but(by, booking: Booking) -> set[User]:
    return keepers_of(booking.equipment) - {by, booking.person}


def _other_times(booking: Booking) -> list[tuple[datetime, datetime]]:
    minutes = minutes_between(booking.starts_at, booking.ends_at)
    return next_free(booking.equipment, booking.starts_at, minutes, person=booking.person)
