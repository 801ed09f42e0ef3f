"""The vocabulary, kept by administrators, and the classifications of industry, which everybody may look through."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.navigation import Link
from members.actions import taxonomies
from members.forms.taxonomies import TermForm
from members.models import Industry, Term
from members.taxonomies import lookup
from members.taxonomies.uses import name_of_uses, with_uses


@require_GET
def term_list(request: HttpRequest, kind: str = Term.Kind.PROCESS) -> HttpResponse:
    require_or_404(request.user, Permission.MANAGE_TAXONOMIES)
    kind = _kind_or_404(kind)
    words = request.GET.get("q", "").strip()
    terms = with_uses(_named_like(Term.objects.visible_to(request.user).filter(kind=kind), words), kind)
    context = {
        "kind": kind,
        "tabs": _tabs(kind),
        "uses_label": name_of_uses(kind),
        "terms": list(terms.order_by("is_retired", "name_en")),
        "words": words,
    }
    return render(request, "members/term_list.html", context)


def term_new(request: HttpRequest, kind: str) -> HttpResponse:
    require_or_404(request.user, Permission.MANAGE_TAXONOMIES)
    kind = _kind_or_404(kind)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            term = taxonomies.add_term(by=request.user, kind=kind, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("“%(term)s” is offered from now on.") % {"term": term})
            return redirect("members:term-list", kind)
    return render(request, "members/term_form.html", {"form": form, "kind": kind, "term": None})


def term_edit(request: HttpRequest, pk: int) -> HttpResponse:
    term = _term_or_404(request, pk)
    form = TermForm(request.POST or None, instance=term)
    if request.method == "POST" and form.is_valid():
        try:
            taxonomies.update_term(term=term, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("members:term-list", term.kind)
    return render(request, "members/term_form.html", {"form": form, "kind": Term.Kind(term.kind), "term": term})


@require_POST
def term_retire(request: HttpRequest, pk: int) -> HttpResponse:
    term = _term_or_404(request, pk)
    taxonomies.retire_term(term=term, by=request.user)
    messages.success(request, _("“%(term)s” is no longer offered; profiles that have it keep it.") % {"term": term})
    return redirect("members:term-list", term.kind)


@require_POST
def term_offer(request: HttpRequest, pk: int) -> HttpResponse:
    term = _term_or_404(request, pk)
    taxonomies.offer_term_again(term=term, by=request.user)
    messages.success(request, _("“%(term)s” is offered again.") % {"term": term})
    return redirect("members:term-list", term.kind)


@login_not_required
@require_GET
@vary_on_headers("HX-Request")
def industry_search(request: HttpRequest) -> HttpResponse:
    """`?q=` finds by code or name, without it the tree is walked: `?scheme=`, `?under=` a code.

    A request by htmx gets the list alone.
    """
    words = request.GET.get("q", "").strip()
    scheme = _scheme_or_404(request.GET.get("scheme", ""))
    context = _found(words, scheme) if words else _walked(scheme or Industry.Scheme.KSIC, request.GET.get("under", ""))
    context |= {"words": words, "tabs": _scheme_tabs(context["scheme"], words)}
    only_list = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "members/_industry_rows.html" if only_list else "members/industry_list.html"
    return render(request, template, context)


def _found(words: str, scheme: str) -> dict:
    found = lookup.find_industries(words, scheme)
    return {"industries": found.industries, "more": found.more, "scheme": scheme, "path": []}


def _walked(scheme: str, code: str) -> dict:
    entry = get_object_or_404(Industry, scheme=scheme, code=code) if code else None
    path = lookup.path_to(entry) if entry else []
    return {"industries": list(lookup.below(scheme, code)), "more": False, "scheme": scheme, "path": path}


def _named_like(terms: QuerySet[Term], words: str) -> QuerySet[Term]:
    for word in words.split():
        terms = terms.filter(Q(name_ko__icontains=word) | Q(name_en__icontains=word) | Q(synonyms__icontains=word))
    return terms


def _tabs(current: str) -> list[Link]:
    counts = dict(Term.objects.values_list("kind").annotate(Count("pk")).order_by())
    return [
        Link(kind.label, reverse("members:term-list", args=[kind]), kind == current, counts.get(kind, 0))
        for kind in Term.Kind
    ]


def _scheme_tabs(current: str, words: str) -> list[Link]:
    address = reverse("members:industry-search")
    both = [("", _("Both"))] if words else []
    schemes = [*both, *((scheme, scheme.label) for scheme in Industry.Scheme)]
    return [
        Link(label, f"{address}?{urlencode({'scheme': scheme, 'q': words})}", scheme == current)
        for scheme, label in schemes
    ]


def _term_or_404(request: HttpRequest, pk: int) -> Term:
    require_or_404(request.user, Permission.MANAGE_TAXONOMIES)
    return get_object_or_404(Term.objects.visible_to(request.user), pk=pk)


def _kind_or_404(kind: str) -> Term.Kind:
    if kind not in Term.Kind.values:
        raise Http404
    return Term.Kind(kind)


def _scheme_or_404(scheme: str) -> str:
    if scheme and scheme not in Industry.Scheme.values:
        raise Http404
    return scheme
