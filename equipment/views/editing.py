"""Editing a machine section by section. Whoever saves second is told, and keeps what they typed."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ecluster.accounts.models import User
from ecluster.editing import as_of, saves
from equipment.actions import machines
from equipment.forms.machines import FactsForm, KeepersForm, NewForm, PolicyForm
from equipment.forms.sections import LABELS, LIST_SECTIONS, ListSection, section_links
from equipment.models import BookingPolicy, Equipment
from equipment.views.files import edit_files
from equipment.views.finding import machine_edited
from equipment.views.trainings import edit_trainings
from members.actions.organisations import ChangedMeanwhile
from members.belonging import managed_organisation_ids
from members.forms.organisations import RowFormSet
from members.models import Affiliation, Organisation

BLANK_ROWS = 2  # for who has no JavaScript to add more


def equipment_new(request: HttpRequest) -> HttpResponse:
    """For the managers of organisations; 404 for whoever manages none."""
    owners = Organisation.objects.unmerged().filter(pk__in=managed_organisation_ids(request.user))  # type: ignore[arg-type]
    if not owners:
        raise Http404
    form = NewForm(request.POST or None, owners=owners, initial={"owner": owners[0]})
    if form.is_valid():
        try:
            machine = machines.create(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Entered. Say next what it costs, and how it may be booked."))
            return redirect(machine)
    return render(request, "equipment/equipment_new.html", {"form": form, "has_owners": len(owners) > 1})


def equipment_edit(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    edit = _EDITORS.get(section) or (_edit_list if section in LIST_SECTIONS else None)
    if edit is None:
        raise Http404
    return edit(request, machine_edited(request, pk), section)


def _edit_facts(request: HttpRequest, machine: Equipment, section: str) -> HttpResponse:
    form = FactsForm(request.POST or None, instance=Equipment.objects.get(pk=machine.pk))
    if form.is_valid() and _saved(request, machine, form, **form.cleaned_data):
        return redirect(machine)
    return _page(request, machine, section, "equipment/edit_facts.html", form=form)


def _edit_policy(request: HttpRequest, machine: Equipment, section: str) -> HttpResponse:
    # A copy: what was typed wrongly must not be what the page tells of the machine.
    form = PolicyForm(request.POST or None, instance=BookingPolicy.objects.filter(equipment=machine).first())
    if form.is_valid() and _saved(request, machine, form, policy=form.cleaned_data):
        return redirect(machine)
    return _page(request, machine, section, "equipment/edit_policy.html", form=form)


def _edit_keepers(request: HttpRequest, machine: Equipment, section: str) -> HttpResponse:
    theirs = Affiliation.objects.current().filter(organisation=machine.owner_id)
    people = User.objects.filter(pk__in=theirs.values("user")).order_by("name_ko", "pk")
    initial = {"keepers": machine.keepers.all()}
    form = KeepersForm(request.POST if request.method == "POST" else None, people=people, initial=initial)
    if form.is_valid() and _saved(request, machine, form, **form.cleaned_data):
        return redirect(machine)
    return _page(request, machine, section, "equipment/edit_keepers.html", form=form)


def _edit_list(request: HttpRequest, machine: Equipment, name: str) -> HttpResponse:
    section = LIST_SECTIONS[name]
    formset = _formset(request, machine, section)
    rows = formset.rows() if formset.is_bound and formset.is_valid() else None  # type: ignore[attr-defined]
    if rows is not None and _saved(request, machine, formset, **{section.part: rows}):
        return redirect(machine)
    return _page(request, machine, name, "equipment/edit_list.html", formset=formset, lead=section.lead)


def _formset(request: HttpRequest, machine: Equipment, section: ListSection) -> BaseFormSet:
    factory = formset_factory(
        section.row_form,
        formset=RowFormSet,
        extra=BLANK_ROWS,
        can_delete=True,
        can_delete_extra=False,
        max_num=100,
        absolute_max=150,
    )
    initial = [section.row_form.initial_of(row) for row in getattr(machine, section.part).all()]
    return factory(request.POST or None, initial=initial, prefix="rows")


def _saved(request: HttpRequest, machine: Equipment, form, **details) -> bool:
    """Whether the action took it; else what it said stands at the form."""
    if saves(
        form,
        lambda: machines.update(machine=machine, by=request.user, as_of=as_of(request), **details),
        ChangedMeanwhile,
    ):
        messages.success(request, _("Saved."))
        return True
    machine.refresh_from_db()
    return False


def _page(request: HttpRequest, machine: Equipment, section: str, template: str, **context) -> HttpResponse:
    context |= {
        "machine": machine,
        "section": LABELS[section],
        "tabs": section_links(machine, section),
        "as_of": machine.updated_at.isoformat(),
    }
    return render(request, template, context)


_EDITORS: dict[str, Callable[[HttpRequest, Equipment, str], HttpResponse]] = {
    "facts": _edit_facts,
    "policy": _edit_policy,
    "keepers": _edit_keepers,
    "trainings": edit_trainings,
    "files": edit_files,
}
