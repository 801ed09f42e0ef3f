"""The directory of equipment: all that one may know of, and what is free at a time."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from ecluster.export import export, wants_export
from equipment.filters import EquipmentFilter, equipment_filter, free_filter
from equipment.forms.free import FreeForm
from equipment.free_times import span_query
from equipment.models import Equipment
from equipment.queries.directory import export_columns, for_export, for_rows
from equipment.queries.for_you import for_you
from equipment.queries.nearest import nearest_free
from members.belonging import managed_organisation_ids


@login_not_required
def equipment_list(request: HttpRequest) -> HttpResponseBase:
    filters = equipment_filter(request, for_rows(Equipment.objects.visible_to(request.user)))
    if format_ := wants_export(request):
        return _export(request, filters, format_)
    page = filters.page()
    context = {
        "filters": filters,
        "page": page,
        "rows": _with_terms(request, page.rows),
        "can_add": request.user.is_authenticated and bool(managed_organisation_ids(request.user)),
    }
    return render(request, "equipment/equipment_list.html", context)


@login_not_required
def equipment_free(request: HttpRequest) -> HttpResponseBase:
    """`?day=&from=&to=(&until=)`: the times are the reader's, a blank `until` means the same day. `&taken`: with what
    is taken then, and when it is free."""
    form = FreeForm(request.GET if "day" in request.GET else None)
    if not form.is_valid():
        return render(request, "equipment/equipment_free.html", {"form": form, "filters": None})
    starts_at, ends_at = form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
    visible = for_rows(Equipment.objects.visible_to(request.user).in_use())
    filters = free_filter(request, visible, starts_at, ends_at)
    if format_ := wants_export(request):
        return _export(request, filters, format_)
    page, wants_taken = filters.page(), "taken" in request.GET
    context = {
        "form": form,
        "kept": [(name, value) for name, values in request.GET.lists() if name not in form.sent for value in values],
        "span": span_query(starts_at, ends_at),
        "filters": filters,
        "page": page,
        "rows": _with_terms(request, page.rows),
        "minutes": form.minutes,
        "others": nearest_free(filters, visible, starts_at, ends_at) if wants_taken or not page.rows else None,
    }
    return render(request, "equipment/equipment_free.html", context)


def _with_terms(request: HttpRequest, machines: list[Equipment]) -> list[tuple]:
    terms = for_you(machines, request.user)
    return [(machine, terms[machine.pk]) for machine in machines]


def _export(request: HttpRequest, filters: EquipmentFilter, format_: str) -> HttpResponseBase:
    rows = for_export(filters.qs.order_by(*filters.sort.ordering or ["pk"]))
    return export(rows, export_columns(request.user), "equipment", format_)
