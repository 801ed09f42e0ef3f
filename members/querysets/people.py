from datetime import date
from typing import Self

from django.db.models import Q
from django.utils import timezone

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet
from members.belonging import own_organisation_ids


class AffiliationQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Who works where is the members' side; coordinators see it of applicants too."""
        if not user.is_authenticated:
            return self.none()
        if user.may(Permission.REVIEW_MEMBERSHIP):
            return self
        own = Q(user=user.pk) | Q(organisation__pk__in=own_organisation_ids(user))
        if user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.filter(own | Q(organisation__is_listed=True))
        return self.filter(own)

    def current(self, on: date | None = None) -> Self:
        today = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today, user__is_active=True)

    def managers(self) -> Self:
        return self.filter(is_manager=True)


class InvitationQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """An invitation is known to those who may invite to the same organisation."""
        if not user.is_authenticated:
            return self.none()
        if user.may(Permission.REVIEW_MEMBERSHIP):
            return self
        return self.filter(organisation__in=own_organisation_ids(user))

    def open(self) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
