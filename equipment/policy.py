"""What a machine's policy says against a booking: read only, all at once. A keeper may set it aside with a reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, DateTimeField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecluster.prepared import prepared
from ecluster.words import local_date, local_time
from equipment.days import day_pieces
from equipment.models import Booking, BookingPolicy, Equipment, Operation, Training
from equipment.opening import hours_of, is_open
from equipment.statuses import USING, BookingStatus

MINUTE, WEEK = timedelta(minutes=1), timedelta(days=7)


@dataclass(frozen=True)
class Violation:
    code: str
    message: str  # names the limit and what was asked, in the reader's language and zone


@dataclass(frozen=True)
class Asked:
    """A booking as somebody wants it."""

    equipment: Equipment
    policy: BookingPolicy
    person: object
    starts_at: datetime
    ends_at: datetime
    is_operated: bool
    ignoring: Booking | None

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts_at, self.ends_at)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.equipment.time_zone)


def violations(
    equipment: Equipment,
    person,
    starts_at: datetime,
    ends_at: datetime,
    *,
    is_operated: bool = False,
    ignoring: Booking | None = None,
) -> list[Violation]:
    """Everything that the policy has against it. `ignoring`: the booking that this time would take the place of."""
    policy = policy_of(equipment)
    asked = Asked(equipment, policy, person, starts_at, ends_at, operated(equipment, is_operated), ignoring)
    found = [rule(asked) for rule in _RULES] + list(_personal_limits(asked))
    return [violation for violation in found if violation]


def policy_of(equipment: Equipment) -> BookingPolicy:
    """Without one of its own, one that limits nothing."""
    return getattr(equipment, "policy", None) or BookingPolicy()


def operated(equipment: Equipment, wanted: bool) -> bool:
    """Whether somebody operates it for the user: as they choose only where the owner leaves it to them."""
    return wanted if equipment.operation == Operation.EITHER else equipment.operation == Operation.OPERATOR


def held(equipment: Equipment, starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """The time with its buffers: what nobody else may touch."""
    policy = policy_of(equipment)
    return starts_at - policy.buffer_before * MINUTE, ends_at + policy.buffer_after * MINUTE


def deadline(booking: Booking) -> datetime:
    """Until then it is cancelled for free; where the policy names none, until it begins."""
    return booking.starts_at - timedelta(hours=policy_of(booking.equipment).cancel_hours or 0)


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    return round((ends_at - starts_at) / MINUTE)


# --- what the time itself breaks ----------------------------------------------------------------------------


def _past(asked: Asked) -> Violation | None:
    goes_on = asked.ignoring is not None and asked.starts_at == asked.ignoring.starts_at
    if (asked.ends_at if goes_on else asked.starts_at) >= timezone.now():
        return None
    return Violation("past", _("%(time)s is over.") % {"time": local_time(asked.starts_at)})


def _horizon(asked: Asked) -> Violation | None:
    days = asked.policy.horizon_days
    if days is None or asked.starts_at <= (last := timezone.now() + timedelta(days=days)):
        return None
    text = ngettext(
        "It can be booked at most %(days)s day ahead, until %(last)s; this begins %(start)s.",
        "It can be booked at most %(days)s days ahead, until %(last)s; this begins %(start)s.",
        days,
    )
    return Violation("horizon", text % {"days": days, "last": local_time(last), "start": local_time(asked.starts_at)})


def _shortest(asked: Asked) -> Violation | None:
    limit = asked.policy.shortest
    if limit is None or asked.minutes >= limit:
        return None
    text = _("A booking lasts at least %(limit)s; this one would last %(asked)s.")
    return Violation("shortest", text % {"limit": lasting(limit), "asked": lasting(asked.minutes)})


def _longest(asked: Asked) -> Violation | None:
    limit = asked.policy.longest
    if limit is None or asked.minutes <= limit:
        return None
    text = _("A booking lasts at most %(limit)s; this one would last %(asked)s.")
    return Violation("longest", text % {"limit": lasting(limit), "asked": lasting(asked.minutes)})


def _start_interval(asked: Asked) -> Violation | None:
    interval = asked.policy.start_interval
    start = asked.starts_at.astimezone(asked.zone)
    since_midnight = timedelta(hours=start.hour, minutes=start.minute, seconds=start.second)
    if interval is None or not since_midnight % (interval * MINUTE):
        return None
    text = _(
        "Bookings begin every %(interval)s from midnight where it stands; there this one would begin at %(start)s."
    )
    return Violation("start_interval", text % {"interval": lasting(interval), "start": f"{start:%H:%M}"})


def _opening_hours(asked: Asked) -> Violation | None:
    hours = hours_of(asked.equipment)
    closed = [piece for piece in day_pieces(asked.starts_at, asked.ends_at, asked.zone) if not is_open(hours, *piece)]
    if not hours or not closed:
        return None
    open_then = [row for row in hours if row.weekday in {weekday for weekday, _opens, _closes in closed}]
    told = ", ".join(f"{row.get_weekday_display()} {row.opens:%H:%M}–{row.closes:%H:%M}" for row in open_then)
    text = (
        _("On that day it is open %(hours)s where it stands; this would be %(start)s to %(end)s there.")
        if told
        else _("It is closed on that day; this would be %(start)s to %(end)s where it stands.")
    )
    start, end = (f"{moment.astimezone(asked.zone):%H:%M}" for moment in (asked.starts_at, asked.ends_at))
    return Violation("opening_hours", text % {"hours": told, "start": start, "end": end})


def _training(asked: Asked) -> Violation | None:
    if not asked.equipment.training or asked.is_operated:
        return None
    day = asked.starts_at.astimezone(asked.zone).date()
    passed = Training.objects.filter(equipment=asked.equipment, person=asked.person).first()  # type: ignore[misc]
    if passed is None:
        return Violation("training", _("It needs training first: %(what)s") % _what_to_learn(asked))
    if passed.expires_on and passed.expires_on < day:
        text = _("The training for it was valid until %(day)s.")
        return Violation("training", text % {"day": local_date(passed.expires_on)})
    return None


_RULES: tuple[Callable[[Asked], Violation | None], ...] = (
    _past,
    _horizon,
    _shortest,
    _longest,
    _start_interval,
    _opening_hours,
    _training,
)


def _what_to_learn(asked: Asked) -> dict[str, str]:
    return {"what": " ".join(asked.equipment.training.split())}


# --- what the person's other bookings of the machine add up to ----------------------------------------------


def _personal_limits(asked: Asked) -> Iterator[Violation | None]:
    policy = asked.policy
    if policy.weekly_limit is None and policy.ahead_limit is None and policy.gap is None:
        return
    week_start, week_end = _weeks_around(asked)
    since = min(week_start, timezone.now(), asked.starts_at - timedelta(minutes=policy.gap or 0))
    rows = _bookings_of(equipment_id=asked.equipment.pk, person_id=asked.person.pk, since=since)  # type: ignore[attr-defined]
    others = [row for row in rows if asked.ignoring is None or row[0] != asked.ignoring.pk]
    yield _weekly_limit(asked, others, week_start, week_end)
    yield _ahead_limit(asked, others)
    yield _gap(asked, others)


@prepared(equipment_id=BigIntegerField(), person_id=BigIntegerField(), since=DateTimeField())
def _bookings_of(equipment_id, person_id, since):
    mine = Booking.objects.filter(equipment_id=equipment_id, person_id=person_id, ends_at__gt=since, status__in=USING)
    return mine.order_by("starts_at").values_list("pk", "starts_at", "ends_at", "status")


def _weeks_around(asked: Asked) -> tuple[datetime, datetime]:
    """From the Monday before it begins to the Monday after it ends, where the machine stands."""
    first, last = (moment.astimezone(asked.zone).date() for moment in (asked.starts_at, asked.ends_at - MINUTE))
    monday, next_monday = first - timedelta(days=first.weekday()), last + timedelta(days=7 - last.weekday())
    return tuple(datetime.combine(day, time(), asked.zone) for day in (monday, next_monday))  # type: ignore[return-value]


def _weekly_limit(asked: Asked, others: list[tuple], start: datetime, until: datetime) -> Violation | None:
    limit = asked.policy.weekly_limit
    while limit is not None and start < until:
        end = start + WEEK  # seven days of the wall clock: the zone's own arithmetic
        booked = sum(_overlap(row[1], row[2], start, end) for row in others)
        wanted = _overlap(asked.starts_at, asked.ends_at, start, end)
        if booked + wanted > limit:
            return _too_much_a_week(limit, booked, wanted, start)
        start = end
    return None


def _too_much_a_week(limit: int, booked: int, wanted: int, monday: datetime) -> Violation:
    text = _(
        "A person books at most %(limit)s a week;"
        " in the week of %(week)s there are %(booked)s, and %(asked)s more are asked for."
    )
    week = local_date(monday.date())
    told = {"limit": lasting(limit), "week": week, "booked": lasting(booked), "asked": lasting(wanted)}
    return Violation("weekly_limit", text % told)


def _ahead_limit(asked: Asked, others: list[tuple]) -> Violation | None:
    limit, now = asked.policy.ahead_limit, timezone.now()
    live = (BookingStatus.REQUESTED, BookingStatus.APPROVED)
    ahead = sum(1 for _pk, _start, end, status in others if end > now and status in live)
    if limit is None or ahead < limit:
        return None
    text = ngettext(
        "A person has at most %(limit)s booking ahead; there are %(ahead)s.",
        "A person has at most %(limit)s bookings ahead; there are %(ahead)s.",
        limit,
    )
    return Violation("ahead_limit", text % {"limit": limit, "ahead": ahead})


def _gap(asked: Asked, others: list[tuple]) -> Violation | None:
    gap = asked.policy.gap
    if gap is None:
        return None
    away = gap * MINUTE
    near = [row for row in others if row[1] < asked.ends_at + away and row[2] > asked.starts_at - away]
    if not near:
        return None
    apart = min(max(asked.starts_at - row[2], row[1] - asked.ends_at, timedelta()) for row in near)
    text = _("Between two bookings of a person lie at least %(gap)s; here it would be %(asked)s.")
    return Violation("gap", text % {"gap": lasting(gap), "asked": lasting(apart // MINUTE)})


def _overlap(starts_at: datetime, ends_at: datetime, start: datetime, end: datetime) -> int:
    """Minutes of the one within the other."""
    return max(0, minutes_between(max(starts_at, start), min(ends_at, end)))


def lasting(minutes: int) -> str:
    """90 as 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
