"""The chief coordinator's list of those who wish to join the pool."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from members.models import Expert


def expert_applications(request: HttpRequest) -> HttpResponse:
    require_or_404(request.user, Permission.DECIDE_EXPERT)
    waiting = Expert.objects.visible_to(request.user).awaiting_decision().select_related("user", "organisation")
    return render(request, "members/expert_applications.html", {"experts": waiting.order_by("created_at", "pk")})
