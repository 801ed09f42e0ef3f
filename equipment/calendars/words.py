"""Days and times as a calendar writes them: short."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def day_label(day: date) -> str:
    """Mon 1 Mar, or 3월 1일 (월)."""
    return _day_label(day, get_language() or "en")


@lru_cache(maxsize=1_000)
def _day_label(day: date, language: str) -> str:
    return formats.date_format(day, "n월 j일 (D)" if language.startswith("ko") else "D j M")


def month_label(day: date) -> str:
    return formats.date_format(day, "YEAR_MONTH_FORMAT")


def hour_label(hour: int, again: bool) -> str:
    time = f"{hour:02}:00"
    return _("%(time)s again") % {"time": time} if again else time


def span_label(starts_at: datetime, ends_at: datetime, day_start: datetime, day_end: datetime, zone: ZoneInfo) -> str:
    """The times of it on one day; where it goes on before or after, the day's own ends."""
    start = "00:00" if starts_at <= day_start else f"{starts_at.astimezone(zone):%H:%M}"
    end = "24:00" if ends_at >= day_end else f"{ends_at.astimezone(zone):%H:%M}"
    return f"{start}–{end}"
