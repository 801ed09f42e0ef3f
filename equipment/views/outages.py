"""A machine can't be used: planned by a keeper, reported by who finds it broken, mended."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecluster.accounts.access import can, require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.pagination import keyset_page
from equipment.actions import outages
from equipment.errors import CoversBookings
from equipment.forms.outages import PlanForm, ReportForm
from equipment.models import Equipment, Outage
from equipment.statuses import EquipmentStatus
from equipment.views.finding import machine_seen
from members.forms.memberships import add_errors


def outage_list(request: HttpRequest, pk: int) -> HttpResponse:
    machine = machine_seen(request, pk)
    rows = Outage.objects.visible_to(request.user).filter(equipment=machine)
    context = {
        "machine": machine,
        "page": keyset_page(request, rows, ("-starts_at", "-pk")),
        "now": timezone.now(),
        "keeps": can(request.user, Permission.KEEP_EQUIPMENT, machine),
        "can_report": _may_report(request.user, machine) and machine.status == EquipmentStatus.WORKING,
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "equipment/outage_list.html", context)


def outage_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Bookings that it would lie over are named first; with the second button they are cancelled."""
    machine = machine_seen(request, pk)
    require_or_404(request.user, Permission.KEEP_EQUIPMENT, machine)
    form, covered = PlanForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = {name: given[name] for name in ("starts_at", "ends_at", "reason")}
        try:
            outages.plan_outage(equipment=machine, by=request.user, cancelling=_named(request), **facts)
        except CoversBookings as error:
            covered = error.bookings
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The outage is planned. Whom it concerns has been told."))
            return redirect("equipment:outage-list", machine.pk)
    context = {"machine": machine, "form": form, "names": form.time_names, "covered": covered}
    return render(request, "equipment/outage_plan.html", context | _where())


def outage_report(request: HttpRequest, pk: int) -> HttpResponse:
    machine = machine_seen(request, pk)
    if not _may_report(request.user, machine):
        require_or_404(request.user, Permission.KEEP_EQUIPMENT, machine)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outages.report_outage(equipment=machine, by=request.user, **form.for_action())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Thank you. The keepers and everybody who has booked it are told."))
            return redirect("equipment:outage-list", machine.pk)
    names = form.with_questions("reason expected_day expected_time")
    context = {"machine": machine, "form": form, "names": names} | _where()
    return render(request, "equipment/outage_report.html", context)


@require_POST
def outage_end(request: HttpRequest, pk: int) -> HttpResponse:
    outage = get_object_or_404(Outage.objects.visible_to(request.user).select_related("equipment"), pk=pk)
    require_or_404(request.user, Permission.KEEP_EQUIPMENT, outage.equipment)
    try:
        outages.end_outage(outage=outage, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It works again. Whom it concerns has been told."))
    return _back(request, outage)


@require_POST
def outage_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    outage = get_object_or_404(Outage.objects.visible_to(request.user).select_related("equipment"), pk=pk)
    require_or_404(request.user, Permission.KEEP_EQUIPMENT, outage.equipment)
    try:
        outages.withdraw_outage(outage=outage, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The outage is withdrawn. Whom it concerns has been told."))
    return _back(request, outage)


def _back(request: HttpRequest, outage: Outage) -> HttpResponse:
    """To where the button stood."""
    if request.POST.get("back") == "desk":
        return redirect("equipment:desk")
    return redirect("equipment:outage-list", outage.equipment_id)


def _may_report(person, machine: Equipment) -> bool:
    """Who uses it, and who keeps it."""
    return can(person, Permission.BOOK_EQUIPMENT, machine) or can(person, Permission.KEEP_EQUIPMENT, machine)


def _named(request: HttpRequest) -> set[int]:
    """The bookings that whoever plans has seen and cancels."""
    return {int(pk) for pk in request.POST.getlist("cancelling") if pk.isascii() and pk.isdigit() and len(pk) < 19}


def _where() -> dict:
    return {"zone": timezone.get_current_timezone_name()}
