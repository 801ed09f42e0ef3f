"""A machine's booking policy in sentences, as its page tells it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.days import END_OF_DAY
from equipment.models import BookingPolicy, OpeningHours
from equipment.policy import lasting


def policy_lines(policy: BookingPolicy) -> list[str]:
    """What is not limited is not told."""
    return [*_ways(policy), *_lengths(policy), *_limits(policy), *_cancelling(policy)]


def opening_lines(hours: Iterable[OpeningHours]) -> list[str]:
    """A line a weekday: “Monday 09:00–12:00, 13:00–18:00”."""
    days: dict[str, list[str]] = {}
    for row in hours:
        closes = "24:00" if row.closes == END_OF_DAY else f"{row.closes:%H:%M}"
        days.setdefault(row.get_weekday_display(), []).append(f"{row.opens:%H:%M}–{closes}")  # type: ignore[attr-defined]
    return [f"{day} {', '.join(spans)}" for day, spans in days.items()]


def _ways(policy: BookingPolicy) -> Iterator[str]:
    if policy.needs_approval:
        yield _("A keeper approves each booking.")
    else:
        yield _("A booking counts at once.")
    if days := policy.horizon_days:
        told = ngettext("It can be booked %(days)s day ahead.", "It can be booked %(days)s days ahead.", days)
        yield told % {"days": days}


def _lengths(policy: BookingPolicy) -> Iterator[str]:
    if policy.shortest:
        yield _("A booking lasts at least %(limit)s.") % {"limit": lasting(policy.shortest)}
    if policy.longest:
        yield _("A booking lasts at most %(limit)s.") % {"limit": lasting(policy.longest)}
    if policy.start_interval:
        yield _("Bookings begin every %(interval)s.") % {"interval": lasting(policy.start_interval)}
    if policy.buffer_before:
        yield _("Before each booking %(buffer)s are kept to prepare it.") % {"buffer": lasting(policy.buffer_before)}
    if policy.buffer_after:
        yield _("After each booking %(buffer)s are kept to clean up.") % {"buffer": lasting(policy.buffer_after)}


def _limits(policy: BookingPolicy) -> Iterator[str]:
    if policy.weekly_limit:
        yield _("A person uses it at most %(limit)s a week.") % {"limit": lasting(policy.weekly_limit)}
    if limit := policy.ahead_limit:
        told = ngettext(
            "A person has at most %(limit)s booking ahead.", "A person has at most %(limit)s bookings ahead.", limit
        )
        yield told % {"limit": limit}
    if policy.gap:
        yield _("Between two bookings of a person lie at least %(gap)s.") % {"gap": lasting(policy.gap)}


def _cancelling(policy: BookingPolicy) -> Iterator[str]:
    if hours := policy.cancel_hours:
        told = ngettext(
            "Cancelling is free until %(hours)s hour before.", "Cancelling is free until %(hours)s hours before.", hours
        )
        yield told % {"hours": hours}
    if policy.late_percent:
        told = _("Who cancels later, or doesn’t come, owes %(percent)s per cent of the cost.")
        yield told % {"percent": policy.late_percent}
