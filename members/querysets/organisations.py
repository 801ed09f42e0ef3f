from typing import Self

from django.db.models import Q

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet
from members.belonging import own_organisation_ids


class OrganisationQuerySet(VisibleQuerySet):
    def visible_to(self, user) -> Self:
        """The directory is public; who reviews applications sees all; people see their own in any state."""
        if not user.is_authenticated:
            return self.listed()
        if user.may(Permission.REVIEW_MEMBERSHIP) or user.may(Permission.IMPORT_DATA):
            return self
        return self.filter(Q(is_listed=True) | Q(pk__in=own_organisation_ids(user)))

    def listed(self) -> Self:
        return self.filter(is_listed=True)

    def with_profile(self) -> Self:
        """With all that a profile is made of, in a fixed number of queries: for measuring and indexing."""
        return self.select_related("region").prefetch_related(
            "processes__process",
            "materials__material",
            "certificates__certificate",
            "technologies__technology",
            "industries__parent__parent__parent__parent",
            "products",
            "machines",
            "trade_links",
            "needs",
            "memberships__mini_cluster",
        )

    def unmerged(self) -> Self:
        return self.filter(merged_into=None)
