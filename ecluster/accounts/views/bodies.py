"""The bodies of the agency: everybody on the members' side reads them, administrators keep them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import can, require_or_404
from ecluster.accounts.actions import bodies
from ecluster.accounts.forms.bodies import BodyEditForm, BodyForm, ReasonForm
from ecluster.accounts.models import Appointment, Body
from ecluster.accounts.permissions import Permission
from ecluster.accounts.requests import SignedInRequest
from ecluster.audit.models import AuditEntry


def body_list(request: SignedInRequest) -> HttpResponse:
    require_or_404(request.user, Permission.VIEW_MEMBERS_SIDE)
    rows = Body.objects.visible_to(request.user).with_holders()
    context = {
        "bodies": rows.standing(),
        "dissolved": rows.exclude(dissolved_on=None),
        "can_manage": can(request.user, Permission.MANAGE_BODIES),
    }
    return render(request, "accounts/body_list.html", context)


def body_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=pk)
    appointments = Appointment.objects.visible_to(request.user).filter(body=body).select_related("user", "body")
    in_force = appointments.in_force()
    can_manage = can(request.user, Permission.MANAGE_BODIES)
    context = {
        "body": body,
        "in_force": in_force.order_by("office", "starts_on"),
        "to_come": appointments.filter(starts_on__gt=timezone.localdate()).order_by("starts_on"),
        "former": appointments.over().order_by("-ends_on", "-starts_on"),
        "can_manage": can_manage,
        "history": AuditEntry.objects.about(body)[:50] if can_manage else [],
    }
    return render(request, "accounts/body_detail.html", context)


def body_new(request: SignedInRequest) -> HttpResponse:
    require_or_404(request.user, Permission.MANAGE_BODIES)
    form = BodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = bodies.create_body(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(body)s is set up. Appoint who sits in it.") % {"body": body})
        return redirect(body)
    return render(request, "accounts/body_form.html", {"form": form})


def body_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    body = _standing(request, pk)
    form = BodyEditForm(request.POST or None, instance=Body.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        bodies.edit_body(body=body, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(body)
    return render(request, "accounts/body_form.html", {"form": form, "body": body})


def body_dissolve(request: SignedInRequest, pk: int) -> HttpResponse:
    body = _standing(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bodies.dissolve_body(body=body, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(body)s is dissolved.") % {"body": body})
            return redirect(body)
    return render(request, "accounts/body_dissolve.html", {"form": form, "body": body})


def _standing(request: SignedInRequest, pk: int) -> Body:
    require_or_404(request.user, Permission.MANAGE_BODIES)
    return get_object_or_404(Body.objects.visible_to(request.user).standing(), pk=pk)
