"""The audit trail of one record, told to a person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ecluster.words import local_date, local_time

Text = str | Promise
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:\d\d)")
_PERSON = re.compile(r"(?:(?P<office>\w+): )?person (?P<number>\d+)")  # people are numbers in the trail


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
        what=wording(entry.action, model),
        changes=[_change(model, name, pair) for name, pair in entry.changes.items()],
        reason=entry.reason,
    )


def wording(action: str, model=None) -> Text:
    """What was done, as the reader's language says it: by the model's status table, else by the apps' words."""
    table = getattr(model, "STATUS_TABLE", None)
    rows = table.rows if table else ()
    label = next((row.label for row in rows if row.action == action and row.label), "")
    return label or _words().get(action) or action.replace("_", " ").replace("-", " ").capitalize()


@cache
def _words() -> dict[str, Text]:
    """Lazy strings, so that one table serves every language."""
    return {name: word for words in settings.TRAIL_WORDS for name, word in import_string(words)().items()}


def _change(model, name: str, pair: list) -> Change:
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    label = getattr(field, "verbose_name", None) or _words().get(name, name.replace("_", " "))
    return Change(label, _shown(field, pair[0]), _shown(field, pair[1]))


def _shown(field, value) -> Text:
    if value is True or value is False:
        return _("yes") if value else _("no")
    if value is None or value == "":
        return "–"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    choices = dict(field.flatchoices) if isinstance(field, Field) else _words()
    return choices.get(value) or _text(str(value))


def _text(value: str) -> str:
    if _DAY.fullmatch(value):
        return local_date(date.fromisoformat(value))
    if _MOMENT.fullmatch(value):
        return local_time(datetime.fromisoformat(value))
    if person := _PERSON.fullmatch(value):
        office = person["office"]
        told = _("person %(number)s") % {"number": person["number"]}
        return f"{_words().get(office, office)}: {told}" if office else told
    return value
