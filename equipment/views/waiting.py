"""The waiting list of a machine, for who would take a time if it came free."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import CheckboxInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.workflow import WrongStatus
from equipment.actions import waiting
from equipment.errors import Refused
from equipment.forms.times import span_in
from equipment.models import WaitingEntry
from equipment.views.finding import machine_seen
from members.belonging import current_affiliations
from members.models import Organisation


@require_POST
def wait(request: HttpRequest, pk: int) -> HttpResponse:
    """From the page that refused a booking: the time, and whose bill it would be."""
    machine = machine_seen(request, pk)
    require_or_404(request.user, Permission.BOOK_EQUIPMENT, machine)
    span = span_in(request.POST.get("time", ""))
    if span is None:
        return redirect("equipment:book", machine.pk)
    facts = {
        "organisation": _organisation(request),
        "purpose": request.POST.get("purpose", "")[:300],
        "is_operated": CheckboxInput().value_from_datadict(request.POST, {}, "is_operated"),  # type: ignore[arg-type]
    }
    try:
        waiting.wait_for(equipment=machine, starts_at=span[0], ends_at=span[1], by=request.user, **facts)  # type: ignore[arg-type]
    except (Refused, ValidationError) as error:
        told = error.messages if isinstance(error, ValidationError) else error.reasons
        messages.error(request, " ".join(told))
        return redirect("equipment:book", machine.pk)
    messages.success(request, _("You are on the waiting list. When the time comes free, you are told."))
    return redirect(_list())


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    try:
        booking = waiting.take(entry=entry, by=request.user)  # type: ignore[arg-type]
    except WrongStatus as error:
        messages.error(request, str(error))
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
    else:
        messages.success(request, _("The time is yours."))
        return redirect(booking)
    return redirect(_list())


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        waiting.withdraw(entry=_entry(request, pk), by=request.user)  # type: ignore[arg-type]
    except WrongStatus as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You no longer wait for this time."))
    return redirect(_list())


def _entry(request: HttpRequest, pk: int) -> WaitingEntry:
    """One's own: for others' a keeper has no button."""
    own = WaitingEntry.objects.visible_to(request.user).filter(person=request.user.pk)
    return get_object_or_404(own.select_related("equipment"), pk=pk)


def _organisation(request: HttpRequest) -> Organisation | None:
    own = [affiliation.organisation for affiliation in current_affiliations(request.user)]  # type: ignore[arg-type]
    chosen = request.POST.get("organisation", "")
    return next((one for one in own if str(one.pk) == chosen), own[0] if len(own) == 1 else None)


def _list() -> str:
    return f"{reverse('equipment:booking-list')}?show=waiting"
