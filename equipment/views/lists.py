"""The directory of equipment: all that one may know of, and what is free at a time."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from ecluster.export import export, wants_export
from ecluster.pagination import Page
from equipment.filters import EquipmentFilter, equipment_filter, free_filter
from equipment.forms.free import FreeForm
from equipment.free_times import span_query
from equipment.models import Equipment
from equipment.queries.directory import (
    directory,
    export_columns,
    for_export,
    free_directory,
    free_keys,
    row_words,
    told,
)
from equipment.queries.nearest import nearest_free
from equipment.querysets.free import asked
from members.belonging import managed_organisation_ids
from members.reading import asked_by


@login_not_required
def equipment_list(request: HttpRequest) -> HttpResponseBase:
    filters = equipment_filter(request)
    if format_ := wants_export(request):
        return _export(request, filters, Equipment.objects.visible_to(request.user), format_)
    page = filters.page(directory, **asked_by(request.user))
    context = {
        "filters": filters,
        "page": page,
        "drawn": _drawn(request, page),
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
    wanted = asked_by(request.user) | asked(starts_at, ends_at)
    filters = free_filter(request, free_keys(**wanted))
    if format_ := wants_export(request):
        free = Equipment.objects.visible_to(request.user).free_between(starts_at, ends_at)
        return _export(request, filters, free, format_)
    page = filters.page(free_directory, **wanted)
    tells_taken = "taken" in request.GET or not page.rows
    context = {
        "form": form,
        "kept": [(name, value) for name, values in request.GET.lists() if name not in form.sent for value in values],
        "span": span_query(starts_at, ends_at),
        "filters": filters,
        "page": page,
        "drawn": _drawn(request, page),
        "minutes": form.minutes,
        "others": nearest_free(filters, request.user, starts_at, ends_at) if tells_taken else None,
    }
    return render(request, "equipment/equipment_free.html", context)


def _drawn(request: HttpRequest, page: Page) -> dict:
    """What the fragments of rows draw."""
    access, statuses = row_words()
    return {"rows": told(page.rows, request.user), "access": access, "statuses": statuses}


def _export(request: HttpRequest, filters: EquipmentFilter, machines: QuerySet, format_: str) -> HttpResponseBase:
    rows = for_export(filters.filter_queryset(machines).order_by(*filters.sort.ordering or ["pk"]))
    return export(rows, export_columns(request.user), "equipment", format_)
