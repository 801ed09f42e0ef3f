"""Machines and bookings as tests need them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from equipment.models import Booking, BookingPolicy, Equipment, OpeningHours, Outage, UserClass
from equipment.statuses import BookingStatus
from members.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.organisations import listed

SEOUL = ZoneInfo("Asia/Seoul")


def seoul(text: str) -> datetime:
    """`2027-03-01 10:00` as Seoul's clock shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def machine(owner: Organisation | None = None, **facts) -> Equipment:
    facts = {"name_ko": "3차원 측정기", "name_en": "Coordinate measuring machine"} | facts
    return Equipment.objects.create(owner=owner or listed(), **facts)


def booked(equipment: Equipment, starts_at: datetime, hours: float = 1, **facts) -> Booking:
    """A booking that is simply there; how one comes to be there is the actions' to test."""
    ends_at = starts_at + timedelta(hours=hours)
    facts = {"status": BookingStatus.APPROVED, "user_class": UserClass.MEMBER} | facts
    if "person" not in facts:
        facts["person"] = UserFactory()
    facts = {"held_from": starts_at, "held_until": ends_at} | facts
    return Booking.objects.create(equipment=equipment, starts_at=starts_at, ends_at=ends_at, **facts)


def down(equipment: Equipment, starts_at: datetime, ends_at: datetime | None = None) -> Outage:
    """An outage that is simply there; without an end, one that was reported and is not mended."""
    return Outage.objects.create(
        equipment=equipment,
        kind=Outage.Kind.PLANNED if ends_at else Outage.Kind.REPORTED,
        starts_at=starts_at,
        ends_at=ends_at,
        reason="Spindle",
        reported_by=UserFactory(),
    )


def monday(clock: str = "10:00", days: int = 0) -> datetime:
    """Of the Monday after next, as Seoul's clock shows it; `days` later."""
    today = datetime.now(SEOUL).date()
    day = today + timedelta(days=14 - today.weekday() + days)
    return seoul(f"{day} {clock}")


def with_policy(equipment: Equipment, **rules) -> Equipment:
    BookingPolicy.objects.create(equipment=equipment, **rules)
    return Equipment.objects.select_related("policy").get(pk=equipment.pk)


def open_on(equipment: Equipment, weekday: int, opens: str, closes: str) -> None:
    OpeningHours.objects.create(equipment=equipment, weekday=weekday, opens=opens, closes=closes)
