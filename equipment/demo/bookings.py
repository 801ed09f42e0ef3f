"""Who has booked the machines, this week and the next; what waits to be decided; what is out of order."""

from contextlib import suppress
from datetime import datetime, time, timedelta

from django.utils import timezone

from ecluster.accounts.permissions import Permission
from equipment.actions import bookings, deciding, outages, waiting
from equipment.demo.setting import Setting
from equipment.errors import Refused
from equipment.models import Booking, Equipment, Training
from equipment.policy import policy_of
from equipment.slots import next_free
from equipment.statuses import BookingStatus
from members.belonging import own_organisation_ids
from members.models import Organisation

BOOKINGS_A_MACHINE = 7
DAYS = 13
APPROVED = 0.7  # of the requests that a keeper has decided already
_PURPOSES = (
    "시제품 치수 검사",
    "국산화 부품 시험",
    "납품 전 성적서 작성",
    "불량 원인 분석",
    "신규 금형 시험",
    "공동 과제 실험",
)


def book_all(setting: Setting) -> None:
    for number, machine in enumerate(setting.machines, start=1):
        for _place in range(setting.rng.randint(3, BOOKINGS_A_MACHINE)):
            _book(setting, machine, setting.rng.choice(_who_may(setting, machine)))
        if number % 10 == 0:
            setting.progress(f"Bookings of machines {number}/{len(setting.machines)}")
    _book_for_the_demos_people(setting)
    _break_down(setting)


def _who_may(setting: Setting, machine: Equipment) -> list:
    """Of the people who book, those to whom the machine is open and who have learnt it; else its manager."""
    trained = set(Training.objects.filter(equipment=machine).values_list("person", flat=True))
    open_to = [user for user in setting.users if user.may(Permission.BOOK_EQUIPMENT, machine)]
    ready = [user for user in open_to if not machine.training or user.pk in trained]
    return ready or [setting.manager_of(machine.owner)]


def _book(setting: Setting, machine: Equipment, person) -> Booking | None:
    """At a free time of the next days; approved where the owner decides, but not always yet."""
    minutes = (policy_of(machine).shortest or 60) * setting.rng.choice((1, 2, 2, 3))
    day = timezone.localdate() + timedelta(days=setting.rng.randint(0, DAYS))
    wished = timezone.make_aware(datetime.combine(day, time(setting.rng.randint(9, 15))))
    free = next_free(machine, max(wished, timezone.now()), minutes, count=1, person=person)
    if not free:
        return None
    starts_at, ends_at = free[0]
    booking = _request(setting, machine, person, starts_at, ends_at)
    if booking and booking.status == BookingStatus.REQUESTED and setting.rng.random() < APPROVED:
        _approve(setting, booking)
    return booking


def _request(setting: Setting, machine: Equipment, person, starts_at: datetime, ends_at: datetime) -> Booking | None:
    """None where the policy has something against it, as it may have against anybody's."""
    payer = Organisation.objects.filter(pk__in=own_organisation_ids(person)).order_by("pk").first()
    try:
        return bookings.request(
            equipment=machine,
            starts_at=starts_at,
            ends_at=ends_at,
            by=person,
            organisation=payer,
            purpose=setting.rng.choice(_PURPOSES),
        )
    except Refused:
        return None


def _approve(setting: Setting, booking: Booking) -> None:
    with suppress(Refused):  # somebody else may have the time by now: the request stays to be decided
        deciding.approve(booking=booking, by=setting.manager_of(booking.equipment.owner))


def _book_for_the_demos_people(setting: Setting) -> None:
    """The demo's member has bookings of all kinds and waits for a time; the demo's manager has requests to decide."""
    member = setting.account("member")
    for machine in setting.machines[:4]:
        _book(setting, machine, member)
    taken = Booking.objects.holding().filter(equipment__in=setting.machines[:10], starts_at__gt=timezone.now())
    booking = taken.exclude(person=member).order_by("starts_at").select_related("equipment").last()
    if booking and member.may(Permission.BOOK_EQUIPMENT, booking.equipment):
        waiting.wait_for(equipment=booking.equipment, starts_at=booking.starts_at, ends_at=booking.ends_at, by=member)
    _ask_at_once(setting)


def _ask_at_once(setting: Setting) -> None:
    """Two ask for the same time of a machine of the demo's own firm."""
    machine = next(m for m in setting.machines if m.owner_id == setting.home.pk and policy_of(m).needs_approval)
    people = [user for user in setting.users if user.may(Permission.BOOK_EQUIPMENT, machine)][:2]
    ahead = timezone.now() + timedelta(days=3)
    [(starts_at, ends_at)] = next_free(machine, ahead, policy_of(machine).shortest or 60, count=1)
    for person in people:
        _request(setting, machine, person, starts_at, ends_at)


def _break_down(setting: Setting) -> None:
    """One is being serviced in three weeks, one broke down this morning."""
    serviced, broken = setting.machines[5], setting.machines[13]
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=21)
    by = setting.manager_of(serviced.owner)
    outages.plan_outage(
        equipment=serviced, starts_at=start, ends_at=start + timedelta(days=2), reason="정기 점검과 교정", by=by
    )
    expected = timezone.now() + timedelta(days=2)
    by = setting.manager_of(broken.owner)
    outages.report_outage(equipment=broken, reason="냉각수 펌프 고장", by=by, expected_until=expected)
