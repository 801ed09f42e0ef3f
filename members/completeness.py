"""How complete a profile is: what counts, how much, and what is missing next."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import Organisation


@dataclass(frozen=True)
class Item:
    """Something a profile should hold; `section` is the part of the form where it is filled in."""

    label: str | Promise
    weight: int
    section: str
    is_filled: Callable[[Organisation], bool]


# The weights add up to 100. What customers and experts are found by weighs most.
ITEMS = (
    Item(_("a core process"), 15, "processes", lambda o: any(p.is_core for p in o.processes.all())),
    Item(_("what it does, in Korean"), 10, "facts", lambda o: bool(o.summary_ko)),
    Item(_("what it does, in English"), 10, "facts", lambda o: bool(o.summary_en)),
    Item(_("a product"), 10, "products", lambda o: bool(o.products.all())),
    Item(_("materials"), 5, "materials", lambda o: bool(o.materials.all())),
    Item(_("certificates"), 5, "certificates", lambda o: bool(o.certificates.all())),
    Item(_("technologies"), 5, "technologies", lambda o: bool(o.technologies.all())),
    Item(_("industries"), 5, "technologies", lambda o: bool(o.industries.all())),
    Item(_("its name in both languages"), 5, "facts", lambda o: bool(o.name_ko and o.name_en)),
    Item(_("region"), 5, "facts", lambda o: bool(o.region_id)),
    Item(_("website"), 5, "facts", lambda o: bool(o.website)),
    Item(_("a contact"), 5, "facts", lambda o: bool(o.contact_email or o.contact_phone)),
    Item(_("persons employed"), 5, "facts", lambda o: bool(o.employees)),
    Item(_("machines"), 5, "machines", lambda o: bool(o.machines.all())),
    Item(_("customers or suppliers"), 3, "trade", lambda o: bool(o.trade_links.all())),
    Item(_("what it looks for"), 2, "needs", lambda o: bool(o.needs.all())),
)


def measure(organisation: Organisation) -> int:
    """Per cent. Reads the parts of the profile: prefetch them for more than one organisation."""
    return sum(item.weight for item in ITEMS if item.is_filled(organisation))


def missing(organisation: Organisation) -> list[Item]:
    """What is not filled in yet, the weightiest first."""
    return [item for item in ITEMS if not item.is_filled(organisation)]
