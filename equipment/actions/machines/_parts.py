"""The lists a machine is described with, and how an edited list takes the place of the one before.

Rows are dicts of a part's fields. Nothing points at a row, so a list that changed is simply written anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ecluster.words import krw
from equipment.models import Equipment, OpeningHours, Range, Rate
from members import cleaning

Row = dict[str, object]


@dataclass(frozen=True)
class Part:
    """`in_words`: a row as the audit trail tells it; `check`: what must be true of the list as a whole."""

    model: type[models.Model]
    in_words: Callable[[Any], str]
    check: Callable[[list], None] = lambda rows: None


def replace(machine: Equipment, name: str, rows: Iterable[Row]) -> dict[str, list]:
    """Makes `rows` the machine's list `name`; answers what changed, in words, for the audit trail."""
    part = PARTS[name]
    before = list(part.model._default_manager.filter(equipment=machine))
    after = [_cleaned(part, machine, row) for row in rows]
    part.check(after)
    old, new = _told(part, before), _told(part, after)
    if old == new:
        return {}
    part.model._default_manager.filter(equipment=machine).delete()
    part.model._default_manager.bulk_create(after)
    return {name: [old, new]}


def _cleaned(part: Part, machine: Equipment, row: Row) -> models.Model:
    values = {name: _written(part.model, name, value) for name, value in row.items() if name != "pk"}
    made = part.model(equipment=machine, **values)
    made.clean_fields(exclude={"equipment"})
    return made


def _written(model: type[models.Model], name: str, value):
    field = model._meta.get_field(name)
    return cleaning.line(value) if isinstance(field, models.CharField) else field.to_python(value)  # type: ignore[union-attr]


def _told(part: Part, rows: list) -> str:
    return "; ".join(part.in_words(row) for row in rows)


def _range(row: Range) -> str:
    accuracy = f" ({row.accuracy})" if row.accuracy else ""
    return f"{row.quantity} {row.span}{accuracy}"


def _rate(row: Rate) -> str:
    return f"{row.get_user_class_display()}: {krw(row.krw_per_hour)}"  # type: ignore[attr-defined]


def _hours(row: OpeningHours) -> str:
    return f"{row.get_weekday_display()} {row.opens:%H:%M}–{row.closes:%H:%M}"  # type: ignore[attr-defined]


def _each_class_once(rows: list[Rate]) -> None:
    classes = [row.user_class for row in rows]
    if len(classes) != len(set(classes)):
        raise ValidationError(_("Each class of user has one rate."))


def _ranges_begin_before_they_end(rows: list[Range]) -> None:
    for row in rows:
        if row.minimum is not None and row.maximum is not None and row.maximum < row.minimum:
            raise ValidationError(_("“%(quantity)s” ends below its start.") % {"quantity": row.quantity})


def _hours_keep_apart(rows: list[OpeningHours]) -> None:
    """A day's hours follow one another; midnight closes the day."""
    for row in rows:
        if row.closes <= row.opens and row.closes.isoformat("minutes") != "00:00":
            raise ValidationError(_("%(hours)s: it closes before it opens.") % {"hours": _hours(row)})
    ordered = sorted(rows, key=lambda row: (row.weekday, row.opens))
    for first, second in pairwise(ordered):
        closes_at_midnight = first.closes.isoformat("minutes") == "00:00"
        if first.weekday == second.weekday and (closes_at_midnight or second.opens < first.closes):
            told = {"first": _hours(first), "second": _hours(second)}
            raise ValidationError(_("These overlap: %(first)s and %(second)s.") % told)


PARTS: dict[str, Part] = {
    "ranges": Part(Range, _range, _ranges_begin_before_they_end),
    "rates": Part(Rate, _rate, _each_class_once),
    "opening_hours": Part(OpeningHours, _hours, _hours_keep_apart),
}
