"""Table 1: membership by mini-cluster and class on any day, and the rows behind each number."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ecluster.export import Column, export, wants_export
from ecluster.pagination import keyset_page
from members import table1
from members.models import Organisation, OrganisationClass
from members.queries.mini_clusters import growth_chart
from members.querysets.memberships import MembershipPeriodQuerySet
from reports.forms import CellForm, DayForm

ROW_COLUMNS = [
    Column(gettext_lazy("Organisation"), lambda p: p.membership.organisation.name),
    Column(gettext_lazy("Class"), lambda p: p.get_org_class_display()),
    Column(gettext_lazy("Mini-cluster"), lambda p: p.mini_cluster.name),
    Column(gettext_lazy("Counted from"), "starts_on"),
    Column(gettext_lazy("Counted until"), "ends_on"),
]
SORTS = {"name": "name", "class": "org_class", "mini_cluster": "mini_cluster__position", "from": "starts_on"}


@login_not_required
def membership(request: HttpRequest) -> HttpResponseBase:
    form = DayForm(request.GET if request.GET.get("date") else {"date": timezone.localdate()})
    table = table1.table(form.day)
    if format_ := wants_export(request):
        return export([*table.rows, table.totals], _table_columns(), f"table-1-{table.day}", format_)
    context = {
        "form": form,
        "table": table,
        "classes": [c.label for c in table1.CLASSES],
        "rows": [_linked(row, table.day) for row in table.rows],
        "totals": _linked(table.totals, table.day),
        "chart": growth_chart(table1.growth(until=table.day)),
    }
    return render(request, "reports/membership.html", context)


@login_not_required
def membership_rows(request: HttpRequest) -> HttpResponseBase:
    form = CellForm(request.GET)
    if not form.is_valid():
        raise Http404
    day, mini_cluster, org_class = (form.cleaned_data[name] for name in ("date", "mini_cluster", "org_class"))
    rows = _rows(request, table1.counted(day, mini_cluster=mini_cluster, org_class=org_class))
    if format_ := wants_export(request):
        return export(rows, ROW_COLUMNS, f"table-1-{day}-rows", format_)
    page = keyset_page(request, rows, _ordering(request))
    listed = _listed(request, page.rows)
    context = {
        "day": day,
        "mini_cluster": mini_cluster,
        "class_label": OrganisationClass(org_class).label if org_class else "",
        "rows": [(period, period.membership.organisation_id in listed) for period in page.rows],
        "page": page,
        "total": rows.count(),
        "table_url": f"{reverse('reports:membership')}?date={day}",
    }
    return render(request, "reports/membership_rows.html", context)


def _linked(row: table1.Row, day) -> dict:
    """The row with the address of the rows behind each of its numbers."""
    about = f"{reverse('reports:membership-rows')}?date={day}"
    if row.mini_cluster:
        about += f"&mini_cluster={row.mini_cluster.slug}"
    cells = [(c.label, number, f"{about}&class={c.value}") for c, number in row.cells]
    return {"mini_cluster": row.mini_cluster, "cells": [*cells, (_("Total"), row.total, about)]}


def _table_columns() -> list[Column]:
    head = Column(_("Classification"), lambda row: row.mini_cluster.name if row.mini_cluster else _("Total"))
    numbers = [Column(c.label, partial(_number_of, c)) for c in table1.CLASSES]
    return [head, *numbers, Column(_("Total"), "total")]


def _number_of(org_class: OrganisationClass, row: table1.Row) -> int:
    return dict(row.cells)[org_class]


def _rows(request: HttpRequest, periods: MembershipPeriodQuerySet) -> MembershipPeriodQuerySet:
    first, second = ("ko", "en") if (get_language() or "").startswith("ko") else ("en", "ko")
    name = "membership__organisation__name_"
    return (
        periods.select_related("mini_cluster", "membership__organisation")
        .annotate(name=Coalesce(NullIf(F(name + first), Value("")), F(name + second)))
        .order_by(*_ordering(request))
    )


def _ordering(request: HttpRequest) -> tuple[str, ...]:
    asked = request.GET.get("sort", "")
    field = SORTS.get(asked.removeprefix("-"), "name")
    return ("-" + field if asked.startswith("-") else field, "pk")


def _listed(request: HttpRequest, periods: list) -> set[int]:
    """Whose profile the reader may open; the others are told by name, as they were public on that day."""
    found = Organisation.objects.visible_to(request.user).filter(pk__in=[p.membership.organisation_id for p in periods])
    return set(found.values_list("pk", flat=True))
