"""The sections in which a profile is edited."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecluster.navigation import Link
from members.forms.organisations import rows
from members.models import Organisation, Term


@dataclass(frozen=True)
class ListSection:
    """A list of the profile: `part` is its name in the actions, `kind` that of the terms its rows name."""

    part: str
    row_form: type[rows.RowForm]
    lead: str | Promise
    kind: Term.Kind | None = None


LABELS: dict[str, str | Promise] = {
    "facts": _("Facts"),
    "processes": _("Processes"),
    "materials": _("Materials"),
    "certificates": _("Certificates"),
    "technologies": _("Technologies"),
    "industries": _("Industries"),
    "products": _("Products"),
    "pictures": _("Pictures"),
    "machines": _("Machines"),
    "trade": _("Customers and suppliers"),
    "needs": _("Needs"),
}
_MEMBERS_ONLY = _("Only members see these.")

LIST_SECTIONS: dict[str, ListSection] = {
    "processes": ListSection(
        "processes",
        rows.ProcessForm,
        _("Mark as core what you are known for: search puts you first for it."),
        Term.Kind.PROCESS,
    ),
    "materials": ListSection("materials", rows.MaterialForm, _("What you work with."), Term.Kind.MATERIAL),
    "certificates": ListSection(
        "certificates",
        rows.CertificateForm,
        _("An expired certificate stays on your page, marked as expired."),
        Term.Kind.CERTIFICATE,
    ),
    "technologies": ListSection(
        "technologies", rows.TechnologyForm, _("What you master beyond single processes."), Term.Kind.TECHNOLOGY
    ),
    "products": ListSection("products", rows.ProductForm, _("What you make. Their pictures have their own section.")),
    "machines": ListSection("machines", rows.MachineForm, _MEMBERS_ONLY),
    "trade": ListSection("trade_links", rows.TradeLinkForm, _MEMBERS_ONLY),
    "needs": ListSection("needs", rows.NeedForm, _MEMBERS_ONLY),
}


def section_links(organisation: Organisation, current: str) -> list[Link]:
    """The sections as tabs."""
    return [Link(label, _address(organisation, name), is_current=name == current) for name, label in LABELS.items()]


def _address(organisation: Organisation, section: str) -> str:
    return reverse("members:organisation-edit", args=[organisation.pk, section])
