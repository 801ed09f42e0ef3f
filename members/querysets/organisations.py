from typing import Self

from django.db.models import Q

from ecluster.accounts.permissions import Permission
from ecluster.visibility import VisibleQuerySet
from members.belonging import own_organisation_ids

# All that a profile is made of: for measuring and indexing.
PROFILE_PARTS = (
    "region",
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
        """In a fixed number of queries, however many there are."""
        return self.prefetch_related(*PROFILE_PARTS)

    def unmerged(self) -> Self:
        return self.filter(merged_into=None)
