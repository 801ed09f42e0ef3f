from typing import Self

from django.contrib.contenttypes.models import ContentType

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet


class AuditEntryQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """The whole trail is the administrators'; an object's own page shows its part with `about()`."""
        if user.is_authenticated and user.may(Permission.VIEW_AUDIT_TRAIL):
            return self
        return self.none()

    def about(self, *records) -> Self:
        """The history of `records` (of one model), for who may already see them."""
        return self.filter(
            target_type=ContentType.objects.get_for_model(records[0]), target_id__in=[r.pk for r in records]
        ).select_related("actor")
