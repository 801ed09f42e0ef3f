"""Who has learnt to use a machine: kept by its keepers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecluster.accounts.access import can, require_or_404
from ecluster.accounts.models import User
from ecluster.accounts.permissions import Permission
from equipment.actions import machines
from equipment.forms.machines import TrainingForm, trainings_in_order
from equipment.forms.sections import section_links
from equipment.models import Equipment, Training
from equipment.views.finding import machine_edited


def edit_trainings(request: HttpRequest, machine: Equipment, section: str) -> HttpResponse:
    """Keepers enter them; who only edits the description sees what is there."""
    can_keep = can(request.user, Permission.KEEP_EQUIPMENT, machine)
    form = TrainingForm(
        request.POST if request.method == "POST" and can_keep else None,
        people=User.objects.visible_to(request.user).open_accounts(),
        initial={"passed_on": timezone.localdate()},
    )
    if form.is_valid() and _recorded(request, machine, form):
        return redirect(request.path)
    context = {
        "machine": machine,
        "tabs": section_links(machine, section),
        "trainings": trainings_in_order(machine),
        "today": timezone.localdate(),
        "form": form,
        "can_keep": can_keep,
    }
    return render(request, "equipment/edit_trainings.html", context)


@require_POST
def training_revoke(request: HttpRequest, pk: int, training: int) -> HttpResponse:
    machine = machine_edited(request, pk)
    require_or_404(request.user, Permission.KEEP_EQUIPMENT, machine)
    row = get_object_or_404(Training.objects.visible_to(request.user).filter(equipment=machine), pk=training)
    machines.revoke_training(training=row, by=request.user)
    messages.success(request, _("The training no longer counts."))
    return redirect("equipment:equipment-edit", machine.pk, "trainings")


def _recorded(request: HttpRequest, machine: Equipment, form: TrainingForm) -> bool:
    try:
        machines.record_training(machine=machine, by=request.user, **form.values())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("%(name)s is trained.") % {"name": form.person})
    return True
