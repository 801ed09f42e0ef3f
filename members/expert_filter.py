"""The filters of the expert pool."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.search.filters import Group, SearchFilterSet, Sort, Words
from members.languages import LANGUAGES
from members.models import Availability, Expert, Field
from members.queries.labels import SPECIALITY, vocabulary
from members.search.experts import EXPERT


class ExpertFilter(SearchFilterSet):
    """What everyone may ask; rows have `sort_name`."""

    kind = EXPERT
    groups: ClassVar[Sequence[Group]] = (
        Group("field", _("Field"), Field.choices),
        Group(SPECIALITY, _("Speciality")),
        Group("language", _("Language"), list(LANGUAGES.items())),
        Group("availability", _("Availability"), Availability.choices),
    )

    def sorts(self) -> list[Sort]:
        return [
            Sort("name", _("Name"), ("sort_name", "pk")),
            Sort("-name", _("Name, from the end"), ("-sort_name", "pk")),
        ]

    def words(self) -> Mapping[str, Words]:
        return vocabulary()


class MembersExpertFilter(ExpertFilter):
    """Members also see who is shown to everyone, and how much each does and did."""

    groups: ClassVar[Sequence[Group]] = (
        *ExpertFilter.groups,
        Group("shown", _("Shown to"), [("public", _("everyone")), ("members", _("members only"))]),
    )

    def sorts(self) -> list[Sort]:
        return [
            *super().sorts(),
            Sort("load", _("Least to do"), ("load", "sort_name", "pk")),
            Sort("rating", _("Best rated"), ("-rating", "-helped", "sort_name", "pk")),
        ]


def expert_filter(request: HttpRequest) -> ExpertFilter:
    filters = MembersExpertFilter if can(request.user, Permission.VIEW_MEMBERS_SIDE) else ExpertFilter
    return filters(request.GET, queryset=Expert.objects.visible_to(request.user), request=request)
