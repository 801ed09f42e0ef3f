"""What of people, bodies and appointments a person may see, in the words of the house."""

from datetime import date
from typing import Self

from django.db.models import Q
from django.utils import timezone

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet


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


class BodyQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """The agency's bodies and who sits in them are no secret among members."""
        if not user.is_authenticated or not user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.none()
        return self

    def standing(self) -> Self:
        return self.filter(dissolved_on=None)


class AppointmentQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        if not user.is_authenticated or not user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.none()
        return self

    def in_force(self, on: date | None = None) -> Self:
        """The terms that include `on` (today where none is given), in bodies that still stood."""
        on = on or timezone.localdate()
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=on),
            Q(body__dissolved_on=None) | Q(body__dissolved_on__gt=on),
            starts_on__lte=on,
        )
