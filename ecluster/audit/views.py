"""The audit trail as administrators read it."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.accounts.requests import SignedInRequest
from ecluster.audit.forms import EntryFilterForm
from ecluster.audit.models import AuditEntry
from ecluster.export import Column, export, wants_export
from ecluster.history import history, wording
from ecluster.pagination import keyset_page

COLUMNS = [
    Column(_("When"), "at"),
    Column(_("Person"), lambda entry: entry.actor.name if entry.actor else ""),
    Column(_("Action"), lambda entry: wording(entry.action, entry.target_type.model_class())),
    Column(_("Kind of thing"), lambda entry: entry.target_type.name),
    Column(_("Number"), "target_id"),
    Column(_("What"), "target_label"),
    Column(_("Changes"), lambda entry: json.dumps(entry.changes, cls=DjangoJSONEncoder, ensure_ascii=False)),
    Column(_("Reason"), "reason"),
]


def entry_list(request: SignedInRequest) -> HttpResponseBase:
    require_or_404(request.user, Permission.VIEW_AUDIT_TRAIL)
    form = EntryFilterForm(request.GET or None)
    rows = AuditEntry.objects.visible_to(request.user).select_related("actor", "target_type")
    rows = rows.matching(**form.chosen) if form.is_bound else rows
    if format_ := wants_export(request):
        return export(rows, COLUMNS, "audit-trail", format_)
    page = keyset_page(request, rows, ordering=("-at", "-pk"), per_page=50)
    context = {
        "form": form,
        "page": page,
        "total": rows.total_up_to(10_000),
        "lines": list(zip(page.rows, history(page.rows), strict=True)),
    }
    return render(request, "audit/entry_list.html", context)
