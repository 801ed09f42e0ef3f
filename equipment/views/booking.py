"""Booking a machine: one form; where it can't be had, all the reasons at once and what could be done instead."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ecluster.accounts.access import can, require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.local_times import read_instant
from equipment.actions import bookings
from equipment.actions.series import make_series
from equipment.costs import cost
from equipment.errors import Refused
from equipment.forms.bookings import BookingForm
from equipment.forms.times import day_shown, typed, with_other_time
from equipment.models import Booking, Equipment, Series
from equipment.policy import minutes_between, policy_of
from equipment.profiles import profile_for
from equipment.queries.calendars import day_of
from equipment.series import SeriesClashes
from equipment.slots import next_free
from equipment.statuses import BookingStatus
from equipment.views.finding import machine_seen
from equipment.views.refusals import refusal
from members.belonging import current_affiliations
from members.forms.memberships import add_errors

USUAL_MINUTES = 60


def book(request: HttpRequest, pk: int) -> HttpResponse:
    machine = machine_seen(request, pk)
    require_or_404(request.user, Permission.BOOK_EQUIPMENT, machine)
    form = _form(request, machine)
    against: dict = refusal(None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_book(request, form, machine))
        except Refused as refused:
            if booking := _the_same_of(request.user, refused):
                return redirect(booking)
            against = refusal(refused)
        except SeriesClashes as clashes:
            against["series"] = clashes
        except ValidationError as error:
            add_errors(form, error)
    return render(request, "equipment/book.html", _context(request, form, machine) | against)


def _book(request: HttpRequest, form: BookingForm, machine: Equipment) -> Booking | str:
    """Where to go on."""
    if form.is_series:
        series = make_series(equipment=machine, by=request.user, **form.for_series())  # type: ignore[arg-type]
        messages.success(request, _told_of(series))
        return "equipment:booking-list"
    booking = bookings.request(equipment=machine, by=request.user, **form.for_action())
    if booking.status == BookingStatus.REQUESTED:
        messages.success(request, _("Your request is sent. The keepers of the machine decide on it."))
    else:
        messages.success(request, _("It is yours: the time is booked."))
    return booking


def _told_of(series: Series) -> str:
    number = series.bookings.count()
    return ngettext("%(number)s time is booked.", "%(number)s times are booked.", number) % {"number": number}


def _the_same_of(person, refused: Refused) -> Booking | None:
    """Who presses the button twice has what they wanted."""
    times = {"starts_at": refused.starts_at, "ends_at": refused.ends_at}
    return Booking.objects.live().filter(equipment=refused.equipment, person=person, **times).first()


def _form(request: HttpRequest, machine: Equipment) -> BookingForm:
    zone = timezone.get_current_timezone()
    facts = {
        "machine": machine,
        "organisations": [affiliation.organisation for affiliation in current_affiliations(request.user)],  # type: ignore[arg-type]
        "keeps": can(request.user, Permission.KEEP_EQUIPMENT, machine),
        "zone": zone,
    }
    if request.method == "POST":
        return BookingForm(with_other_time(request.POST, zone), **facts)  # type: ignore[arg-type]
    return BookingForm(initial=_wanted(request, machine, zone), **facts)  # type: ignore[arg-type]


def _wanted(request: HttpRequest, machine: Equipment, zone) -> dict:
    """The time that the address names, else the next that is free."""
    start, end = (read_instant(request.GET.get(name, "")) for name in ("start", "end"))
    if start and end and start < end:
        return typed(start, end, zone)
    length = policy_of(machine).shortest or USUAL_MINUTES
    if start:
        return typed(start, start + timedelta(minutes=length), zone)
    slot = next(iter(next_free(machine, timezone.now(), length, 1, person=request.user)), None)
    return typed(*slot, zone) if slot else {}


def _context(request: HttpRequest, form: BookingForm, machine: Equipment) -> dict:
    """What somebody has to know before they book."""
    day = day_shown(form)
    profile = profile_for(machine, request.user)
    return {
        "series": None,
        "machine": machine,
        "form": form,
        "main_names": form.with_questions("day starts ends last_day"),
        "facts_names": form.with_questions("organisation purpose is_operated"),
        "repeat_names": form.with_questions("every_weeks until clock"),
        "repeats": any(form[name].value() or form[name].errors for name in ("every_weeks", "until")),
        "kept": _kept(form),
        "meant": [(name, value) for name, value in form.data.items() if name.startswith("meant-")],
        "profile": profile,
        "needs_approval": policy_of(machine).needs_approval and not profile.can_keep,
        "price": _price(form, profile.you.krw_per_hour),
        "day": day,
        "that_day": day_of(machine, day, request.user) if day else [],
        "zone": timezone.get_current_timezone_name(),
    }


def _price(form: BookingForm, krw_per_hour: int) -> int | None:
    """Of the time that stands in the form, as far as it is one."""
    times = form.cleaned_data if form.is_bound and form.is_valid() else None
    if times:
        return cost(minutes_between(times["starts_at"], times["ends_at"]), krw_per_hour)
    start, end = (read_instant(form.initial.get(name, "")) for name in ("starts_meant", "ends_meant"))
    return cost(minutes_between(start, end), krw_per_hour) if start and end else None


def _kept(form: BookingForm) -> list[tuple[str, str]]:
    """All that was typed but the time: what a button of another time sends along."""
    names = ("organisation", "purpose", "is_operated", "override_reason")
    return [(name, form[name].value() or "") for name in names if name in form.fields and form[name].value()]
