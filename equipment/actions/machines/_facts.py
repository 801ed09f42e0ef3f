"""A machine's own fields: which there are, and how each is written."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from equipment.models import Equipment
from members import cleaning
from members.models import Term

_LINES = (
    *("name_ko", "name_en", "maker", "model", "serial_number", "external_id", "place"),
    *("contact_name", "contact_phone"),
)
_WRITTEN: dict[str, Callable] = {
    **dict.fromkeys(_LINES, cleaning.line),
    **dict.fromkeys(("purpose_ko", "purpose_en", "limits", "training"), cleaning.paragraphs),
    "contact_email": lambda text: cleaning.line(text).lower(),
}
FACTS = frozenset(_WRITTEN) | {
    *("category", "region", "time_zone", "contact_audience", "made_year", "calibrated_on", "calibration_due_on"),
    *("access", "operation", "training_months"),
}
_KINDS = {"category": Term.Kind.EQUIPMENT, "region": Term.Kind.REGION}


def cleaned(facts: dict) -> dict:
    """`facts` as the house writes them."""
    unknown = set(facts) - FACTS
    if unknown:
        raise TypeError(f"A machine has no {', '.join(sorted(unknown))}.")
    return {field: _WRITTEN[field](value) if field in _WRITTEN else value for field, value in facts.items()}


def check(machine: Equipment) -> None:
    """ValidationError by field, before the database says it in its own words."""
    if not (machine.name_ko or machine.name_en):
        raise ValidationError({"name_ko": _("A name is needed, in Korean or in English.")})
    for field, kind in _KINDS.items():
        term = getattr(machine, field)
        if term and term.kind != kind:
            raise ValidationError({field: _("“%(term)s” is of another kind.") % {"term": term}})
    machine.clean_fields(exclude={"owner", "category", "region"})
    _check_calibration(machine)
    if machine.external_id and _others(machine).filter(external_id=machine.external_id).exists():
        raise ValidationError({"external_id": _("Another machine of this owner has this number.")})


def _check_calibration(machine: Equipment) -> None:
    done, due = machine.calibrated_on, machine.calibration_due_on
    if done and due and due < done:
        raise ValidationError({"calibration_due_on": _("It is due after it was made, not before.")})


def _others(machine: Equipment):
    return Equipment.objects.filter(owner=machine.owner_id).exclude(pk=machine.pk)
