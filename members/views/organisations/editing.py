"""Editing a profile section by section. Whoever saves second is told, and keeps what they typed."""

from django.contrib import messages
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ecluster.editing import as_of, saves
from members.actions import organisations
from members.forms.organisations import LIST_SECTIONS, FactsForm, ListSection, RowFormSet, section_links
from members.forms.organisations.sections import LABELS
from members.models import Organisation, Term
from members.queries.organisations import members_named
from members.views.organisations.finding import organisation_edited
from members.views.organisations.industries import edit_industries
from members.views.organisations.pictures import edit_pictures

BLANK_ROWS = 2  # for who has no JavaScript to add more


def organisation_edit(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    organisation = organisation_edited(request, pk)
    match section:
        case "facts":
            return _edit_facts(request, organisation)
        case "industries":
            return edit_industries(request, organisation)
        case "pictures":
            return edit_pictures(request, organisation)
        case _ if section in LIST_SECTIONS:
            return _edit_list(request, organisation, section)
    raise Http404


def _edit_facts(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = FactsForm(request.POST or None, instance=Organisation.objects.get(pk=organisation.pk))
    if form.is_valid() and _saved(request, organisation, form, **form.cleaned_data):
        return redirect(organisation)
    return _page(request, organisation, "facts", "members/organisation_facts.html", form=form)


def _edit_list(request: HttpRequest, organisation: Organisation, name: str) -> HttpResponse:
    section = LIST_SECTIONS[name]
    formset = _formset(request, organisation, section)
    if formset.is_bound and formset.is_valid():
        rows = _with_partners(formset.rows()) if name == "trade" else formset.rows()
        if _saved(request, organisation, formset, **{section.part: rows}):
            return redirect(organisation)
    return _page(request, organisation, name, "members/organisation_list_edit.html", formset=formset, lead=section.lead)


def _formset(request: HttpRequest, organisation: Organisation, section: ListSection):
    rows = getattr(organisation, section.part).all()
    form_kwargs = {}
    if section.kind:
        named = [getattr(row, section.kind) for row in rows.select_related(section.kind)]
        terms = {term.pk: term for term in [*Term.objects.offered(section.kind), *named]}
        form_kwargs = {"terms": dict(sorted(terms.items(), key=lambda pair: str(pair[1])))}
    factory = formset_factory(
        section.row_form,
        formset=RowFormSet,
        extra=BLANK_ROWS,
        can_delete=True,
        can_delete_extra=False,
        max_num=200,
        absolute_max=300,
    )
    initial = [section.row_form.initial_of(row) for row in rows]
    return factory(request.POST or None, initial=initial, prefix="rows", form_kwargs=form_kwargs)


def _with_partners(rows: list[dict]) -> list[dict]:
    """Customers and suppliers that are members by their very name lead to their pages."""
    members = members_named({row["partner_name"] for row in rows})
    return [row | {"partner": members.get(row["partner_name"])} for row in rows]


def _saved(request: HttpRequest, organisation: Organisation, form, **details) -> bool:
    """Whether the action took it; else what it said stands at the form."""
    details |= {"organisation": organisation, "by": request.user, "as_of": as_of(request)}
    if saves(form, lambda: organisations.update(**details), organisations.ChangedMeanwhile):
        messages.success(request, _("Saved. The profile is marked as true as of today."))
        return True
    organisation.refresh_from_db()
    return False


def _page(request: HttpRequest, organisation: Organisation, section: str, template: str, **context) -> HttpResponse:
    context |= {
        "organisation": organisation,
        "section": LABELS[section],
        "tabs": section_links(organisation, section),
        "as_of": organisation.updated_at.isoformat(),
    }
    return render(request, template, context)
