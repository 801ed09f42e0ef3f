"""Offices are given, extended and ended; one's own are somebody else's to change."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ecluster.accounts.access import require_or_404
from ecluster.accounts.actions import appointments
from ecluster.accounts.forms.bodies import AppointmentForm, EndForm, ExtensionForm
from ecluster.accounts.models import Appointment, Body
from ecluster.accounts.permissions import Permission
from ecluster.accounts.requests import SignedInRequest


def appointment_new(request: SignedInRequest, pk: int) -> HttpResponse:
    require_or_404(request.user, Permission.MANAGE_BODIES)
    body = get_object_or_404(Body.objects.visible_to(request.user).standing(), pk=pk)
    form = AppointmentForm(request.POST or None, body=body, by=request.user, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"user": form.cleaned_data["email"]}
        del facts["email"]
        try:
            appointment = appointments.appoint(body=body, by=request.user, **facts)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return _done(request, appointment, _("%(person)s is appointed."))
    return render(request, "accounts/appointment_form.html", {"form": form, "body": body})


def appointment_extend(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = _somebody_elses(request, pk)
    form = ExtensionForm(request.POST or None)
    told = _("The term of %(person)s is extended.")
    return _change(request, appointment, form, appointments.extend_appointment, at="ends_on", told=told)


def appointment_end(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = _somebody_elses(request, pk)
    form = EndForm(request.POST or None, appointment=appointment)
    told = _("The term of %(person)s is set.")
    return _change(request, appointment, form, appointments.end_appointment, at="on", told=told)


def _change(
    request: SignedInRequest, appointment: Appointment, form: Form, action: Callable, *, at: str, told: str
) -> HttpResponse:
    """`at`: the field at which the action's refusal is shown."""
    if request.method == "POST" and form.is_valid():
        try:
            action(appointment=appointment, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(at, error.messages)
        else:
            return _done(request, appointment, told)
    context = {"form": form, "appointment": appointment, "is_extension": isinstance(form, ExtensionForm)}
    return render(request, "accounts/appointment_change.html", context)


def _asked_for(request: SignedInRequest) -> dict:
    """The page of a person leads here with their address filled in."""
    return {"email": request.GET.get("email", "")}


def _somebody_elses(request: SignedInRequest, pk: int) -> Appointment:
    require_or_404(request.user, Permission.MANAGE_BODIES)
    rows = Appointment.objects.visible_to(request.user).not_over().select_related("user", "body")
    appointment = get_object_or_404(rows, pk=pk)
    if appointment.user_id == request.user.pk:
        raise Http404
    return appointment


def _done(request: SignedInRequest, appointment: Appointment, told: str) -> HttpResponse:
    messages.success(request, told % {"person": appointment.user.name})
    return redirect(appointment.body)
