"""Whether an organisation is in the directory and the search index: kept by whatever changes its memberships."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import BigIntegerField, QuerySet
from django.utils.module_loading import import_string

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
    tell_others([organisation.pk])


def tell_others(organisation_ids: Iterable[int]) -> None:
    """What the apps above keep of an organisation follows its name, its class and whether it is listed."""
    for follower in settings.WHEN_AN_ORGANISATION_CHANGES:
        import_string(follower)(organisation_ids)
