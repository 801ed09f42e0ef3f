"""What a clock on the wall shows, as an instant: where clocks are changed, an hour of a year is missing and another
comes twice. Which of two instants is meant, nobody can know but the person who typed it: they are asked.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.words import local_date


@dataclass(frozen=True)
class Once:
    instant: datetime


@dataclass(frozen=True)
class Twice:
    """The clock is put back: it shows this time before that, and again after."""

    first: datetime
    second: datetime


@dataclass(frozen=True)
class Never:
    """The clock is put forward over this time: as far from the change, on either side of it."""

    before: datetime
    after: datetime


def resolve(naive: datetime, zone: ZoneInfo) -> Once | Twice | Never:
    """When the clock in `zone` shows `naive`; the instants are in UTC."""
    earlier, later = (naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if earlier == later:
        return Once(earlier)
    # In the gap the offset from before it, fold 0, leads to the later instant of the two.
    return Twice(earlier, later) if earlier < later else Never(later, earlier)


def instants(found: Once | Twice | Never) -> list[datetime]:
    """All that may be meant, the earliest first."""
    match found:
        case Once(instant):
            return [instant]
        case Twice(first, second):
            return [first, second]
        case Never(before, after):
            return [before, after]


def read_instant(text: str) -> datetime | None:
    """An instant out of an address, as ISO 8601; without an offset it is the reader's clock that says it."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return instants(resolve(moment, timezone.get_current_timezone()))[0]  # type: ignore[arg-type]  # ours are ZoneInfo
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def write_instant(moment: datetime) -> str:
    """As `read_instant` reads it, without a plus sign that an address would have to hide."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


class LocalTimesForm(forms.Form):
    """A form whose `clean` asks `self.instant("starts", naive)`: None, once the answer is still to be asked for.

    Where the clock shows that time twice or never, the field `starts_meant` stands behind `starts` with both choices.
    """

    def __init__(self, *args, zone: ZoneInfo | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone or timezone.get_current_timezone()

    def instant(self, name: str, naive: datetime) -> datetime | None:
        found = resolve(naive, self.zone)  # type: ignore[arg-type]
        if isinstance(found, Once):
            return found.instant
        choices = {write_instant(moment): moment for moment in instants(found)}
        self._ask(name, found, choices)
        meant = self.data.get(self.add_prefix(f"{name}_meant"), "")
        if meant not in choices:
            self.add_error(f"{name}_meant", _question(naive, found))
        return choices.get(meant)

    def with_questions(self, names: str) -> str:
        """`names` of fields, each with its question where there is one: for `{% fields %}`."""
        return " ".join(name for field in names.split() for name in (field, f"{field}_meant") if name in self.fields)

    def _ask(self, name: str, found: Twice | Never, choices: dict[str, datetime]) -> None:
        asked = forms.ChoiceField(
            label=_("%(field)s: which one?") % {"field": self.fields[name].label},
            choices=[(value, self._label(moment, found)) for value, moment in choices.items()],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields = {
            key: value
            for field, control in self.fields.items()
            for key, value in ([(field, control), (f"{name}_meant", asked)] if field == name else [(field, control)])
        }

    def _label(self, moment: datetime, found: Twice | Never) -> str:
        local = moment.astimezone(self.zone)
        parts = {"time": f"{local:%H:%M}", "offset": offset_of(local)}
        if isinstance(found, Never):
            return _("%(time)s (UTC%(offset)s)") % parts
        if moment == found.first:
            return _("the first %(time)s (UTC%(offset)s), before the clock is put back") % parts
        return _("the second %(time)s (UTC%(offset)s), after the clock was put back") % parts


def offset_of(local: datetime) -> str:
    """+09:00, and −05:00 with the sign that readers know."""
    return f"{local:%z}"[:3].replace("-", "−") + ":" + f"{local:%z}"[3:5]


def _question(naive: datetime, found: Twice | Never) -> str:
    parts = {"day": local_date(naive.date()), "time": f"{naive:%H:%M}"}
    if isinstance(found, Twice):
        return _("On %(day)s your clock is put back and shows %(time)s twice: choose which one you mean.") % parts
    return _("On %(day)s your clock is put forward and never shows %(time)s: choose the time you mean.") % parts
