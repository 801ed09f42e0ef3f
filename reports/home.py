"""The front page: a visitor's way in, and for who is signed in what waits for them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ecluster.search.engine import Query, total
from members import table1
from members.belonging import own_organisation_ids
from members.search.organisations import ORGANISATION
from reports.turns import turns_of


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    table = table1.table(timezone.localdate())
    context = {
        "turns": turns_of(request.user),
        "mini_clusters": [(row.mini_cluster, _members(row.total)) for row in table.rows],
        "memberships": table.total,
        "belongs_nowhere": not (request.user.is_authenticated and own_organisation_ids(request.user)),
        "organisations": total(Query(ORGANISATION, user=request.user)).number,
    }
    return render(request, "reports/home.html", context)


def _members(number: int) -> str:
    return ngettext("%(counter)s member", "%(counter)s members", number) % {"counter": number}
