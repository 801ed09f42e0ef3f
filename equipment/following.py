"""What people are told of what follows a booking: reminders, the waiting list, what runs out."""

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ecluster.notifications.actions import notify
from ecluster.notifications.kinds import NoticeKind, register
from ecluster.words import local_date, local_time
from equipment import ical
from equipment.models import Booking, Equipment, Series, Training, WaitingEntry
from equipment.notices import keepers_of

REMINDERS = register(NoticeKind("equipment.reminders", _("Reminders of your bookings")))
SERIES = register(NoticeKind("equipment.series", _("Series that you booked"), attach=ical.series_attachment))
WAITING = register(NoticeKind("equipment.waiting", _("Times that came free for you")))
UPKEEP = register(NoticeKind("equipment.upkeep", _("Training and calibration that run out")))

# Said in the language and the zone of who is told.
_day, _moment = lazy(local_date, str), lazy(local_time, str)


def offered(entry: WaitingEntry) -> None:
    notify(
        [entry.person],
        kind=WAITING,
        subject=_("%(equipment)s came free: take it by %(until)s"),
        template="equipment/emails/waiting_offered.txt",
        context=_context(entry) | {"until": _moment(entry.offered_until)},
        url=_waiting_list(),
    )


def lapsed(entry: WaitingEntry, *, was_offered: bool) -> None:
    told = (
        _("The offer of %(equipment)s for %(from)s has lapsed")
        if was_offered
        else _("%(equipment)s did not come free for %(from)s")
    )
    notify([entry.person], kind=WAITING, subject=told, context=_context(entry), url=_waiting_list())


def series_made(series: Series) -> None:
    bookings = list(series.bookings.order_by("starts_at"))
    notify(
        [series.person],
        kind=SERIES,
        subject=_("Your series on %(equipment)s: %(number)s bookings"),
        template="equipment/emails/series_made.txt",
        context={"equipment": series.equipment, "number": len(bookings), "bookings": bookings},
        url=reverse("equipment:booking-list"),
        about=series,
    )


def starts_soon(booking: Booking) -> None:
    notify(
        [booking.person],
        kind=REMINDERS,
        subject=_("Your booking of %(equipment)s begins on %(from)s"),
        template="equipment/emails/booking_reminder.txt",
        context=_context(booking) | {"booking": booking},
        url=booking.get_absolute_url(),
    )


def wants_logging(booking: Booking) -> None:
    notify(
        [booking.person],
        kind=REMINDERS,
        subject=_("How long did you use %(equipment)s on %(day)s?"),
        template="equipment/emails/log_reminder.txt",
        context=_context(booking) | {"day": _day(booking.starts_at)},
        url=booking.get_absolute_url(),
    )


def training_expires(training: Training) -> None:
    notify(
        [training.person],
        kind=UPKEEP,
        subject=_("Your training for %(equipment)s is valid until %(day)s"),
        context={"equipment": training.equipment, "day": _day(training.expires_on)},
        url=training.equipment.get_absolute_url(),
    )


def calibration_due(equipment: Equipment) -> None:
    """Tells the keepers, and the managers of the owner."""
    notify(
        keepers_of(equipment),
        kind=UPKEEP,
        subject=_("The calibration of %(equipment)s is due on %(day)s"),
        context={"equipment": equipment, "day": _day(equipment.calibration_due_on)},
        url=equipment.get_absolute_url(),
    )


def _context(about: Booking | WaitingEntry) -> dict:
    return {"equipment": about.equipment, "from": _moment(about.starts_at), "to": _moment(about.ends_at)}


def _waiting_list() -> str:
    return reverse("equipment:booking-list")
