"""Whether an organisation is in the directory and the search index: kept by whatever changes its memberships."""

from ecluster.search import indexing
from members.models import Organisation


def lock(organisation: Organisation) -> Organisation:
    """The organisation as it is now, held until the transaction ends."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def refresh_listing(organisation: Organisation) -> None:
    """In the directory as long as a membership is active."""
    organisation.is_listed = not organisation.merged_into_id and organisation.memberships.active().exists()
    organisation.save(update_fields=["is_listed", "updated_at"])
    reindex(organisation)


def reindex(*organisations: Organisation) -> None:
    indexing.index([organisation for organisation in organisations if organisation.is_listed])
    indexing.remove([organisation for organisation in organisations if not organisation.is_listed])
