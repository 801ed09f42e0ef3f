"""The directory: everybody's list of who is here."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from ecluster.export import export, wants_export
from members.filters import OrganisationFilter
from members.models import Organisation
from members.queries.organisations import directory, export_columns, for_export, told


@login_not_required
def organisation_list(request: HttpRequest) -> HttpResponseBase:
    filters = OrganisationFilter(request.GET, queryset=Organisation.objects.visible_to(request.user), request=request)
    if format_ := wants_export(request):
        rows = for_export(filters.qs.listed()).order_by(*filters.sort.ordering or ["pk"])
        return export(rows, export_columns(request.user), "organisations", format_)
    page = filters.page(directory)
    context = {"filters": filters, "page": page, "rows": told(page.rows)}
    return render(request, "members/organisation_list.html", context)
