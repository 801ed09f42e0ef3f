"""Loading an agency's spreadsheets, step by step; for administrators."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.export import Column, export, wants_export
from ecluster.navigation import Link
from ecluster.pagination import keyset_page
from ecluster.workflow import WrongStatus
from members.actions import imports
from members.actions.imports.work import is_stuck
from members.forms.imports import MappingForm, UploadForm
from members.importing import progress
from members.importing.kinds import kind_of
from members.importing.mapping import Heading, Mapping
from members.importing.rows import Outcome
from members.importing.statuses import ImportStatus
from members.models import Import, ImportRow

COLUMNS = [
    Column(gettext_lazy("Row"), "number"),
    Column(gettext_lazy("What"), "label"),
    Column(gettext_lazy("Column"), lambda told: told.column),
    Column(gettext_lazy("Reason"), lambda told: told.reason),
]
_LOADED = {Outcome.ADD: gettext_lazy("Added"), Outcome.CHANGE: gettext_lazy("Changed")}
_TABS = (
    (Outcome.BAD, "wrong", gettext_lazy("Wrong")),
    (Outcome.ADD, "added", gettext_lazy("To add")),
    (Outcome.CHANGE, "changed", gettext_lazy("To change")),
    (Outcome.SAME, "unchanged", gettext_lazy("Unchanged")),
)


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    require_or_404(request.user, Permission.IMPORT_DATA)
    batches = Import.objects.visible_to(request.user).select_related("handled_by")
    page = keyset_page(request, batches, ordering=("-pk",))
    return render(request, "members/import_list.html", {"page": page, "total": batches.count()})


def import_new(request: HttpRequest) -> HttpResponse:
    require_or_404(request.user, Permission.IMPORT_DATA)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = imports.upload(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("members:import-map", batch.pk)
    return render(request, "members/import_form.html", {"form": form})


def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    """`refresh` in the form asks anew what the words of the chosen columns mean, and saves nothing."""
    batch = _batch_or_404(request, pk)
    if not batch.STATUS_TABLE.find("map", batch.status):
        return redirect(batch)
    form = _mapping_form(batch, request.POST or None)
    if "refresh" in request.POST:
        form = _mapping_form(batch, None, form.mapping_so_far())
    elif request.method == "POST" and form.is_valid():
        _try(request, lambda: imports.set_mapping(batch=batch, by=request.user, mapping=form.mapping()))
        return redirect(batch)
    return render(request, "members/import_map.html", {"batch": batch, "form": form, "kind": kind_of(batch.kind)})


@never_cache
@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`?rows=` an outcome shows those rows; while work is under way, htmx asks for the progress alone."""
    batch = _batch_or_404(request, pk)
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        return _progress(request, batch)
    if batch.status == ImportStatus.UPLOADED:
        return redirect("members:import-map", batch.pk)
    outcome = _outcome(request, batch)
    rows = ImportRow.objects.visible_to(request.user).filter(batch=batch)
    if format_ := wants_export(request):
        return export(_problems(rows.filter(outcome=Outcome.BAD)), COLUMNS, f"import-{batch.pk}-wrong-rows", format_)
    context = {
        "batch": batch,
        "outcome": outcome,
        "tabs": _tabs(batch, outcome),
        "page": keyset_page(request, rows.filter(outcome=outcome), ordering=("number",), per_page=50),
        "total": getattr(batch, next(field for key, field, _label in _TABS if key == outcome)),
        **_state(batch),
    }
    return render(request, "members/import_detail.html", context)


@require_POST
def import_load(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch_or_404(request, pk)
    leave_out_wrong = request.POST.get("wrong") == "leave-out"
    _try(request, lambda: imports.load(batch=batch, by=request.user, leave_out_wrong=leave_out_wrong))
    return redirect(batch)


@require_POST
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch_or_404(request, pk)
    _try(request, lambda: imports.preview_again(batch=batch, by=request.user))
    return redirect(batch)


@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch_or_404(request, pk)
    if _try(request, lambda: imports.discard(batch=batch, by=request.user)):
        messages.success(request, _("The sheet “%(name)s” is discarded.") % {"name": batch.name})
    return redirect("members:import-list")


def _progress(request: HttpRequest, batch: Import) -> HttpResponse:
    """Once the work is done, the whole page is asked for anew."""
    state = _state(batch)
    if not state["is_waiting"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "members/_import_progress.html", {"batch": batch, **state})


def _state(batch: Import) -> dict:
    stuck = is_stuck(batch)
    done, total = (batch.is_under_way and progress.told(batch.pk)) or (0, batch.total)
    return {
        "is_stuck": stuck,
        "is_waiting": batch.is_under_way and not stuck,
        "done": done,
        "of": total,
        "file": batch.files.first(),
        "can_map": batch.STATUS_TABLE.find("map", batch.status) is not None,
        "can_discard": batch.STATUS_TABLE.find("discard", batch.status) is not None,
    }


def _outcome(request: HttpRequest, batch: Import) -> str:
    """As asked for, else the first that there is any of: what is wrong comes first."""
    wanted = request.GET.get("rows", "")
    if wanted in Outcome.values:
        return wanted
    return next((key for key, field, _label in _TABS if getattr(batch, field)), Outcome.ADD)


def _tabs(batch: Import, outcome: str) -> list[Link]:
    words = _LOADED if batch.status == ImportStatus.LOADED else {}
    return [
        Link(words.get(key, label), f"{batch.get_absolute_url()}?rows={key}", key == outcome, getattr(batch, field))
        for key, field, label in _TABS
    ]


class _Problem:
    def __init__(self, row: ImportRow, column: str, reason: str) -> None:
        self.number, self.label, self.column, self.reason = row.number, row.label, column, reason


def _problems(rows):
    for row in rows.order_by("number").iterator(1000):
        yield from (_Problem(row, column, reason) for column, reason in row.problems)


def _mapping_form(batch: Import, data, mapping: Mapping | None = None) -> MappingForm:
    headings = [Heading(**heading) for heading in batch.headings]
    return MappingForm(data, kind=kind_of(batch.kind), headings=headings, mapping=mapping or Mapping(**batch.mapping))


def _batch_or_404(request: HttpRequest, pk: int) -> Import:
    require_or_404(request.user, Permission.IMPORT_DATA)
    return get_object_or_404(Import.objects.visible_to(request.user).select_related("handled_by"), pk=pk)


def _try(request: HttpRequest, change: Callable[[], object]) -> bool:
    try:
        change()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    except WrongStatus as error:
        messages.error(request, str(error))
        return False
    return True
