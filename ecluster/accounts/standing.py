"""What a person is today, over all apps, in one query: offices in bodies, organisations, the expert pool."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import BigIntegerField, DateField, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from ecluster.accounts.permissions import Role
from ecluster.prepared import prepared


class Ground(NamedTuple):
    """Why somebody has a role: what it stands on, and which roles it gives (none, where it is only a tie)."""

    kind: str
    object_id: int
    roles: frozenset[Role]


def standing_of(user) -> tuple[Ground, ...]:
    rows = _grounds(user_id=user.pk, day=timezone.localdate())
    return tuple(Ground(kind, object_id, frozenset(map(Role, roles.split()))) for kind, object_id, roles in rows)


@prepared(user_id=BigIntegerField(), day=DateField())
def _grounds(user_id, day) -> QuerySet:
    """Each source answers rows of a kind, the key of an object, and roles with spaces between them."""
    first, *others = (import_string(source)(user_id, day) for source in settings.STANDING)
    return first.union(*others, all=True)
