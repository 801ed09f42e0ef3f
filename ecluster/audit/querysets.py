from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet


@dataclass(frozen=True)
class Total:
    number: int
    capped: bool


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class AuditEntryQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """The whole trail is the administrators'; an object's own page shows its part with `about()`."""
        if user.is_authenticated and user.may(Permission.VIEW_AUDIT_TRAIL):
            return self
        return self.none()

    def matching(self, *, person: str = "", action: str = "", kind=None, since=None, until=None) -> Self:
        """`since` and `until` are days in the reader's time zone, both included."""
        rows = self
        if person:
            names = Q(actor__name_ko__icontains=person) | Q(actor__name_en__icontains=person)
            rows = rows.filter(names | Q(actor__email__icontains=person))
        if action:
            rows = rows.filter(action=action)
        if kind:
            rows = rows.filter(target_type=kind)
        if since:
            rows = rows.filter(at__gte=_midnight(since))
        if until:
            rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
        return rows

    def total_up_to(self, most: int) -> Total:
        """How many there are; counting stops at `most`, and that is told."""
        number = self.order_by()[: most + 1].count()
        return Total(min(number, most), capped=number > most)

    def about(self, *records) -> Self:
        """The history of `records` (of one model), for who may already see them."""
        return self.filter(
            target_type=ContentType.objects.get_for_model(records[0]), target_id__in=[r.pk for r in records]
        ).select_related("actor")
