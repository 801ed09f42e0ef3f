"""For what isn't free at a time: when it is, as near as may be."""

from datetime import datetime

from ecluster.search import engine as search
from equipment.filters import FreeFilter
from equipment.free_times import FreeTime
from equipment.models import Equipment
from equipment.policy import minutes_between
from equipment.slots import next_free

SHOWN = 10


def nearest_free(
    filters: FreeFilter, reader, starts_at: datetime, ends_at: datetime
) -> list[tuple[Equipment, FreeTime]]:
    """The first few that the filters find and that are taken then, each with the next time it is free for so long."""
    visible = Equipment.objects.visible_to(reader).in_use()
    found_at_all = visible.filter(pk__in=search.matching(filters.asked_of_all)).select_related("owner", "policy")
    taken = found_at_all.exclude(pk__in=visible.free_between(starts_at, ends_at).values("pk"))
    minutes = minutes_between(starts_at, ends_at)
    found = [(machine, next_free(machine, starts_at, minutes, count=1)) for machine in taken[:SHOWN]]
    return [(machine, FreeTime(machine, *slots[0])) for machine, slots in found if slots]
