from typing import Self

from django.apps import apps
from django.db.models import Q

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet
from members.belonging import own_organisation_ids


def _visible_organisations(user):
    return apps.get_model("members", "Organisation").objects.visible_to(user).values("pk")


class CapabilityQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        return self.filter(organisation__in=_visible_organisations(user))


class MembersSideQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        if not user.is_authenticated:
            return self.none()
        if user.may(Permission.VIEW_MEMBERS_SIDE):
            return self.filter(organisation__in=_visible_organisations(user))
        return self.filter(Q(organisation__pk__in=own_organisation_ids(user)))
