"""The rows of a profile in words, as the audit trail tells them."""

from django.utils.translation import gettext as _

from members.models import Machine, Need, OrganisationCertificate, OrganisationProcess, TradeLink


def _with_details(name: object, *details: object) -> str:
    told = ", ".join(str(detail) for detail in details if detail)
    return f"{name} ({told})" if told else str(name)


def process(row: OrganisationProcess) -> str:
    return _with_details(row.process, row.is_core and _("core"), row.size_range, row.tolerance, row.note)


def noted(row) -> str:
    return _with_details(row, row.note)


def certificate(row: OrganisationCertificate) -> str:
    return _with_details(row.certificate, row.number, row.valid_until)


def machine(row: Machine) -> str:
    quantity = f"× {row.quantity}" if row.quantity > 1 else ""
    return _with_details(row.name, row.maker, row.model, quantity, row.year, row.note)


def trade_link(row: TradeLink) -> str:
    return _with_details(row.partner_name, row.get_direction_display(), row.goods)


def need(row: Need) -> str:
    return f"{row.get_kind_display()}: {row.text}"
