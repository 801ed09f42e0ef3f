"""Choosing industries: search the classifications, add one, take one away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from members.actions import organisations
from members.forms.organisations import section_links
from members.models import Industry, Organisation
from members.taxonomies.lookup import find_industries

MOST_SHOWN = 20


def edit_industries(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    chosen = list(organisation.industries.order_by("scheme", "code"))
    if request.method == "POST":
        industries = _after(request, chosen)
        organisations.set_industries(organisation=organisation, by=request.user, industries=industries)
        return redirect(request.get_full_path())
    words = request.GET.get("q", "").strip()[:100]
    context = {
        "organisation": organisation,
        "tabs": section_links(organisation, "industries"),
        "chosen": chosen,
        "words": words,
        "found": find_industries(words, most=MOST_SHOWN) if words else None,
    }
    return render(request, "members/organisation_industries.html", context)


def _after(request: HttpRequest, chosen: list[Industry]) -> list[Industry]:
    """The chosen ones with the one to add and without the one to remove."""
    kept = [industry for industry in chosen if str(industry.pk) != request.POST.get("remove")]
    added = request.POST.get("add", "")
    return kept + (list(Industry.objects.filter(pk=added)) if added.isdecimal() else [])
