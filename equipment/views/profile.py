"""A machine's page: what it is, when it is free, what it is to the reader, and what can be done about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecluster.audit.models import AuditEntry
from ecluster.pagination import keyset_page
from ecluster.workflow import WrongStatus
from equipment.actions import machines
from equipment.profiles import profile_for
from equipment.views.finding import machine_edited, machine_seen


@login_not_required
def equipment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    machine = machine_seen(request, pk)
    return render(
        request, "equipment/equipment_detail.html", {"machine": machine, "profile": profile_for(machine, request.user)}
    )


def equipment_history(request: HttpRequest, pk: int) -> HttpResponse:
    machine = machine_edited(request, pk)
    page = keyset_page(request, AuditEntry.objects.about(machine), ("-at", "-pk"))
    return render(request, "equipment/equipment_history.html", {"machine": machine, "page": page})


@require_POST
def equipment_retire(request: HttpRequest, pk: int) -> HttpResponse:
    machine = machine_edited(request, pk)
    try:
        machines.retire(machine=machine, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except WrongStatus as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is retired: nothing can be booked any more."))
    return redirect(machine)


@require_POST
def equipment_reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    machine = machine_edited(request, pk)
    try:
        machines.reinstate(machine=machine, by=request.user)
    except WrongStatus as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is back in use."))
    return redirect(machine)
