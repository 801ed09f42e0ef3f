"""Numbers, money and dates as the reader's language writes them, in the reader's zone."""

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext

NOTHING = "–"


def number(value: int | float | None) -> str:
    """1234567 as 1,234,567; nothing as a dash."""
    return NOTHING if value is None or value == "" else f"{value:,}"


def krw(amount: int | None) -> str:
    return NOTHING if amount is None or amount == "" else f"₩{amount:,}"


def day_of(value: date | datetime) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


def local_date(value: date | datetime | None) -> str:
    if not value:
        return NOTHING
    is_korean = (get_language() or "").startswith("ko")
    return formats.date_format(day_of(value), "DATE_FORMAT" if is_korean else "j M Y")


def local_time(value: datetime | None) -> str:
    """The day and the minute."""
    if not value:
        return NOTHING
    return f"{local_date(value)} {formats.date_format(timezone.localtime(value), 'H:i')}"


def local_span(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when: the day once, where it is one."""
    if day_of(starts_at) != day_of(ends_at):
        return f"{local_time(starts_at)} – {local_time(ends_at)}"
    return f"{local_time(starts_at)}–{formats.date_format(timezone.localtime(ends_at), 'H:i')}"


def ago(value: date | datetime | None) -> str:
    """How long ago, in the biggest unit; for what lies ahead, the day."""
    if not value:
        return NOTHING
    if day_of(value) > timezone.localdate():
        return local_date(value)
    if day_of(value) == timezone.localdate() and not isinstance(value, datetime):
        return gettext("today")
    return gettext("%(time)s ago") % {"time": timesince(value, depth=1)}


def initials(name: str) -> str:
    """Two letters; of a Korean name the last two syllables, as people call each other."""
    parts = name.split()
    if parts and "가" <= parts[-1][0] <= "힣":
        return parts[-1][-2:]
    return "".join(part[0] for part in (*parts[:1], *parts[1:][-1:])).upper()
