from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet
from members.belonging import own_organisation_ids
from members.statuses import MembershipStatus


class MembershipQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Active ones are public; the rest is the applicant's and the coordinators' business."""
        if not user.is_authenticated:
            return self.active()
        if user.may(Permission.REVIEW_MEMBERSHIP):
            return self
        own = Q(organisation__in=own_organisation_ids(user)) | Q(application__sent_by=user)
        return self.filter(own | Q(status=MembershipStatus.ACTIVE))

    def active(self) -> Self:
        return self.filter(status=MembershipStatus.ACTIVE)

    def awaiting_review(self) -> Self:
        return self.filter(status=MembershipStatus.APPLIED)

    def standing(self) -> Self:
        """Those that keep the organisation from applying to the same mini-cluster again."""
        return self.filter(status__in=[MembershipStatus.APPLIED, MembershipStatus.ACTIVE, MembershipStatus.SUSPENDED])


class ApplicationQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Who applied and how to reach them is between them and the coordinators."""
        if not user.is_authenticated:
            return self.none()
        if user.may(Permission.REVIEW_MEMBERSHIP):
            return self
        return self.filter(Q(sent_by=user) | Q(organisation__in=own_organisation_ids(user)))


class MembershipPeriodQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Who was a member on which day was public on that day and stays so."""
        return self

    def on(self, day: date) -> Self:
        """The periods that include `day`: the rows behind Table 1 of that day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def open(self) -> Self:
        return self.filter(ends_on=None)

    def beginnings(self) -> Self:
        """Of each membership the period with which it began to count."""
        earlier = self.model._default_manager.filter(
            membership=OuterRef("membership"), starts_on__lt=OuterRef("starts_on")
        )
        return self.filter(~Exists(earlier))


class MembershipChangeQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """They tell no more than the periods, which are public."""
        return self
