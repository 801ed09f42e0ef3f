"""Names for people and firms of the demo, each given once."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from django.utils.text import slugify

from members.demo.tables import table, trades


class Name(NamedTuple):
    ko: str
    en: str


class FirmName(NamedTuple):
    name: Name
    trade: str

    @property
    def domain(self) -> str:
        """An address of a firm that isn't: nothing under “.example” is ever anybody's."""
        return domain_of(self.name.en)


def domain_of(name_en: str) -> str:
    return f"{slugify(name_en.replace('Co., Ltd.', ''))}.example"


def people(rng: Random) -> Iterator[Name]:
    """Every combination of family and given name once, in an order of `rng`."""
    surnames, given = _parts("family"), _parts("given")
    names = [Name(family.ko + first.ko, f"{first.en} {family.en}") for family in surnames for first in given]
    rng.shuffle(names)
    yield from names


def firms(rng: Random, mini_cluster: str, taken: set[str]) -> Iterator[FirmName]:
    """Firms of the trades of a mini-cluster in turn; none whose Korean name is in `taken`."""
    own = [trade for trade in trades().values() if trade["mini_cluster"] == mini_cluster]
    stems = _parts("stem")
    rng.shuffle(stems)
    for turn in range(len(stems)):
        for place, trade in enumerate(own):
            stem = stems[(turn * len(own) + place) % len(stems)]
            name = _firm_name(stem, trade)
            if name.ko not in taken:
                taken.add(name.ko)
                yield FirmName(name, trade["key"])


def email_of(name: Name, domain: str, taken: set[str]) -> str:
    base = name.en.lower().replace(" ", ".")
    candidates = (base, *(f"{base}{number}" for number in range(2, 100)))
    address = next(f"{local}@{domain}" for local in candidates if f"{local}@{domain}" not in taken)
    taken.add(address)
    return address


def _firm_name(stem: Name, trade: dict[str, str]) -> Name:
    ko = f"㈜{stem.ko}{trade['name_ko']}" if len(stem.en) % 2 else f"{stem.ko}{trade['name_ko']}㈜"
    return Name(ko, f"{stem.en} {trade['name_en']} Co., Ltd.")


def _parts(kind: str) -> list[Name]:
    return [Name(row["ko"], row["en"]) for row in table("names") if row["kind"] == kind]
