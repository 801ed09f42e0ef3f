"""The filters of the directory."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecluster.search.filters import Group, SearchFilterSet, Sort, Words
from members.models import OrganisationClass, Size
from members.queries.labels import vocabulary
from members.search.organisations import ORGANISATION


def name_field() -> str:
    """The field that names are sorted by in the reader's language."""
    return "sort_ko" if (get_language() or "").startswith("ko") else "sort_en"


class OrganisationFilter(SearchFilterSet):
    kind = ORGANISATION
    groups = (
        Group("class", _("Class"), OrganisationClass.choices),
        Group("mini_cluster", _("Mini-cluster")),
        Group("core", _("Core process")),
        Group("process", _("Process, core or not")),
        Group("material", _("Material")),
        Group("certificate", _("Certificate")),
        Group("technology", _("Technology")),
        Group("region", _("Region")),
        Group("industry", _("Industry")),
        Group("size", _("Size"), Size.choices),
        Group("confirmed", _("Confirmed in")),
    )

    def sorts(self) -> list[Sort]:
        return [
            Sort("name", _("Name"), (name_field(), "pk"), by_index=True),
            Sort("newest", _("Newest"), ("-pk",)),
            Sort("confirmed", _("Lately confirmed"), ("-confirmed_on", "pk")),
        ]

    def words(self) -> Mapping[str, Words]:
        return vocabulary()
