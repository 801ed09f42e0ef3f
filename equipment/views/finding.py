"""Which machine an address means, and whether this person may see or edit it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from equipment.models import Equipment


def machine_seen(request: HttpRequest, pk: int) -> Equipment:
    visible = Equipment.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("owner", "owner__region", "category", "region", "policy"), pk=pk)


def machine_edited(request: HttpRequest, pk: int) -> Equipment:
    machine = get_object_or_404(Equipment.objects.visible_to(request.user).select_related("owner", "policy"), pk=pk)
    require_or_404(request.user, Permission.EDIT_EQUIPMENT, machine)
    return machine
