"""A person's bookings, and what can be done with one now."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import can
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.words import local_time
from equipment.models import Booking, WaitingEntry
from equipment.policy import deadline
from equipment.querysets.bookings import BookingQuerySet
from equipment.statuses import BOOKING, BookingStatus, WaitingStatus
from members.belonging import managed_organisation_ids, own_organisation_ids
from members.models import Affiliation


@dataclass(frozen=True)
class Next:
    """Whom it waits for, and for what."""

    who: str
    text: str
    mine: bool = False


def upcoming(person: User) -> QuerySet[Booking]:
    return _of(person).live().filter(ends_at__gt=timezone.now())


def past(person: User) -> QuerySet[Booking]:
    """What is over, and what came to nothing."""
    return _of(person).exclude(pk__in=upcoming(person).values("pk"))


def to_log(person: User) -> QuerySet[Booking]:
    return _of(person).filter(status=BookingStatus.APPROVED, ends_at__lte=timezone.now())


def waiting_of(person: User) -> QuerySet[WaitingEntry]:
    """What is offered first."""
    open_ones = WaitingEntry.objects.filter(person=person, status__in=[WaitingStatus.WAITING, WaitingStatus.OFFERED])
    return open_ones.select_related("equipment__owner").order_by("status", "starts_at", "pk")


def _of(person: User) -> BookingQuerySet:
    return Booking.objects.filter(person=person).select_related("equipment__owner", "organisation")


def steps_open(booking: Booking, person) -> list[str]:
    """What `person` may do with it now, the likeliest first."""
    found = {step.action for step in BOOKING.open_actions(booking, person)}
    now, keeps = timezone.now(), can(person, Permission.KEEP_EQUIPMENT, booking)
    is_to_come = booking.starts_at > now
    is_open = {
        "approve": "approve" in found,
        "decline": "decline" in found,
        "finish": "finish" in found and not is_to_come,
        "miss": "miss" in found and booking.ends_at <= now,
        "move": "cancel" in found and booking.ends_at > now,
        "hand-over": "cancel" in found and booking.ends_at > now and _belongs(booking, person),
        "cancel": "cancel" in found and (is_to_come or keeps or booking.status == BookingStatus.REQUESTED),
    }
    return [step for step, may in is_open.items() if may]


def colleagues_for(booking: Booking, person) -> QuerySet[User]:
    """To whom it may be handed. Who works where, is not for the keepers of another's machine to know."""
    if not _belongs(booking, person):
        return User.objects.none()
    places = {booking.organisation_id} if booking.organisation_id else own_organisation_ids(booking.person)
    there = Affiliation.objects.current().filter(organisation__in=places).exclude(user=booking.person_id)
    return User.objects.filter(pk__in=there.values("user"), is_active=True).order_by("name_en", "pk")


def _belongs(booking: Booking, person) -> bool:
    return booking.person_id == person.pk or booking.organisation_id in managed_organisation_ids(person)


def next_step(booking: Booking, person) -> Next | None:
    """None once all is done."""
    keeps = can(person, Permission.KEEP_EQUIPMENT, booking)
    if booking.status == BookingStatus.REQUESTED:
        text = _("They approve the request or decline it; until then nobody has the time.")
        return Next(_("the keepers of the machine"), _("Approve it, or decline it.") if keeps else text, mine=keeps)
    if booking.status != BookingStatus.APPROVED:
        return None
    if booking.ends_at <= timezone.now():
        mine = keeps or booking.person_id == person.pk
        return Next(booking.person.name, _("The time is over: log how long the machine was used."), mine=mine)
    return Next(_("the day"), _what_comes(booking))


def _what_comes(booking: Booking) -> str:
    if booking.starts_at <= timezone.now():
        return _("It goes on until %(end)s. Log the use when you are done.") % {"end": local_time(booking.ends_at)}
    told = {"start": local_time(booking.starts_at), "deadline": local_time(deadline(booking))}
    if timezone.now() < deadline(booking) < booking.starts_at:
        return _("It begins on %(start)s. Until %(deadline)s it is free to cancel.") % told
    return _("It begins on %(start)s.") % told
