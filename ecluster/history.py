"""The audit trail of one record, told to a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise


@dataclass(frozen=True)
class Change:
    field: Text
    old: Text
    new: Text


@dataclass(frozen=True)
class Event:
    at: datetime
    who: Text
    what: Text
    changes: list[Change]
    reason: str = ""


def history(entries: Iterable) -> list[Event]:
    """AuditEntry rows (with their actors selected) as the timeline shows them, in the same order."""
    return [_event(entry) for entry in entries]


def _event(entry) -> Event:
    model = ContentType.objects.get_for_id(entry.target_type_id).model_class()
    return Event(
        at=entry.at,
        who=entry.actor.name if entry.actor else _("The portal"),
        what=_wording(model, entry.action),
        changes=[_change(model, name, pair) for name, pair in entry.changes.items()],
        reason=entry.reason,
    )


def _wording(model, action: str) -> Text:
    table = getattr(model, "STATUS_TABLE", None)
    rows = table.rows if table else ()
    label = next((row.label for row in rows if row.action == action and row.label), "")
    return label or action.replace("_", " ").replace("-", " ").capitalize()


def _change(model, name: str, pair: list) -> Change:
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    label = getattr(field, "verbose_name", name.replace("_", " "))
    return Change(label, _shown(field, pair[0]), _shown(field, pair[1]))


def _shown(field, value) -> Text:
    if value is True or value is False:
        return _("yes") if value else _("no")
    if value is None or value == "":
        return "–"
    choices = dict(field.flatchoices) if isinstance(field, Field) else {}
    return choices.get(value, str(value))
