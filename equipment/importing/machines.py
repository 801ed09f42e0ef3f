"""What a row about a machine would change, and the actions that change it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from equipment.actions import machines
from equipment.models import Equipment
from equipment.statuses import EquipmentStatus
from members.importing.cells import plain
from members.importing.matching import Identities, Identity
from members.importing.people import find_organisations
from members.importing.rows import Planner, Row

FACTS = (
    *("name_ko", "name_en", "external_id", "category", "maker", "model", "serial_number"),
    *("purpose_ko", "purpose_en", "limits", "place", "region", "made_year", "calibrated_on", "calibration_due_on"),
    *("access", "operation", "training", "contact_name", "contact_email", "contact_phone"),
)


class EquipmentPlanner(Planner):
    def label(self, row: Row) -> str:
        return row.values.get("name_ko") or row.values.get("name_en") or ""

    def match(self, rows: list[Row]) -> None:
        read = [row for row in rows if "owner" in row.values]
        find_organisations(read, needed=True, key="owner", label=self.heading("owner"))
        sound = [(row, _identity(row)) for row in rows if not row.problems]
        known, seen = _known({row.values["owner"].pk for row, _identity in sound}), Identities()
        row_of: dict[int, int] = {}  # the machine -> the row that is about it
        for row, identity in sound:
            found = known.same_as(identity)
            if len(found) > 1:
                reason = _("It may be any of %(count)s machines of this name. A number would tell which.")
                row.is_wrong(reason % {"count": len(found)})
                continue
            row.target_id = next(iter(found), None)
            earlier = seen.same_as(identity) or {row_of.get(row.target_id or 0, 0)} - {0}
            if earlier:
                row.is_wrong(_("Row %(row)s is about the same machine.") % {"row": min(earlier)})
            seen.add(identity)
            if row.target_id:
                row_of.setdefault(row.target_id, row.number)

    def compare(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        there = Equipment.objects.select_related("category", "region").in_bulk(
            [row.target_id for row in rows if row.target_id]
        )
        for row in rows:
            machine = there.get(row.target_id) if row.target_id else None
            row.changes = list(self._changes(row.values, machine or Equipment(), is_new=machine is None))

    def _changes(self, values: dict[str, Any], machine: Equipment, *, is_new: bool) -> Iterator:
        if is_new:
            yield self.heading("owner"), "", str(values["owner"])
        for key in FACTS:
            if key in values and (is_new or values[key] != getattr(machine, key)):
                yield self.heading(key), "" if is_new else _shown(machine, key), _told(key, values[key])
        if "status" in values and _turns(machine, values["status"]):
            yield self.heading("status"), machine.get_status_display(), str(values["status"].label)

    def load(self, row: Row) -> None:
        if row.target_id is None:
            facts = {key: row.values[key] for key in FACTS if key in row.values}
            machine = machines.create(by=self.by, owner=row.values["owner"], **facts)
        else:
            machine = Equipment.objects.get(pk=row.target_id)
            changed = {k: row.values[k] for k in FACTS if k in row.values and row.values[k] != getattr(machine, k)}
            if changed:
                machines.update(machine=machine, by=self.by, **changed)
        turn = _turns(machine, row.values.get("status"))
        if turn:
            turn(machine=machine, by=self.by)


def _turns(machine: Equipment, wanted: str | None):
    """The action that a list's word asks for, if any: what is out of order is in use, and reported by people."""
    is_retired = machine.status == EquipmentStatus.RETIRED
    if wanted == EquipmentStatus.RETIRED and not is_retired:
        return machines.retire
    if wanted == EquipmentStatus.WORKING and is_retired:
        return machines.reinstate
    return None


def _known(owner_ids: set[int]) -> Identities:
    found = Identities()
    rows = Equipment.objects.filter(Q(owner__in=owner_ids)).order_by("pk")
    for pk, *facts in rows.values_list("pk", "owner_id", "external_id", "name_ko", "name_en"):
        found.add(_of(pk, *facts))  # type: ignore[arg-type]
    return found


def _identity(row: Row) -> Identity:
    values = row.values
    names = values.get("name_ko", ""), values.get("name_en", "")
    return _of(row.number, values["owner"].pk, values.get("external_id", ""), *names)


def _of(ref: int, owner_id: int, external_id: str, name_ko: str, name_en: str) -> Identity:
    """Numbers and names count among the machines of one owner."""
    external, ko, en = (f"{owner_id} {text}" if text else "" for text in (external_id, plain(name_ko), plain(name_en)))
    return Identity(ref, None, external or None, ko, en)


def _shown(machine: Equipment, key: str) -> str:
    return _told(key, getattr(machine, key))


def _told(key: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    choices = dict(Equipment._meta.get_field(key).choices or ())  # type: ignore[union-attr]
    return str(choices.get(value, value))
