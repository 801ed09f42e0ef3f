from typing import Self

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet


class ImportQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """What was uploaded may hold anybody's data: only who imports sees it."""
        return self if user.is_authenticated and user.may(Permission.IMPORT_DATA) else self.none()


class ImportRowQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        return self if user.is_authenticated and user.may(Permission.IMPORT_DATA) else self.none()
