"""What a machine's page tells one reader, put together in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from ecluster.accounts.access import can
from ecluster.accounts.contact import audiences_of
from ecluster.accounts.permissions import Permission
from ecluster.files.models import StoredFile
from equipment.free_times import FreeTime
from equipment.models import Booking, Equipment, Outage, Range, UserClass
from equipment.opening import hours_of
from equipment.policy import policy_of
from equipment.policy_words import opening_lines, policy_lines
from equipment.queries.for_you import ForYou, for_you
from equipment.slots import next_free
from equipment.statuses import EquipmentStatus
from members.belonging import own_organisation_ids

DEFAULT_MINUTES = 60  # what is looked for where the policy names no shortest booking
FREE_TIMES_SHOWN = 3


@dataclass
class Profile:
    """`turn` is what happens next: see `_turn`."""

    ranges: list[Range]
    rates: list[tuple[UserClass, int]]
    hours: list[str]  # a line a weekday
    rules: list[str]  # the booking policy in sentences
    pictures: list[StoredFile]
    documents: list[StoredFile]
    outages: list[Outage]
    you: ForYou
    free: list[FreeTime]
    sees_contact: bool
    can_book: bool
    can_keep: bool
    can_edit: bool
    waiting: int  # requests that a keeper has to decide
    turn: str = field(init=False)
    now: datetime = field(default_factory=timezone.now)

    @property
    def outage(self) -> Outage | None:
        """The one that lasts now."""
        return next((outage for outage in self.outages if outage.starts_at <= self.now), None)


def profile_for(machine: Equipment, user) -> Profile:
    files = list(machine.attachments.all())
    can_keep = user.is_authenticated and can(user, Permission.KEEP_EQUIPMENT, machine)
    [you] = for_you([machine], user).values()
    now = timezone.now()
    profile = Profile(
        ranges=list(machine.ranges.all()),
        rates=[(user_class, you.rates[user_class]) for user_class in UserClass if user_class in you.rates],
        hours=opening_lines(hours_of(machine)),
        rules=policy_lines(policy_of(machine)),
        pictures=[file for file in files if file.slot == "picture"],
        documents=[file for file in files if file.slot == "document"],
        outages=list(machine.outages.touching(now, datetime.max.replace(tzinfo=now.tzinfo)).order_by("starts_at")),
        you=you,
        free=_free(machine, now),
        sees_contact=machine.contact_audience in audiences_of(user, is_own=_is_own(machine, user)),
        can_book=user.is_authenticated and you.may_use and machine.status != EquipmentStatus.RETIRED,
        can_keep=can_keep,
        can_edit=can_keep or (user.is_authenticated and can(user, Permission.EDIT_EQUIPMENT, machine)),
        waiting=_waiting(machine, now) if can_keep else 0,
    )
    profile.turn = _turn(machine, profile, user)
    return profile


def _turn(machine: Equipment, profile: Profile, user) -> str:
    """What happens next with the machine, and for whom: the name of the sentence that the page draws."""
    if machine.status == EquipmentStatus.RETIRED:
        return "retired"
    if profile.waiting:
        return "decide"
    if machine.status == EquipmentStatus.DOWN:
        return "down"
    if not user.is_authenticated:
        return "sign_in"
    if not profile.you.may_use:
        return "not_open"
    if profile.you.needs_training and not profile.can_keep:
        return "learn"
    return "book" if profile.free else "full"


def _free(machine: Equipment, now: datetime) -> list[FreeTime]:
    minutes = policy_of(machine).shortest or DEFAULT_MINUTES
    return [FreeTime(machine, *slot) for slot in next_free(machine, now, minutes, count=FREE_TIMES_SHOWN)]


def _waiting(machine: Equipment, now: datetime) -> int:
    return Booking.objects.requested().filter(equipment=machine, starts_at__gt=now).count()


def _is_own(machine: Equipment, user) -> bool:
    return user.is_authenticated and machine.owner_id in own_organisation_ids(user)
