"""Which organisations a person belongs to today."""

from django.db.models import BigIntegerField, DateField
from django.utils import timezone

from ecluster.accounts.models import User
from ecluster.accounts.permissions import Role
from ecluster.prepared import prepared

ORGANISATION = "organisation"  # as the ground of a role


def own_organisation_ids(user: User) -> set[int]:
    return {ground.object_id for ground in user.standing if ground.kind == ORGANISATION}


def managed_organisation_ids(user: User) -> set[int]:
    return {ground.object_id for ground in user.standing if Role.ORGANISATION_MANAGER in ground.roles}


def current_affiliations(user: User) -> list:
    """With their organisations whole; who needs no more than their numbers asks the functions above."""
    if not own_organisation_ids(user):
        return []
    return _affiliations(user_id=user.pk, day=timezone.localdate())


@prepared(user_id=BigIntegerField(), day=DateField())
def _affiliations(user_id, day):
    from members.models import Affiliation

    return Affiliation.objects.current(on=day).filter(user_id=user_id).select_related("organisation")
