"""The filters of the directory of equipment, and of what is free at a time."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ecluster.search import engine as search
from ecluster.search.filters import NO_WORDS, Group, SearchFilterSet, Sort, Words
from ecluster.search.statements import Sql
from equipment.models import Access, Equipment, Operation
from equipment.search import EQUIPMENT
from equipment.statuses import EquipmentStatus
from members.filters import name_field
from members.models import Organisation, OrganisationClass, Term
from members.queries.labels import vocabulary

CALIBRATIONS = (
    ("valid", _("valid")),
    ("overdue", _("overdue")),
    ("unknown", _("not told")),
)


class EquipmentFilter(SearchFilterSet):
    kind = EQUIPMENT
    groups = (
        Group("category", _("Category")),
        Group("owner_class", _("Class of the owner"), OrganisationClass.choices),
        Group("region", _("Region")),
        Group("mini_cluster", _("Mini-cluster of the owner")),
        Group("maker", _("Maker")),
        Group("operation", _("Operation"), Operation.choices),
        Group("access", _("Who may use it"), Access.choices),
        Group("calibration", _("Calibration"), CALIBRATIONS),
        Group("status", _("Status"), EquipmentStatus.choices),
        Group("owner", _("Owner"), only_asked=True),
    )

    def sorts(self) -> list[Sort]:
        return [
            Sort("name", _("Name"), (name_field(), "pk"), by_index=True),
            Sort("maker", _("Maker and model"), ("maker", "model", "pk")),
            Sort("owner", _("Owner"), (f"owner__{name_field()}", "pk")),
            Sort("newest", _("Newest"), ("-pk",)),
        ]

    def words(self) -> Mapping[str, Words]:
        words = vocabulary()
        return words | {"category": words[Term.Kind.EQUIPMENT], "owner": self._owners()}

    def _owners(self) -> Words:
        keys = [int(value) for value in self.query.selected.get("owner", ()) if value.isdecimal() and len(value) < 19]
        if not keys:
            return NO_WORDS
        owners = Organisation.objects.only("name_ko", "name_en").in_bulk(keys)
        return Words({str(pk): owner.name for pk, owner in owners.items()})


class FreeFilter(EquipmentFilter):
    """Of the machines that are free at a time, all that the directory filters by."""

    def __init__(self, *args, free: Sql, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.free = free

    def among(self) -> Sql:
        return self.free

    @property
    def asked_of_all(self) -> search.Query:
        """The same, of machines whether they are free or not."""
        return replace(self.query, among=None)


def equipment_filter(request: HttpRequest) -> EquipmentFilter:
    return EquipmentFilter(request.GET, queryset=Equipment.objects.all(), request=request)


def free_filter(request: HttpRequest, free: Sql) -> FreeFilter:
    return FreeFilter(request.GET, queryset=Equipment.objects.all(), request=request, free=free)
