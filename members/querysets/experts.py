from typing import Self

from django.db.models import Avg, Count, Q

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet
from members.statuses import ExpertStatus


class ExpertQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Everyone sees those who agreed to be public; members see the pool; who invites or decides sees all."""
        in_pool = Q(status=ExpertStatus.ACCEPTED)
        if not user.is_authenticated:
            return self.filter(in_pool, is_public=True)
        if user.may(Permission.INVITE_EXPERT) or user.may(Permission.DECIDE_EXPERT):
            return self
        if user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.filter(in_pool | Q(user=user.pk))
        return self.filter((in_pool & Q(is_public=True)) | Q(user=user.pk))

    def in_pool(self) -> Self:
        return self.filter(status=ExpertStatus.ACCEPTED)

    def awaiting_decision(self) -> Self:
        return self.filter(status=ExpertStatus.APPLIED)

    def with_load(self) -> Self:
        """`load`: open engagements; `helped`: closed ones; `rating`: their mean, 1 to 5, None where unrated."""
        return self.annotate(
            load=Count("engagements", filter=Q(engagements__ended_on=None)),
            helped=Count("engagements", filter=Q(engagements__ended_on__isnull=False)),
            rating=Avg("engagements__rating"),
        )


class EngagementQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Past work is told to members, in words that name no firm; open work to its expert and who hands it out."""
        if not user.is_authenticated:
            return self.none()
        if user.may(Permission.RECORD_ENGAGEMENT):
            return self
        if user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.filter(Q(ended_on__isnull=False, expert__status=ExpertStatus.ACCEPTED) | Q(expert__user=user))
        return self.filter(expert__user=user)

    def open(self) -> Self:
        return self.filter(ended_on=None)

    def closed(self) -> Self:
        return self.filter(ended_on__isnull=False)
