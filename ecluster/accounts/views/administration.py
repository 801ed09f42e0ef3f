from django.http import HttpResponse
from django.shortcuts import render

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.accounts.requests import SignedInRequest
from ecluster.navigation import ADMINISTRATION, links


def administration(request: SignedInRequest) -> HttpResponse:
    """The administrator's ways: those that exist in this installation."""
    require_or_404(request.user, Permission.MANAGE_BODIES)
    return render(request, "accounts/administration.html", {"ways": links(ADMINISTRATION, request.user, request.path)})
