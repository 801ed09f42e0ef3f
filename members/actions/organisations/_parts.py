"""The lists a profile is made of, and how an edited list takes the place of the one before.

Rows are dicts of a part's fields. A row is the same as before by its `pk` where one is given, else by the part's
`key`; rows that are the same keep their identity, so what points to them stays right.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ecluster.files import actions as files
from members import cleaning
from members.actions.organisations import _words as words
from members.models import (
    Machine,
    Need,
    Organisation,
    OrganisationCertificate,
    OrganisationMaterial,
    OrganisationProcess,
    OrganisationTechnology,
    Product,
    TradeLink,
)

Row = dict[str, object]


@dataclass(frozen=True)
class Part:
    """`key`: the fields by which a row is the same as before; `once` where the list may hold each key once only."""

    model: type[models.Model]
    key: tuple[str, ...]
    in_words: Callable[[Any], str]
    once: bool = True

    @property
    def relations(self) -> list[str]:
        return [field.name for field in self.model._meta.fields if field.is_relation and field.name != "organisation"]


PARTS: dict[str, Part] = {
    "processes": Part(OrganisationProcess, ("process",), words.process),
    "materials": Part(OrganisationMaterial, ("material",), words.noted),
    "certificates": Part(OrganisationCertificate, ("certificate",), words.certificate),
    "technologies": Part(OrganisationTechnology, ("technology",), words.noted),
    "products": Part(Product, ("name_ko", "name_en"), str),
    "machines": Part(Machine, ("name", "maker", "model"), words.machine, once=False),
    "trade_links": Part(TradeLink, ("direction", "partner_name"), words.trade_link),
    "needs": Part(Need, ("kind", "text"), words.need),
}


def replace(organisation: Organisation, name: str, rows: Iterable[Row], *, by) -> dict[str, list]:
    """Makes `rows` the organisation's list `name`; answers what changed, in words, for the audit trail."""
    part = PARTS[name]
    before = list(part.model._default_manager.filter(organisation=organisation).select_related(*part.relations))
    old_words = _told(before, part)
    kept = _matched(organisation, part, before, [_cleaned(part, row) for row in rows])
    _check_each_once(part, kept)
    _delete([row for row in before if row not in kept], by=by)
    part.model._default_manager.bulk_create(row for row in kept if row.pk is None)
    for row in kept:
        if getattr(row, "is_changed", False):
            row.save()
    new_words = _told(kept, part)
    return {name: [old_words, new_words]} if old_words != new_words or _any_changed(kept) else {}


def _delete(rows: list, *, by) -> None:
    for row in rows:
        for picture in row.pictures.all() if isinstance(row, Product) else []:
            files.remove(file=picture, by=by)
        row.delete()


def _matched(organisation: Organisation, part: Part, before: list, rows: list[Row]) -> list:
    """The rows to keep, each an old instance with its new values or a new one."""
    by_pk = {row.pk: row for row in before}
    by_key: dict[tuple, list] = {}
    claimed = {row.get("pk") for row in rows}
    for old in before:
        if old.pk not in claimed:
            by_key.setdefault(_key(part, old), []).append(old)
    return [_merged(organisation, part, by_pk, by_key, row) for row in rows]


def _merged(organisation: Organisation, part: Part, by_pk: dict, by_key: dict, row: Row) -> models.Model:
    values = {field: value for field, value in row.items() if field != "pk"}
    fresh = part.model(organisation=organisation, **values)
    old = by_pk.get(row.get("pk")) or next(iter(by_key.get(_key(part, fresh), [])), None)
    if old is None:
        return _checked(fresh)
    if old in by_key.get(_key(part, old), []):
        by_key[_key(part, old)].remove(old)
    old.is_changed = any(getattr(old, field) != value for field, value in values.items())
    for field, value in values.items():
        setattr(old, field, value)
    return _checked(old)


def _checked(row: models.Model) -> models.Model:
    relations = {field.name for field in row._meta.fields if field.is_relation}
    row.clean_fields(exclude=relations)
    return row


def _cleaned(part: Part, row: Row) -> Row:
    return {
        name: value if name == "pk" else _written(part.model._meta.get_field(name), value)
        for name, value in row.items()
    }


def _written(field, value):
    """Text as the house writes it, where `None` means blank; numbers and dates as what they are."""
    if isinstance(field, models.TextField):
        return cleaning.paragraphs(value)
    if isinstance(field, models.CharField):
        return cleaning.line(value)
    return value if field.is_relation else field.to_python(value)


def _key(part: Part, row: models.Model) -> tuple:
    return tuple(row.serializable_value(field) for field in part.key)


def _check_each_once(part: Part, rows: list) -> None:
    seen: set[tuple] = set()
    for row in rows if part.once else []:
        if _key(part, row) in seen:
            raise ValidationError(_("“%(row)s” is in the list twice.") % {"row": row})
        seen.add(_key(part, row))


def _any_changed(rows: list) -> bool:
    return any(getattr(row, "is_changed", False) for row in rows)


def _told(rows: list, part: Part) -> str:
    return "; ".join(part.in_words(row) for row in rows)
