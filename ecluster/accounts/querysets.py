"""What of people, bodies and appointments a person may see, in the words of the house."""

from datetime import date
from typing import Self

from django.db.models import Count, Q
from django.utils import timezone

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet


def in_office(on: date | None = None, prefix: str = "") -> Q:
    """That a term includes `on` (today where none is given), in a body that still stood; `prefix` leads to the term."""
    on = on or timezone.localdate()
    return (
        (Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": on}))
        & (Q(**{f"{prefix}body__dissolved_on": None}) | Q(**{f"{prefix}body__dissolved_on__gt": on}))
        & Q(**{f"{prefix}starts_on__lte": on})
    )


class UserQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Members see each other; a visitor sees nobody here (public experts have their own list)."""
        if not user.is_authenticated:
            return self.none()
        if user.may(Permission.MANAGE_BODIES):
            return self
        if user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.filter(Q(is_active=True) | Q(pk=user.pk))
        return self.filter(pk=user.pk)

    def open_accounts(self) -> Self:
        return self.filter(closed_at=None, is_active=True)

    def totals_by_office(self) -> dict[str, int]:
        """How many of these people hold each office today."""
        return self._totals("appointments__office", in_office(prefix="appointments__"))

    def totals_by_access(self) -> dict[str, int]:
        totals = self._totals("is_active", Q())
        return {"open": totals.get(True, 0), "off": totals.get(False, 0)}

    def _totals(self, field: str, condition: Q) -> dict:
        rows = self.filter(condition).order_by().values(field).annotate(total=Count("pk", distinct=True))
        return {row[field]: row["total"] for row in rows}


class BodyQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """The agency's bodies and who sits in them are no secret among members."""
        if not user.is_authenticated or not user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.none()
        return self

    def standing(self) -> Self:
        return self.filter(dissolved_on=None)

    def with_holders(self) -> Self:
        """`holders`: how many people hold an office in it today."""
        return self.annotate(
            holders=Count("appointments__user", filter=in_office(prefix="appointments__"), distinct=True)
        )


class AppointmentQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        if not user.is_authenticated or not user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.none()
        return self

    def in_force(self, on: date | None = None) -> Self:
        """The terms that include `on` (today where none is given), in bodies that still stood."""
        return self.filter(in_office(on))

    def over(self) -> Self:
        return self.filter(Q(ends_on__lt=timezone.localdate()) | Q(body__dissolved_on__lte=timezone.localdate()))

    def not_over(self) -> Self:
        return self.exclude(pk__in=self.over())
