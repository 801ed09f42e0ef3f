"""What a page shows of a refusal: the reasons, whom to ask, and other times as buttons that take them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from equipment.calendars.words import day_label
from equipment.errors import Refused
from equipment.forms.times import span_text


@dataclass(frozen=True)
class Other:
    value: str
    label: str


def refusal(refused: Refused | None) -> dict:
    """The page's part of its context; nothing else is looked up where nothing was refused."""
    if refused is None:
        return {"refused": None}
    is_only_taken = bool(refused.clashes) and not refused.violations and refused.clashes[0].kind != "retired"
    return {
        "refused": refused,
        "others": [Other(span_text(*slot), span_label(*slot)) for slot in refused.alternatives],
        "span": span_text(refused.starts_at, refused.ends_at),
        # Who has not learnt it can't have it at another time either.
        "another_time_helps": all(violation.code != "training" for violation in refused.violations),
        "can_wait": is_only_taken and refused.starts_at > timezone.now(),
    }


def span_label(starts_at: datetime, ends_at: datetime) -> str:
    """Mon 1 Mar, 10:00–12:00, in the reader's clock."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    first = f"{day_label(start.date())}, {start:%H:%M}"
    return (
        f"{first}–{end:%H:%M}"
        if _ends_that_day(start.date(), end)
        else f"{first} – {day_label(end.date())}, {end:%H:%M}"
    )


def _ends_that_day(day: date, end: datetime) -> bool:
    return end.date() == day
