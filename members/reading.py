"""Who asks, as a prepared query of what they may see knows them.

    @prepared(pk=BigIntegerField(), **READER)
    def _organisation(pk, **reader):
        return Organisation.objects.visible_to(Reader(**reader)).filter(pk=pk)

    rows = _organisation(pk=pk, **asked_by(user))

What the person may do is part of the query's shape, which organisations are their own are values of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField

from ecluster.accounts.access import permissions_of
from ecluster.accounts.permissions import Permission
from ecluster.accounts.standing import Ground
from members.belonging import ORGANISATION, own_organisation_ids

READER = {"reader_pk": BigIntegerField(), "own": BigIntegerField()}


def asked_by(user) -> dict[str, Any]:
    is_known = user.is_authenticated
    return {
        "reader_pk": user.pk if is_known else 0,
        "own": sorted(own_organisation_ids(user)) if is_known else [],
        "is_authenticated": is_known,
        "permissions": permissions_of(user),
    }


@dataclass(frozen=True)
class Reader:
    """Stands before `visible_to` in the place of a user, while the query is composed."""

    reader_pk: Any
    own: Sequence
    is_authenticated: bool
    permissions: frozenset[Permission]

    @property
    def pk(self) -> Any:
        return self.reader_pk

    @property
    def standing(self) -> list[Ground]:
        return [Ground(ORGANISATION, pk, frozenset()) for pk in self.own]

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions
