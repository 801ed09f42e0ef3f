"""The finder: a problem in, people out, each with the reasons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from members.forms.experts import ProblemForm
from members.matching import find_experts
from members.matching.telling import helped, told

SHOWN = 12


def expert_find(request: HttpRequest) -> HttpResponse:
    """The form posts, so that a firm's problem stands in no log and no history; `?problem=` works too."""
    require_or_404(request.user, Permission.USE_FINDER)
    asked = request.POST if request.method == "POST" else request.GET
    form = ProblemForm(asked or None)
    problem = form.cleaned_data["problem"] if form.is_valid() else ""
    found = find_experts(problem, request.user, limit=SHOWN) if problem else None
    rows = [(match, told(match), helped(match)) for match in found.matches] if found else []
    return render(request, "members/expert_find.html", {"form": form, "found": found, "rows": rows})
