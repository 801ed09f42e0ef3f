"""Which machine an address means, and whether this person may see or edit it."""

from django.db.models import BigIntegerField, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.prepared import prepared
from equipment.models import Equipment
from members.reading import READER, Reader, asked_by


def machine_seen(request: HttpRequest, pk: int) -> Equipment:
    found = _machines(pk=pk, **asked_by(request.user))
    if not found:
        raise Http404
    return found[0]


@prepared(pk=BigIntegerField(), **READER)
def _machines(pk, **reader) -> QuerySet:
    joined = ("owner", "owner__region", "category", "region", "policy")
    return Equipment.objects.visible_to(Reader(**reader)).select_related(*joined).filter(pk=pk)


def machine_edited(request: HttpRequest, pk: int) -> Equipment:
    machine = get_object_or_404(Equipment.objects.visible_to(request.user).select_related("owner", "policy"), pk=pk)
    require_or_404(request.user, Permission.EDIT_EQUIPMENT, machine)
    return machine
