"""Which organisation an address means, and whether this person may see or edit it."""

from django.db.models import BigIntegerField, QuerySet
from django.http import Http404, HttpRequest

from ecluster.accounts.access import require_or_404
from ecluster.accounts.permissions import Permission
from ecluster.prepared import prepared
from members.models import Organisation
from members.reading import READER, Reader, asked_by


class MovedTo(Exception):
    """The organisation was merged: it is found at its survivor's address."""

    def __init__(self, survivor: Organisation) -> None:
        self.survivor = survivor


def organisation_seen(request: HttpRequest, pk: int) -> Organisation:
    """404 for what one may not see; MovedTo for what was merged into something that one may see."""
    found = _organisations(pk=pk, **asked_by(request.user))
    if not found or found[0].merged_into_id:
        raise MovedTo(_survivor(request, pk))
    return found[0]


@prepared(pk=BigIntegerField(), **READER)
def _organisations(pk, **reader) -> QuerySet:
    return Organisation.objects.visible_to(Reader(**reader)).select_related("region").filter(pk=pk)


def organisation_edited(request: HttpRequest, pk: int) -> Organisation:
    found = _organisations(pk=pk, **asked_by(request.user))
    if not found or found[0].merged_into_id:
        raise Http404
    require_or_404(request.user, Permission.EDIT_ORGANISATION, found[0])
    return found[0]


def _survivor(request: HttpRequest, pk: int) -> Organisation:
    """The last of a chain of mergers, where this person may see it."""
    merged = Organisation.objects.filter(pk=pk).select_related("merged_into").first()
    if merged is None or merged.merged_into is None:
        raise Http404
    survivor = merged.merged_into
    while survivor.merged_into:
        survivor = survivor.merged_into
    if not Organisation.objects.visible_to(request.user).filter(pk=survivor.pk).exists():
        raise Http404
    return survivor
