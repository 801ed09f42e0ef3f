"""What a month's use comes to: for who pays, and for whose machines they are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecluster.words import local_date
from equipment.models import Booking, Equipment
from equipment.querysets.bookings import BookingQuerySet
from equipment.statuses import BookingStatus
from members.belonging import current_affiliations

BILLED = Q(status__in=[BookingStatus.DONE, BookingStatus.MISSED]) | Q(
    status=BookingStatus.CANCELLED, is_late_cancellation=True
)


@dataclass(frozen=True)
class Account:
    """One side's books: which of the bookings that a person sees stand in them."""

    key: str
    label: str | Promise
    bookings: Q
    is_owner: bool = False  # money comes in


@dataclass(frozen=True)
class Line:
    booking: Booking

    @property
    def starts_at(self) -> datetime:
        """As the clock where the machine stands showed it, without a zone: the month is of that place too."""
        return self.booking.starts_at.astimezone(ZoneInfo(self.booking.equipment.time_zone)).replace(tzinfo=None)

    @property
    def when(self) -> str:
        return f"{local_date(self.starts_at.date())} {self.starts_at:%H:%M}"

    @property
    def what(self) -> str:
        if self.booking.status == BookingStatus.CANCELLED:
            return _("cancelled late")
        return str(self.booking.get_status_display())

    @property
    def payer(self) -> str:
        return str(self.booking.organisation or self.booking.person)


@dataclass(frozen=True)
class Payer:
    name: str
    used_minutes: int
    cost_krw: int


@dataclass(frozen=True)
class Statement:
    account: Account
    month: date  # its first day
    lines: list[Line]

    @cached_property
    def used_minutes(self) -> int:
        return sum(line.booking.used_minutes or 0 for line in self.lines)

    @cached_property
    def cost_krw(self) -> int:
        return sum(line.booking.cost_krw for line in self.lines)

    @cached_property
    def payers(self) -> list[Payer]:
        """Who owes how much; who books for themself is a payer of their own. The dearest first."""
        found = defaultdict(list)
        for line in self.lines:
            booking = line.booking
            found[booking.organisation_id, None if booking.organisation_id else booking.person_id].append(line)
        payers = [_payer(lines) for lines in found.values()]
        return sorted(payers, key=lambda payer: (-payer.cost_krw, payer.name))


def accounts_of(user) -> list[Account]:
    """The books that `user` may open: their organisation's, their machines', and what they used for themself."""
    return [*_of_organisations(user), Account("own", gettext_lazy("What I used for myself"), _own(user))]


def statement(user, account: Account, month: date) -> Statement:
    seen = Booking.objects.visible_to(user).filter(account.bookings)
    billed = _within(month, seen.filter(BILLED)).select_related("equipment__owner", "organisation", "person")
    return Statement(account, month, [Line(booking) for booking in billed.order_by("starts_at", "pk")])


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _of_organisations(user) -> Iterator[Account]:
    affiliations = current_affiliations(user)
    owners = set(
        Equipment.objects.filter(owner__in=[a.organisation_id for a in affiliations]).values_list("owner", flat=True)
    )
    kept = set(user.kept_equipment.values_list("owner", flat=True))
    for affiliation in affiliations:
        organisation = affiliation.organisation
        shared = format_lazy(_SHARED, organisation=organisation)
        if affiliation.is_manager:
            used = format_lazy(_USED, organisation=organisation)
            yield Account(f"used-{organisation.pk}", used, Q(organisation=organisation))
        if affiliation.is_manager and organisation.pk in owners:
            yield Account(f"shared-{organisation.pk}", shared, Q(equipment__owner=organisation), is_owner=True)
        elif organisation.pk in kept:
            kept_ones = Q(equipment__owner=organisation, equipment__in=user.kept_equipment.all())
            yield Account(f"shared-{organisation.pk}", shared, kept_ones, is_owner=True)


_USED = gettext_lazy("What {organisation} used")
_SHARED = gettext_lazy("Who used the machines of {organisation}")


def _own(user) -> Q:
    return Q(person=user, organisation=None)


def _within(month: date, bookings: BookingQuerySet) -> BookingQuerySet:
    """Those that began in the month as it was where their machine stands."""
    zones = bookings.order_by().values_list("equipment__time_zone", flat=True).distinct()
    began = Q(pk=None)
    for zone in zones:
        start, end = (datetime(day.year, day.month, 1, tzinfo=ZoneInfo(zone)) for day in (month, next_month(month)))
        began |= Q(equipment__time_zone=zone, starts_at__gte=start, starts_at__lt=end)
    return bookings.filter(began)


def _payer(lines: list[Line]) -> Payer:
    return Payer(
        lines[0].payer,
        sum(line.booking.used_minutes or 0 for line in lines),
        sum(line.booking.cost_krw for line in lines),
    )
