"""How complete a profile is: what counts, how much, and what is missing next."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.profiles import Profile


@dataclass(frozen=True)
class Item:
    """Something a profile should hold; `section` is the part of the form where it is filled in."""

    label: str | Promise
    weight: int
    section: str
    is_filled: Callable[[Profile], bool]


# The weights add up to 100. What customers and experts are found by weighs most.
ITEMS = (
    Item(_("a core process"), 15, "processes", lambda p: bool(p.core_processes)),
    Item(_("what it does, in Korean"), 10, "facts", lambda p: bool(p.organisation.summary_ko)),
    Item(_("what it does, in English"), 10, "facts", lambda p: bool(p.organisation.summary_en)),
    Item(_("a product"), 10, "products", lambda p: bool(p.products)),
    Item(_("materials"), 5, "materials", lambda p: bool(p.materials)),
    Item(_("certificates"), 5, "certificates", lambda p: bool(p.certificates)),
    Item(_("technologies"), 5, "technologies", lambda p: bool(p.technologies)),
    Item(_("industries"), 5, "industries", lambda p: bool(p.industries)),
    Item(
        _("its name in both languages"), 5, "facts", lambda p: bool(p.organisation.name_ko and p.organisation.name_en)
    ),
    Item(_("region"), 5, "facts", lambda p: bool(p.organisation.region_id)),
    Item(_("website"), 5, "facts", lambda p: bool(p.organisation.website)),
    Item(_("a contact"), 5, "facts", lambda p: bool(p.organisation.contact_email or p.organisation.contact_phone)),
    Item(_("persons employed"), 5, "facts", lambda p: bool(p.organisation.employees)),
    Item(_("machines"), 5, "machines", lambda p: bool(p.machines)),
    Item(_("customers or suppliers"), 3, "trade", lambda p: bool(p.trade_links)),
    Item(_("what it looks for"), 2, "needs", lambda p: bool(p.needs)),
)


def measure(profile: Profile) -> int:
    """Per cent."""
    return sum(item.weight for item in ITEMS if item.is_filled(profile))


def missing(profile: Profile) -> list[Item]:
    """What is not filled in yet, the weightiest first."""
    return [item for item in ITEMS if not item.is_filled(profile)]
