"""What the directory tells of each machine, on screen and in a sheet."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.contact import audiences_of
from ecluster.export import Column
from equipment.models import Equipment
from members.belonging import own_organisation_ids


def for_rows(machines: QuerySet[Equipment]) -> QuerySet[Equipment]:
    return machines.select_related("owner", "category")


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
