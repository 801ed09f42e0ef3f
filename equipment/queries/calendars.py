"""What a calendar of machines is made of, as far as its reader may know it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from equipment.calendars.days import DAY, bounds, week_of
from equipment.calendars.lanes import Lane, opening
from equipment.calendars.spans import Block
from equipment.calendars.week import Mark, lines
from equipment.models import Booking, Equipment
from equipment.opening import hours_of, read_hours
from equipment.queries.desk import kept_by
from equipment.slots import Busy, busy
from equipment.statuses import EquipmentStatus

MOST_MACHINES, MOST_SUGGESTED = 12, 8
KEY_DIGITS = 19  # no database holds a longer key


def lanes(machines: Sequence[Equipment], starts_at: datetime, ends_at: datetime, viewer) -> list[Lane]:
    """The machines in their order; their policies selected with them."""
    ids = [machine.pk for machine in machines]
    blocks = defaultdict(list)
    read_hours(machines)
    for taken in busy(ids, starts_at, ends_at, viewer=viewer):
        blocks[taken.equipment_id].append(_block(taken, ends_at))
    return [
        Lane(
            machine,
            opening(hours_of(machine), ZoneInfo(machine.time_zone), starts_at, ends_at),
            blocks[machine.pk],
            free_from=timezone.now(),
            may_book=machine.status != EquipmentStatus.RETIRED and can(viewer, Permission.BOOK_EQUIPMENT, machine),
        )
        for machine in machines
    ]


def first_day(machines: Sequence[Equipment], today: date) -> date:
    """Of a week's calendar: today; once all of them are closed for the rest of the week, the Monday after."""
    read_hours(machines)
    week = week_of(today)
    _monday, end = bounds(week, cast(ZoneInfo, timezone.get_current_timezone()))
    closed = [not opening(hours_of(one), ZoneInfo(one.time_zone), timezone.now(), end) for one in machines]
    return week[-1] + DAY if closed and all(closed) else today


def _block(taken: Busy, ends_at: datetime) -> Block:
    """What is out of order until nobody knows when, is so to the end of the page."""
    kind = "mine" if taken.is_mine and taken.kind == "booking" else taken.kind
    url = taken.booking.get_absolute_url() if taken.booking else ""
    return Block(kind, taken.starts_at, taken.ends_at or ends_at, _label(taken), url)


def _label(taken: Busy) -> str:
    if taken.kind == "outage":
        return _("out of use: %(reason)s") % {"reason": taken.reason} if taken.reason else _("out of use")
    if taken.kind == "offer":
        return _("kept for you") if taken.is_mine else _("kept for the waiting list")
    if taken.is_mine:
        return _("your request") if taken.kind == "request" else _("your booking")
    who = taken.booking.person.name if taken.booking else ""
    if taken.kind == "request":
        return _("request of %(name)s") % {"name": who}
    return who or _("booked")


def day_of(machine: Equipment, day: date, viewer, moving: Booking | None = None) -> list[Mark]:
    """What is on one day of it, and what is free, in the reader's clock; where a booking is moved, to move it to."""
    zone = cast(ZoneInfo, timezone.get_current_timezone())
    (lane,) = lanes([machine], *bounds([day], zone), viewer)
    if moving:
        url = moving.get_absolute_url()
        lane = replace(lane, moving=moving, may_book=True, blocks=[one for one in lane.blocks if one.url != url])
    return lines(lane, day, zone)


def chosen(keys: Sequence[str], viewer) -> list[Equipment]:
    """The machines with these keys; where none is named, those that the viewer keeps."""
    visible = Equipment.objects.visible_to(viewer).select_related("owner", "policy")
    numbers = [int(key) for key in keys[:MOST_MACHINES] if key.isascii() and key.isdigit() and len(key) < KEY_DIGITS]
    if not keys:
        return list(visible.in_use().filter(pk__in=kept_by(viewer)).order_by("sort_en", "pk")[:MOST_MACHINES])
    found = visible.in_bulk(numbers)
    return [found[pk] for pk in dict.fromkeys(numbers) if pk in found]


def suggested(words: str, already: Sequence[Equipment], viewer) -> list[Equipment]:
    """To be added to a calendar: machines with these words in their name."""
    if not words:
        return []
    named = Q(name_ko__icontains=words) | Q(name_en__icontains=words) | Q(model__icontains=words)
    visible = Equipment.objects.visible_to(viewer).in_use().filter(named).select_related("owner")
    return list(visible.exclude(pk__in=[one.pk for one in already]).order_by("sort_en", "pk")[:MOST_SUGGESTED])
