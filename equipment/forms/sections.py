"""The sections in which a machine's page is edited."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecluster.navigation import Link
from equipment.forms import rows
from equipment.models import Equipment
from members.forms.organisations.rows import RowForm


@dataclass(frozen=True)
class ListSection:
    """A list: `part` is its name in the actions and on the machine."""

    part: str
    row_form: type[RowForm]
    lead: str | Promise


LABELS: dict[str, str | Promise] = {
    "facts": _("Facts"),
    "ranges": _("Ranges"),
    "rates": _("Rates"),
    "policy": _("Booking policy"),
    "hours": _("Opening hours"),
    "keepers": _("Keepers"),
    "trainings": _("Trainings"),
    "files": _("Photos and documents"),
}

LIST_SECTIONS: dict[str, ListSection] = {
    "ranges": ListSection("ranges", rows.RangeForm, _("What it measures or makes, from where to where, how exactly.")),
    "rates": ListSection("rates", rows.RateForm, _("A class of users without a rate uses it for free.")),
    "hours": ListSection(
        "opening_hours",
        rows.HoursForm,
        _("In the zone where it stands; 00:00 closes the day. Without any row it is always open."),
    ),
}


def section_links(machine: Equipment, current: str) -> list[Link]:
    """The sections as tabs."""
    return [Link(label, _address(machine, name), is_current=name == current) for name, label in LABELS.items()]


def _address(machine: Equipment, section: str) -> str:
    return reverse("equipment:equipment-edit", args=[machine.pk, section])
