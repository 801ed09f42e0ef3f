from datetime import datetime
from typing import Self

from django.apps import apps
from django.db.models import Q

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet
from equipment.querysets.free import asked, free
from equipment.statuses import EquipmentStatus
from members.belonging import own_organisation_ids


class EquipmentQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """Of members: what anyone may use is public, members see all but what an owner keeps for its own people."""
        public = Q(access="anyone", owner__is_listed=True)
        if not user.is_authenticated:
            return self.filter(public)
        if user.may(Permission.REVIEW_MEMBERSHIP) or user.may(Permission.IMPORT_DATA):
            return self
        own = Q(owner__pk__in=own_organisation_ids(user))
        if user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.filter(own | Q(owner__is_listed=True) & ~Q(access="owner"))
        return self.filter(own | public)

    def in_use(self) -> Self:
        return self.exclude(status=EquipmentStatus.RETIRED)

    def free_between(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Those that could be booked then: nothing is in the way of it with their own buffers, and they are open.

        What a policy says to one person and not to another is not asked here.
        """
        return free(self.in_use(), **asked(starts_at, ends_at))


class PartQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        return self.filter(equipment__in=visible_equipment(user))


def visible_equipment(user) -> EquipmentQuerySet:
    return apps.get_model("equipment.Equipment").objects.visible_to(user)
