"""Whether an organisation is in the directory and the search index: kept by whatever changes its memberships."""

from django.db.models import BigIntegerField, QuerySet

from ecluster.prepared import prepared
from ecluster.search import engine as search
from members.models import Organisation


def lock(organisation: Organisation) -> Organisation:
    """The organisation as it is now, held until the transaction ends."""
    found = _held(pk=organisation.pk)
    if not found:
        raise Organisation.DoesNotExist
    return found[0]


@prepared(pk=BigIntegerField())
def _held(pk) -> QuerySet:
    return Organisation.objects.select_for_update().filter(pk=pk)


def refresh_listing(organisation: Organisation) -> None:
    """In the directory as long as a membership is active."""
    organisation.is_listed = not organisation.merged_into_id and organisation.memberships.active().exists()
    organisation.save(update_fields=["is_listed", "updated_at"])
    reindex(organisation)


def reindex(organisation: Organisation) -> None:
    """Brings the search index in line: what isn't listed leaves it."""
    search.index(Organisation.objects.filter(pk=organisation.pk))
