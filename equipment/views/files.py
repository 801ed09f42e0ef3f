"""Photos of a machine, and documents about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from equipment.actions import machines
from equipment.forms.machines import DocumentForm, PictureForm
from equipment.forms.sections import section_links
from equipment.models import Equipment
from equipment.views.finding import machine_edited


def edit_files(request: HttpRequest, machine: Equipment, section: str) -> HttpResponse:
    sent = request.POST.get("form")
    picture_form = PictureForm(prefix="picture", **_given(request, sent == "picture"))
    document_form = DocumentForm(prefix="document", **_given(request, sent == "document"))
    if picture_form.is_valid():
        machines.add_picture(machine=machine, by=request.user, upload=picture_form.cleaned_data["picture"])
        return _saved(request)
    if document_form.is_valid():
        machines.add_document(machine=machine, by=request.user, upload=document_form.cleaned_data["document"])
        return _saved(request)
    context = {
        "machine": machine,
        "tabs": section_links(machine, section),
        "pictures": machine.attachments.filter(slot="picture"),
        "documents": machine.attachments.filter(slot="document"),
        "picture_form": picture_form,
        "document_form": document_form,
    }
    return render(request, "equipment/edit_files.html", context)


@require_POST
def file_remove(request: HttpRequest, pk: int, file: UUID) -> HttpResponse:
    machine = machine_edited(request, pk)
    stored = get_object_or_404(machine.attachments, pk=file)
    machines.remove_file(machine=machine, file=stored, by=request.user)
    messages.success(request, _("The file is removed."))
    return redirect("equipment:equipment-edit", machine.pk, "files")


def _given(request: HttpRequest, is_this_form: bool) -> dict:
    return {"data": request.POST, "files": request.FILES} if is_this_form else {}


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("The file is saved."))
    return redirect(request.get_full_path())
