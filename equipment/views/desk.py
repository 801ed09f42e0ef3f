"""The keeper's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from equipment.queries import desk as queries


def desk(request: HttpRequest) -> HttpResponse:
    require_or_404(request.user, Permission.KEEP_EQUIPMENT)
    person = request.user
    groups = queries.requests(person)
    context = {
        "groups": groups,
        "request_count": sum(len(group.requests) for group in groups),
        "to_log": queries.to_log(person),
        "today": queries.today(person),
        "outages": queries.outages(person),
        "machines": queries.kept_by(person),
        "now": timezone.now(),
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "equipment/desk.html", context)
