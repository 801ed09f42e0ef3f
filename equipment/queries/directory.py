"""What the directory tells of each machine, on screen and in a sheet."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.contact import audiences_of
from ecluster.export import Column
from ecluster.prepared import prepared
from ecluster.search.statements import Sql
from ecluster.signs import pill
from ecluster.tones import tone_of
from equipment.models import Access, Equipment
from equipment.queries.for_you import ForYou, for_you
from equipment.querysets.free import TIMES, free
from equipment.statuses import EquipmentStatus
from members.belonging import own_organisation_ids
from members.reading import READER, Reader

# What `Row` is made of.
FACTS = ("pk", "owner_id", "maker", "model", "access", "operation", "training", "status")
NAMES = ("name_ko", "name_en", "owner__name_ko", "owner__name_en", "category__name_ko", "category__name_en")


class Row(NamedTuple):
    """What a list tells of a machine."""

    pk: int
    owner_id: int
    maker: str
    model: str
    access: str
    operation: str
    training: str
    status: str
    name: str
    owner: str
    category: str


@prepared(**READER)
def directory(**reader) -> QuerySet:
    return Equipment.objects.visible_to(Reader(**reader)).values_list(*FACTS, *NAMES)


@prepared(**TIMES, **READER)
def free_directory(*, reader_pk, own, is_authenticated, permissions, **time) -> QuerySet:
    visible = Equipment.objects.visible_to(Reader(reader_pk, own, is_authenticated, permissions))
    return free(visible.in_use(), **time).values_list(*FACTS, *NAMES)


@prepared(**TIMES, **READER)
def _free_keys(**arguments) -> QuerySet:
    return free_directory.build(**arguments).values("pk")


def free_keys(**arguments) -> Sql:
    """Of the rows of `free_directory`, for the search to look among."""
    statement = _free_keys.statement(**arguments)
    return Sql(*statement) if statement else Sql("SELECT NULL WHERE 1 = 0")


def told(machines: Sequence[tuple], user) -> list[tuple[Row, ForYou]]:
    """Rows of FACTS and NAMES in the reader's language, each with what it is to them; one query more for all."""
    second = 0 if (get_language() or "").startswith("ko") else 1
    found = [_row(values, second) for values in machines]
    terms = for_you(found, user)
    return [(row, terms[row.pk]) for row in found]


def _row(values: tuple, place: int) -> Row:
    """`place`: of the name in the reader's language among the two."""
    facts, names = values[: len(FACTS)], values[len(FACTS) :]
    return Row(*facts, *(names[i + place] or names[i + 1 - place] or "" for i in (0, 2, 4)))


def row_words() -> tuple[dict[str, str], dict[str, SafeString]]:
    """Who may use a machine, and its status, as a row shows them."""
    return _row_words(get_language())


@cache
def _row_words(_language: str | None) -> tuple[dict[str, str], dict[str, SafeString]]:
    access = {value: capfirst(str(label)) for value, label in Access.choices}
    return access, {value: pill(str(label), tone_of(value)) for value, label in EquipmentStatus.choices}


def for_export(machines: QuerySet[Equipment]) -> QuerySet[Equipment]:
    return machines.select_related("owner", "category", "region").prefetch_related("ranges")


def export_columns(viewer) -> list[Column]:
    """What `viewer` sees of each machine, as the columns of a sheet; an import reads them back."""
    audiences = audiences_of(viewer)
    own = own_organisation_ids(viewer) if viewer.is_authenticated else set()

    def contact(name: str):
        return lambda m: getattr(m, name) if m.contact_audience in audiences or m.owner_id in own else ""

    return [
        Column(_("Name in Korean"), "name_ko"),
        Column(_("Name in English"), "name_en"),
        Column(_("Category"), lambda m: m.category),
        Column(_("Maker"), "maker"),
        Column(_("Model"), "model"),
        Column(_("Owner"), "owner"),
        Column(_("Place"), "place"),
        Column(_("Region"), lambda m: m.region),
        Column(_("What it measures or makes"), "purpose"),
        Column(_("Ranges"), lambda m: [f"{row.quantity} {row.span}".strip() for row in m.ranges.all()]),
        Column(_("Sample or workpiece limits"), "limits"),
        Column(_("Status"), lambda m: m.get_status_display()),
        Column(_("Who may use it"), lambda m: m.get_access_display()),
        Column(_("Operation"), lambda m: m.get_operation_display()),
        Column(_("Training needed"), "training"),
        Column(_("Made in"), "made_year"),
        Column(_("Last calibrated on"), "calibrated_on"),
        Column(_("Calibration due on"), "calibration_due_on"),
        Column(_("Contact person"), contact("contact_name")),
        Column(_("Contact e-mail"), contact("contact_email")),
        Column(_("Contact telephone"), contact("contact_phone")),
    ]
