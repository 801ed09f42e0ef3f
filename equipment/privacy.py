"""The shared machines' part of a person's data, and of closing their account."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.closing import Closing
from ecluster.accounts.models import User
from equipment.actions.changing import cancel
from equipment.actions.waiting import withdraw
from equipment.models import Booking, CalendarFeed, Equipment, Training, WaitingEntry
from equipment.statuses import WaitingStatus

_BOOKING_FIELDS = [
    *("starts_at", "ends_at", "status", "purpose", "is_operated", "decision_note", "override_reason"),
    *("used_minutes", "krw_per_hour", "cost_krw", "remarks", "created_at"),
]


def held(user: User) -> dict:
    return {
        "bookings": [
            {"equipment": booking.equipment.name} | {name: getattr(booking, name) for name in _BOOKING_FIELDS}
            for booking in Booking.objects.filter(person=user).select_related("equipment")
        ],
        "waiting": [
            {"equipment": entry.equipment.name, "starts_at": entry.starts_at, "ends_at": entry.ends_at}
            | {"purpose": entry.purpose, "status": entry.status}
            for entry in WaitingEntry.objects.filter(person=user).select_related("equipment")
        ],
        "trainings": [
            {"equipment": row.equipment.name, "passed_on": row.passed_on, "expires_on": row.expires_on}
            for row in Training.objects.filter(person=user).select_related("equipment")
        ],
        "keeper_of": [equipment.name for equipment in user.kept_equipment.all()],  # type: ignore[attr-defined]
        "contact_of": [equipment.name for equipment in _named_as_contact(user)],
        "has_calendar_feed": CalendarFeed.objects.filter(person=user).exists(),
    }


def closing(user: User) -> Closing:
    return Closing(carry_out=lambda: _let_go(user), erased=_erased(user), kept=_kept(user))


def _erased(user: User) -> list[str | Promise]:
    sentences: list[str | Promise] = []
    if _ahead(user).exists():
        sentences.append(_("Your bookings to come: they are cancelled, and others can have the time."))
    if _standing(user).exists():
        sentences.append(_("Your places on waiting lists."))
    if CalendarFeed.objects.filter(person=user).exists():
        sentences.append(_("The address under which your calendar read your bookings."))
    if Training.objects.filter(person=user).exists():
        sentences.append(_("What you learnt to operate."))
    return sentences


def _kept(user: User) -> list[str | Promise]:
    if not Booking.objects.filter(person=user).exists():
        return []
    return [_("Your past bookings and what they cost, without your name: they were billed, and the bills must add up.")]


def _let_go(user: User) -> None:
    for booking in _ahead(user).order_by("equipment", "pk"):
        cancel(booking=booking, by=user)
    for entry in _standing(user).order_by("equipment", "pk"):
        withdraw(entry=entry, by=user)
    CalendarFeed.objects.filter(person=user).delete()
    Training.objects.filter(person=user).delete()
    user.kept_equipment.clear()  # type: ignore[attr-defined]
    _named_as_contact(user).update(contact_name="", contact_email="", contact_phone="")


def _ahead(user: User) -> QuerySet[Booking]:
    return Booking.objects.live().filter(person=user, starts_at__gt=timezone.now())


def _standing(user: User) -> QuerySet[WaitingEntry]:
    waits = Q(status__in=[WaitingStatus.WAITING, WaitingStatus.OFFERED])
    return WaitingEntry.objects.filter(waits, person=user)


def _named_as_contact(user: User) -> QuerySet[Equipment]:
    return Equipment.objects.filter(contact_email__iexact=user.email)
