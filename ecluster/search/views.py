"""The one box for everything a person may see."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ecluster.search.engine import Group, find_any

LONGEST_QUERY = 500  # characters; what follows is no longer a query


@login_not_required
@require_safe
def search(request):
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    findings = find_any(text, request.user)
    context = {
        "text": text,
        "shown_for": findings.shown_for,
        "groups": [(group, _list_address(group, findings.shown_for or text)) for group in findings.groups],
    }
    is_typing = request.htmx and not request.htmx.history_restore_request
    return render(request, "search/_findings.html" if is_typing else "search/search_page.html", context)


def _list_address(group: Group, text: str) -> str:
    """Where all of the group's hits stand; blank for a kind without a list of its own."""
    if not group.source.list_url:
        return ""
    return f"{reverse(group.source.list_url)}?{urlencode({'q': text})}"
