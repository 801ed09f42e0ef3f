"""The opening hours of one machine, as a booking is asked about them."""

from datetime import time

from django.db.models import BigIntegerField

from ecluster.prepared import prepared
from equipment.days import END_OF_DAY
from equipment.models import Equipment, OpeningHours

_KEPT_HOURS = "_hours_read_with_it"


@prepared(equipment_id=BigIntegerField())
def _hours(equipment_id):
    return OpeningHours.objects.filter(equipment_id=equipment_id).order_by("weekday", "opens")


def hours_of(equipment: Equipment) -> list[OpeningHours]:
    kept = getattr(equipment, _KEPT_HOURS, None)
    return _hours(equipment_id=equipment.pk) if kept is None else kept


def keep_hours(equipment: Equipment, hours: list[OpeningHours]) -> None:
    """For who has read them with the machine."""
    setattr(equipment, _KEPT_HOURS, hours)


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
