"""A time at which a machine is free, with the address at which it is booked."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from ecluster.local_times import write_instant
from equipment.models import Equipment


def span_query(starts_at: datetime, ends_at: datetime) -> str:
    """As the booking page takes it."""
    return urlencode({"start": write_instant(starts_at), "end": write_instant(ends_at)}, safe=":")


@dataclass(frozen=True)
class FreeTime:
    equipment: Equipment
    starts_at: datetime
    ends_at: datetime

    @property
    def url(self) -> str:
        return f"{reverse('equipment:book', args=[self.equipment.pk])}?{span_query(self.starts_at, self.ends_at)}"
