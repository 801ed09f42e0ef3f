"""The directory: everybody's list of who is here."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from ecluster.export import export, wants_export
from members.filters import organisation_filter
from members.models import Organisation
from members.queries.organisations import export_columns, for_export, with_marks


@login_not_required
def organisation_list(request: HttpRequest) -> HttpResponseBase:
    directory = Organisation.objects.visible_to(request.user).listed().select_related("region")
    filters = organisation_filter(request, directory)
    if format_ := wants_export(request):
        rows = for_export(filters.qs.order_by(*filters.sort.ordering or ["pk"]))
        return export(rows, export_columns(request.user), "organisations", format_)
    page = filters.page()
    context = {"filters": filters, "page": page, "rows": with_marks(page.rows)}
    return render(request, "members/organisation_list.html", context)
