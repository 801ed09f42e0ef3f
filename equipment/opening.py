"""The opening hours of one machine, as a booking is asked about them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import time

from django.db.models import BigIntegerField

from ecluster.prepared import prepared
from equipment.days import END_OF_DAY
from equipment.models import Equipment, OpeningHours

_KEPT_HOURS = "_hours_read_with_it"


@prepared(equipment_id=BigIntegerField())
def _hours(equipment_id):
    return OpeningHours.objects.filter(equipment_id=equipment_id).order_by("weekday", "opens")


@prepared(ids=BigIntegerField())
def _hours_of_several(ids):
    return OpeningHours.objects.filter(equipment__pk__in=ids).order_by("weekday", "opens")


def hours_of(equipment: Equipment) -> list[OpeningHours]:
    kept = getattr(equipment, _KEPT_HOURS, None)
    if kept is None:
        kept = _hours(equipment_id=equipment.pk)
        keep_hours(equipment, kept)
    return kept


def keep_hours(equipment: Equipment, hours: list[OpeningHours]) -> None:
    """For who has read them with the machine."""
    setattr(equipment, _KEPT_HOURS, hours)


def read_hours(machines: Iterable[Equipment]) -> None:
    """Of all of them at once, where they have not been read yet."""
    unread = [machine for machine in machines if not hasattr(machine, _KEPT_HOURS)]
    found = defaultdict(list)
    if unread:
        for row in _hours_of_several(ids=[machine.pk for machine in unread]):
            found[row.equipment_id].append(row)
    for machine in unread:
        keep_hours(machine, found[machine.pk])


def is_open(hours: list[OpeningHours], weekday: int, opens: time, closes: time) -> bool:
    """One line of the opening hours covers the piece. No line at all: always open."""
    if not hours:
        return True
    return any(
        row.weekday == weekday
        and row.opens <= opens
        and (row.closes == END_OF_DAY or END_OF_DAY != closes <= row.closes)
        for row in hours
    )
