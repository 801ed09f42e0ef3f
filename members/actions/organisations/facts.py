"""Making an organisation, changing its facts and its lists, and saying that all of it still holds."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ecluster.accounts.access import can, require
from ecluster.accounts.permissions import Permission
from ecluster.audit.actions import differences, record
from ecluster.search import engine as search
from members.actions import memberships
from members.actions.organisations import _facts, _parts
from members.actions.organisations._keeping import finish, locked
from members.models import Industry, Organisation


@transaction.atomic
def create(*, by, org_class: str, name_ko: str = "", name_en: str = "", **details) -> Organisation:
    """A new organisation, in nobody's directory until a membership of it is active.

    `details` are facts (fields of the organisation) and whole lists, such as `processes=[{…}]`, `industries=[…]`.
    Raises ValidationError by field.
    """
    if not can(by, Permission.IMPORT_DATA):
        require(by, Permission.APPLY_FOR_MEMBERSHIP)
    facts, lists = _split(details)
    values = _facts.cleaned({"org_class": org_class, "name_ko": name_ko, "name_en": name_en} | _dated(facts, by))
    organisation = Organisation(**values)
    _facts.check(organisation)
    blank = differences(Organisation(), values)
    organisation.save(force_insert=True)
    changes = blank | _replace_lists(organisation, lists, by)
    record(target=organisation, action="create_organisation", by=by, changes=changes)
    finish(organisation)
    return organisation


@transaction.atomic
def update(*, organisation: Organisation, by, as_of: datetime | None = None, **details) -> None:
    """Changes those facts and lists that are given. A new class counts from today: past figures stay as they were.

    Raises ValidationError by field, ChangedMeanwhile where `as_of` is not its `updated_at` any more.
    """
    current = locked(organisation, by, as_of)
    facts, lists = _split(details)
    values = _facts.cleaned(_dated(facts, by))
    new_class = values.pop("org_class", current.org_class)
    changes = differences(current, values)
    for field, value in values.items():
        setattr(current, field, value)
    _facts.check(current)
    current.save()
    changes.pop("confirmed_on", None)
    changes |= _replace_lists(current, lists, by)
    if changes:
        record(target=current, action="update_organisation", by=by, changes=changes)
    if new_class != current.org_class:
        memberships.reclassify(organisation=current, org_class=new_class, by=by)
    finish(organisation)
    if changes.keys() & {"name_ko", "name_en"}:
        search.index(current.experts.all())  # they are found by where they work


@transaction.atomic
def confirm_still_true(*, organisation: Organisation, by) -> None:
    current = locked(organisation, by)
    before, today = current.confirmed_on, timezone.localdate()
    record(target=current, action="confirm_organisation", by=by, changes={"confirmed_on": [before, today]})
    current.confirmed_on = organisation.confirmed_on = today
    current.save(update_fields=["confirmed_on", "updated_at"])
    if before is None or before.year != today.year:  # all that search knows of it, and all that it changes
        finish(organisation)


def set_industries(*, organisation: Organisation, by, industries: Iterable[Industry], as_of=None) -> None:
    update(organisation=organisation, by=by, as_of=as_of, industries=industries)


def set_processes(*, organisation: Organisation, by, rows: Iterable[_parts.Row], as_of=None) -> None:
    """Rows: process, is_core, size_from_mm, size_to_mm, tolerance_um, note."""
    update(organisation=organisation, by=by, as_of=as_of, processes=rows)


def set_materials(*, organisation: Organisation, by, rows: Iterable[_parts.Row], as_of=None) -> None:
    """Rows: material, note."""
    update(organisation=organisation, by=by, as_of=as_of, materials=rows)


def set_certificates(*, organisation: Organisation, by, rows: Iterable[_parts.Row], as_of=None) -> None:
    """Rows: certificate, number, valid_until."""
    update(organisation=organisation, by=by, as_of=as_of, certificates=rows)


def set_technologies(*, organisation: Organisation, by, rows: Iterable[_parts.Row], as_of=None) -> None:
    """Rows: technology, note."""
    update(organisation=organisation, by=by, as_of=as_of, technologies=rows)


def set_products(*, organisation: Organisation, by, rows: Iterable[_parts.Row], as_of=None) -> None:
    """Rows: name_ko, name_en, description_ko, description_en. The pictures of a product that goes, go with it."""
    update(organisation=organisation, by=by, as_of=as_of, products=rows)


def set_machines(*, organisation: Organisation, by, rows: Iterable[_parts.Row], as_of=None) -> None:
    """Rows: name, maker, model, quantity, year, note."""
    update(organisation=organisation, by=by, as_of=as_of, machines=rows)


def set_trade_links(*, organisation: Organisation, by, rows: Iterable[_parts.Row], as_of=None) -> None:
    """Rows: direction, partner_name, partner (an organisation or None), goods."""
    update(organisation=organisation, by=by, as_of=as_of, trade_links=rows)


def set_needs(*, organisation: Organisation, by, rows: Iterable[_parts.Row], as_of=None) -> None:
    """Rows: kind, text."""
    update(organisation=organisation, by=by, as_of=as_of, needs=rows)


def _split(details: dict) -> tuple[dict, dict]:
    lists = {name: details[name] for name in details if name in _parts.PARTS or name == "industries"}
    return {name: value for name, value in details.items() if name not in lists}, lists


def _dated(facts: dict, by) -> dict:
    """Who edits confirms, as of today. Only who loads data may say another day, or none."""
    given = facts if "confirmed_on" in facts and can(by, Permission.IMPORT_DATA) else {}
    return {**facts, "confirmed_on": given.get("confirmed_on", timezone.localdate()) if given else timezone.localdate()}


def _replace_lists(organisation: Organisation, lists: dict, by) -> dict[str, list]:
    changes: dict[str, list] = {}
    for name, rows in lists.items():
        if name == "industries":
            changes |= _replace_industries(organisation, rows)
        else:
            changes |= _parts.replace(organisation, name, rows, by=by)
    return changes


def _replace_industries(organisation: Organisation, industries: Iterable[Industry]) -> dict[str, list]:
    old, new = list(organisation.industries.all()), sorted(set(industries), key=lambda i: (i.scheme, i.code))
    if {i.pk for i in old} == {i.pk for i in new}:
        return {}
    organisation.industries.set(new)
    return {"industries": ["; ".join(map(str, old)), "; ".join(map(str, new))]}
