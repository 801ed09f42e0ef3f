"""The waiting list moves up: what came free is offered to who asked first, and kept for them for a while."""

from datetime import datetime, timedelta

from django.utils import timezone

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.workflow import move
from equipment import following
from equipment.models import Equipment, WaitingEntry
from equipment.policy import violations
from equipment.slots import clashes

LONGEST_OFFER = timedelta(hours=24)


def offer_next(equipment: Equipment) -> list[WaitingEntry]:
    """Offers each free time of `equipment` that somebody waits for to the first who could book it now.

    Call it inside the transaction that freed something, with the machine's row locked. Who could not book (a limit of
    the policy, no access any more) keeps their place and is passed over: an offer they can't take would only keep
    others waiting.
    """
    waiting = WaitingEntry.objects.waiting().filter(equipment=equipment, starts_at__gt=timezone.now())
    offered = [entry for entry in waiting.select_related("person").order_by("pk") if _offer(entry, equipment)]
    for entry in offered:
        following.offered(entry)
    return offered


def kept_until(starts_at: datetime) -> datetime:
    """For a day, or half the time until it begins where that is shorter."""
    now = timezone.now()
    return now + min(LONGEST_OFFER, (starts_at - now) / 2)


def _offer(entry: WaitingEntry, equipment: Equipment) -> bool:
    entry.equipment = equipment
    person = entry.person
    if not can(person, Permission.BOOK_EQUIPMENT, equipment):
        return False
    if clashes(equipment, entry.starts_at, entry.ends_at, person=person):
        return False
    if violations(equipment, person, entry.starts_at, entry.ends_at, is_operated=entry.is_operated):
        return False
    move(entry, "offer", by=None, offered_until=kept_until(entry.starts_at))
    return True
