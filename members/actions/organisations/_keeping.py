"""What goes with every change of an organisation, in its transaction."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.search import engine as search
from ecluster.together import put_off
from members import completeness
from members.actions.listing import lock, tell_others
from members.models import Organisation
from members.profiles import profile_of

CHUNK = 250


class ChangedMeanwhile(Exception):
    """Somebody saved the organisation after the person began to edit it."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has saved this profile meanwhile: compare with it, and save again."))


def require_editing(by, organisation: Organisation) -> None:
    """Its managers and coordinators edit an organisation; so does who loads data, by the import."""
    loads_data = can(by, Permission.IMPORT_DATA) and not organisation.merged_into_id
    if not loads_data and not can(by, Permission.EDIT_ORGANISATION, organisation):
        raise PermissionDenied(f"{by} may not edit {organisation}")


def locked(organisation: Organisation, by, as_of: datetime | None = None) -> Organisation:
    """The organisation as it is now, held until the transaction ends, for who may edit it.

    `as_of`: the `updated_at` that the person began from; ChangedMeanwhile where it is another now.
    """
    current = lock(organisation)
    require_editing(by, current)
    if as_of is not None and current.updated_at != as_of:
        raise ChangedMeanwhile
    return current


def finish(organisation: Organisation) -> None:
    """Measures the profile anew and tells the search index. The passed object is brought up to date."""
    if not put_off(measure, [organisation.pk]):
        measure([organisation.pk])
        organisation.refresh_from_db()


def measure(organisation_ids: list[int]) -> None:
    for start in range(0, len(organisation_ids), CHUNK):
        rows = Organisation.objects.with_profile().filter(pk__in=organisation_ids[start : start + CHUNK])
        for organisation in rows:
            organisation.completeness = completeness.measure(profile_of(organisation))
            organisation.updated_at = timezone.now()
        Organisation.objects.bulk_update(rows, ["completeness", "updated_at"])
        search.index(rows)
        tell_others([organisation.pk for organisation in rows])
