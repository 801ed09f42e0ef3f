"""The one way into the audit trail."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from ecluster.audit.models import AuditEntry

# What a person may have erased later is not kept in a record that can't be.
PERSONAL_FIELDS = frozenset({"email", "phone", "name_ko", "name_en", "contact_name", "contact_email", "contact_phone"})


def record(*, target: models.Model, action: str, by, changes: dict[str, list] | None = None, reason: str = "") -> None:
    """Adds to the trail that `by` (a visitor or None for the portal itself) did `action` to `target`.

    `changes` is {field: [old, new]}. Call it inside the transaction of the change that it records.
    """
    AuditEntry.objects.create(
        actor=by if by is not None and by.is_authenticated else None,
        action=action,
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        target_label=_label(target),
        changes={f: _masked(f, pair, target) for f, pair in (changes or {}).items() if not _is_blank(pair)},
        reason=reason,
    )


def differences(record_: models.Model, values: dict) -> dict[str, list]:
    """{field: [old, new]} of those `values` that differ from what `record_` holds; for `record(changes=…)`."""
    old = {field: getattr(record_, field) for field in values}
    return {f: [_plain(old[f]), _plain(new)] for f, new in values.items() if old[f] != new}


def _is_person(target: models.Model) -> bool:
    return target._meta.label == "accounts.User"


def _label(target: models.Model) -> str:
    """A person is a number here, and so is what bears a person's name: it says its `trail_label`."""
    return f"person {target.pk}" if _is_person(target) else str(getattr(target, "trail_label", target))[:200]


def _masked(field: str, pair: list, target: models.Model) -> list:
    personal = field.startswith("contact_") or (_is_person(target) and field in PERSONAL_FIELDS)
    return ["•" if value else "" for value in pair] if personal else pair


def _is_blank(pair: list) -> bool:
    """From nothing to nothing: no change that anybody would read."""
    return all(value is None or value == "" for value in pair)


def _plain(value):
    return str(value) if isinstance(value, models.Model) else value
