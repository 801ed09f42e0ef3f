"""Entering a machine, and changing what is said of it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ecluster.accounts.models import User
from ecluster.audit.actions import differences, record
from ecluster.search import engine as search
from equipment.actions.machines import _facts, _parts
from equipment.actions.machines._keeping import finish, locked, require_editing
from equipment.models import BookingPolicy, Equipment
from members.models import Affiliation, Organisation

POLICY = frozenset(f.name for f in BookingPolicy._meta.fields if f.editable) - {
    *("id", "equipment", "created_at", "updated_at"),
}


@transaction.atomic
def create(*, by, owner: Organisation, name_ko: str = "", name_en: str = "", **details) -> Equipment:
    """A new machine of `owner`.

    `details` are facts (fields of the machine), whole lists (`ranges=[{…}]`, `rates`, `opening_hours`), `policy={…}`
    and `keepers=[…]`. Raises ValidationError by field.
    """
    machine = Equipment(owner=owner)
    require_editing(by, machine)
    if owner.merged_into_id:
        raise ValidationError({"owner": _("This organisation was merged into another.")})
    facts, rest = _split({"name_ko": name_ko, "name_en": name_en} | details)
    values = _facts.cleaned(facts)
    changes = {"owner": ["", str(owner)], **differences(machine, values)}
    for field, value in values.items():
        setattr(machine, field, value)
    _facts.check(machine)
    machine.save(force_insert=True)
    changes |= _change_rest(machine, rest)
    record(target=machine, action="create_equipment", by=by, changes=changes)
    search.index([machine])
    return machine


@transaction.atomic
def update(*, machine: Equipment, by, as_of: datetime | None = None, **details) -> None:
    """Changes those facts, lists and rules that are given; bookings made before keep what was agreed with them.

    Raises ValidationError by field, ChangedMeanwhile where `as_of` is not its `updated_at` any more.
    """
    current = locked(machine, by, as_of)
    facts, rest = _split(details)
    values = _facts.cleaned(facts)
    changes = differences(current, values)
    for field, value in values.items():
        setattr(current, field, value)
    _facts.check(current)
    changes |= _change_rest(current, rest)
    if changes:
        record(target=current, action="update_equipment", by=by, changes=changes)
        finish(current, machine)


def _split(details: dict) -> tuple[dict, dict]:
    rest = {name: details[name] for name in details if name in _parts.PARTS or name in ("policy", "keepers")}
    return {name: value for name, value in details.items() if name not in rest}, rest


def _change_rest(machine: Equipment, rest: dict) -> dict[str, list]:
    changes: dict[str, list] = {}
    for name, given in rest.items():
        if name == "policy":
            changes |= _set_policy(machine, given)
        elif name == "keepers":
            changes |= _set_keepers(machine, given)
        else:
            changes |= _parts.replace(machine, name, given)
    return changes


def _set_policy(machine: Equipment, values: dict) -> dict[str, list]:
    unknown = set(values) - POLICY
    if unknown:
        raise TypeError(f"A booking policy has no {', '.join(sorted(unknown))}.")
    policy = BookingPolicy.objects.filter(equipment=machine).first() or BookingPolicy(equipment=machine)
    changes = differences(policy, values)
    for field, value in values.items():
        setattr(policy, field, value)
    policy.clean_fields(exclude={"equipment"})
    if policy.shortest and policy.longest and policy.longest < policy.shortest:
        raise ValidationError({"longest": _("The longest booking is shorter than the shortest.")})
    if changes:
        policy.save()
    machine.policy = policy  # type: ignore[attr-defined]
    return {_words(field): pair for field, pair in changes.items()}


def _words(field: str) -> str:
    """The trail tells it under the machine, which has no such field."""
    return f"policy_{field}"


def _set_keepers(machine: Equipment, people: Iterable[User]) -> dict[str, list]:
    new = {person.pk: person for person in people}
    theirs = Affiliation.objects.current().filter(organisation=machine.owner_id, user__in=new)
    if strangers := set(new) - set(theirs.values_list("user_id", flat=True)):
        names = ", ".join(new[pk].name for pk in sorted(strangers))
        raise ValidationError({"keepers": _("Not of the owner's people: %(names)s.") % {"names": names}})
    old = sorted(machine.keepers.values_list("pk", flat=True))
    if old == sorted(new):
        return {}
    machine.keepers.set(new.values())
    return {"keepers": [_numbers(old), _numbers(sorted(new))]}


def _numbers(keys: list[int]) -> str:
    """People are numbers in the trail."""
    return ", ".join(f"person {key}" for key in keys)
