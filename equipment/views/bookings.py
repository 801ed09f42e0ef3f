"""One's bookings, and what is done with one: moved, handed over, cancelled, logged; a keeper decides on it."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ecluster.accounts.access import can, require_or_404
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from ecluster.audit.models import AuditEntry
from ecluster.local_times import read_instant
from ecluster.navigation import Link
from ecluster.pagination import keyset_page
from ecluster.workflow import WrongStatus
from equipment.actions import changing, deciding, logging
from equipment.actions.series import cancel_rest
from equipment.errors import Refused, who_to_ask
from equipment.forms.bookings import ApproveForm, FinishForm, HandOverForm, MissForm, MoveForm, ReasonForm
from equipment.forms.times import day_shown, typed, with_other_time
from equipment.models import Booking, Series
from equipment.policy import deadline
from equipment.queries.bookings import colleagues_for, next_step, past, steps_open, to_log, upcoming, waiting_of
from equipment.queries.calendars import day_of
from equipment.statuses import WaitingStatus
from equipment.views.refusals import refusal
from members.forms.memberships import add_errors

STEPS: dict[str, Callable] = {
    "approve": deciding.approve,
    "decline": deciding.decline,
    "cancel": changing.cancel,
    "hand-over": changing.hand_over,
    "finish": logging.finish,
    "miss": logging.miss,
}

LABELS = {
    "approve": gettext_lazy("Approve"),
    "decline": gettext_lazy("Decline"),
    "cancel": gettext_lazy("Cancel the booking"),
    "hand-over": gettext_lazy("Hand it to a colleague"),
    "finish": gettext_lazy("Log the use"),
    "miss": gettext_lazy("Nobody came"),
}


def booking_list(request: HttpRequest) -> HttpResponse:
    """What is to come; what is over or came to nothing; what one waits for."""
    person, shown = cast(User, request.user), request.GET.get("show", "")
    context: dict = {"zone": timezone.get_current_timezone_name(), "to_log": to_log(person), "shown": shown}
    waiting = list(waiting_of(person))
    if shown == "waiting":
        context["waiting"] = waiting
    elif shown == "past":
        context["page"] = keyset_page(request, past(person), ("-starts_at", "-pk"))
    else:
        context["page"] = keyset_page(request, upcoming(person), ("starts_at", "pk"))
        context["offered"] = [entry for entry in waiting if entry.status == WaitingStatus.OFFERED]
    return render(request, "equipment/booking_list.html", context | {"tabs": _tabs(shown, len(waiting))})


def booking_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _booking(request, pk), {})


def booking_move(request: HttpRequest, pk: int) -> HttpResponse:
    booking = _booking(request, pk)
    require_or_404(request.user, Permission.CHANGE_BOOKING, booking)
    if "move" not in steps_open(booking, request.user):
        messages.error(request, str(WrongStatus(booking, "move")))
        return redirect(booking)
    form, refused = _move_form(request, booking), None
    if request.method == "POST" and form.is_valid():
        try:
            changing.move_to(booking=booking, by=request.user, **form.for_action())
        except Refused as error:
            refused = error
        except WrongStatus as error:
            messages.error(request, str(error))
            return redirect(booking)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Moved. Whom it concerns has been told."))
            return redirect(booking)
    return render(request, "equipment/booking_move.html", _moving(request, booking, form, refused))


@require_POST
def booking_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    booking = _booking(request, pk)
    if step not in STEPS:
        raise Http404
    permission = Permission.KEEP_EQUIPMENT if step in ("approve", "decline", "miss") else Permission.CHANGE_BOOKING
    require_or_404(request.user, permission, booking)
    form = _step_form(step, booking, request.user, request.POST)
    if not form.is_valid():
        return _show(request, booking, {step: form})
    try:
        STEPS[step](booking=booking, by=request.user, **form.cleaned_data)
    except Refused as refused:
        return _show(request, _booking(request, pk), {step: form}, refused)
    except WrongStatus as error:
        messages.error(request, str(error))
    except ValidationError as error:
        add_errors(form, error)
        return _show(request, _booking(request, pk), {step: form})
    else:
        messages.success(request, _done(step, booking))
    return redirect(_back(request, booking))


@require_POST
def series_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is still to come of it."""
    series = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    if series.person_id != request.user.pk:
        raise Http404
    number = len(cancel_rest(series=series, by=request.user))
    told = ngettext("%(number)s booking is cancelled.", "%(number)s bookings are cancelled.", number)
    messages.success(request, told % {"number": number})
    return redirect("equipment:booking-list")


def _tabs(shown: str, waiting: int) -> list[Link]:
    address = reverse("equipment:booking-list")
    return [
        Link(_("To come"), address, is_current=shown not in ("past", "waiting")),
        Link(_("Over"), f"{address}?show=past", is_current=shown == "past"),
        Link(_("Waiting list"), f"{address}?show=waiting", is_current=shown == "waiting", badge=waiting),
    ]


def _booking(request: HttpRequest, pk: int) -> Booking:
    seen = Booking.objects.visible_to(request.user).select_related(
        "equipment__owner", "equipment__policy", "person", "organisation", "series"
    )
    return get_object_or_404(seen.distinct(), pk=pk)


def _step_form(step: str, booking: Booking, person, data=None) -> Form:
    match step:
        case "approve":
            return ApproveForm(data, prefix=step)
        case "decline":
            return ReasonForm(data, prefix=step)
        case "cancel":
            return ReasonForm(data, prefix=step, needed=booking.person_id != person.pk)
        case "hand-over":
            return HandOverForm(data, prefix=step, colleagues=colleagues_for(booking, person))
        case "finish":
            return FinishForm(data, prefix=step, booking=booking)
    return MissForm(data, prefix=step)


def _show(request: HttpRequest, booking: Booking, bound: dict, refused: Refused | None = None) -> HttpResponse:
    person = request.user
    steps = steps_open(booking, person)
    forms = {step: bound.get(step) or _step_form(step, booking, person) for step in steps if step in STEPS}
    context = {
        "booking": booking,
        "machine": booking.equipment,
        "steps": [(step, LABELS[step], form) for step, form in (forms | bound).items()],
        "next": next_step(booking, person),
        "can_move": "move" in steps,
        "can_cancel_series": booking.series_id and booking.person_id == person.pk,
        "keeps": can(person, Permission.KEEP_EQUIPMENT, booking),
        "owed": changing.owed_now(booking, person) if "cancel" in steps else 0,
        "deadline": deadline(booking),
        "contact": who_to_ask(booking.equipment, person),
        "entries": AuditEntry.objects.about(booking),
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "equipment/booking_detail.html", context | refusal(refused))


def _move_form(request: HttpRequest, booking: Booking) -> MoveForm:
    zone = timezone.get_current_timezone()
    facts = {"zone": zone, "keeps": can(request.user, Permission.KEEP_EQUIPMENT, booking)}
    if request.method == "POST":
        return MoveForm(with_other_time(request.POST, zone), **facts)  # type: ignore[arg-type]
    start, end = (read_instant(request.GET.get(name, "")) for name in ("start", "end"))
    times = (start, end) if start and end and start < end else (booking.starts_at, booking.ends_at)
    return MoveForm(initial=typed(*times, zone), **facts)  # type: ignore[arg-type]


def _moving(request: HttpRequest, booking: Booking, form: MoveForm, refused: Refused | None) -> dict:
    day = day_shown(form) or timezone.localdate(booking.starts_at)
    return {
        "booking": booking,
        "machine": booking.equipment,
        "form": form,
        "names": form.time_names,
        "other_names": form.with_questions("reason override_reason"),
        "kept": [("reason", form["reason"].value() or "")],
        "day": day,
        "that_day": day_of(booking.equipment, day, request.user, moving=booking),
        "zone": timezone.get_current_timezone_name(),
    } | refusal(refused)


def _done(step: str, booking: Booking) -> str:
    return {
        "approve": _("Approved. They are told."),
        "decline": _("Declined. They are told, with other times that are free."),
        "cancel": _("Cancelled."),
        "hand-over": _("Handed over to %(name)s. They are told.") % {"name": booking.person.name},
        "finish": _("The use is logged."),
        "miss": _("Recorded: nobody came."),
    }[step]


def _back(request: HttpRequest, booking: Booking) -> str:
    """To the desk where the button stood there; what one may see no longer, is no place to go back to."""
    if request.POST.get("back") == "desk":
        return "equipment:desk"
    seen = Booking.objects.visible_to(request.user).filter(pk=booking.pk).exists()
    return booking.get_absolute_url() if seen else "equipment:booking-list"
