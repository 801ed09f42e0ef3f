"""A stretch of time as people type it: a day, from, to, in the clock of whoever types."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecluster.forms import DateField, TimeField
from ecluster.local_times import LocalTimesForm, read_instant, write_instant


class TimesForm(LocalTimesForm):
    """`cleaned_data` has `starts_at` and `ends_at`. An end at 00:00 is the end of the day."""

    day = DateField(label=_("Day"))
    starts = TimeField(label=_("From"))
    ends = TimeField(label=_("To"))
    last_day = DateField(label=_("Until another day"), required=False, help_text=_("Blank: it ends on the same day."))

    def clean(self) -> None:
        super().clean()
        if {"day", "starts", "ends", "last_day"} & set(self.errors):
            return
        given = self.cleaned_data
        starts_at = self.instant("starts", datetime.combine(given["day"], given["starts"]))
        ends_at = self.instant("ends", datetime.combine(self._last_day(), given["ends"]))
        if starts_at and ends_at and ends_at <= starts_at:
            self._refuse_end()
        given |= {"starts_at": starts_at, "ends_at": ends_at}

    def _last_day(self):
        given = self.cleaned_data
        if given["last_day"]:
            return given["last_day"]
        return given["day"] + timedelta(days=given["ends"] == time())

    def _refuse_end(self) -> None:
        if self.cleaned_data["last_day"]:
            self.add_error("last_day", gettext("It ends before it begins."))
        else:
            told = gettext("The end isn't after the beginning. If it ends on another day, say on which.")
            self.add_error("ends", ValidationError(told))

    @property
    def time_names(self) -> str:
        return self.with_questions("day starts ends last_day")


def typed(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> dict:
    """What somebody would type for these instants, with the answers to what they might be asked."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    is_one_day = end.date() == start.date() or (end.time() == time() and (end - start) <= timedelta(days=1))
    return {
        "day": start.date().isoformat(),
        "starts": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
        "last_day": "" if is_one_day else end.date().isoformat(),
        "starts_meant": write_instant(starts_at),
        "ends_meant": write_instant(ends_at),
    }


def span_in(text: str) -> tuple[datetime, datetime] | None:
    """`<instant>/<instant>`, as the buttons of other times post it."""
    start, _slash, end = text.partition("/")
    found = read_instant(start), read_instant(end)
    return found if all(found) and found[0] < found[1] else None  # type: ignore[return-value,operator]


def span_text(starts_at: datetime, ends_at: datetime) -> str:
    return f"{write_instant(starts_at)}/{write_instant(ends_at)}"


def with_other_time(data: QueryDict, zone: ZoneInfo) -> QueryDict:
    """What was posted; where a button of another time was pressed, with that time instead of the typed one."""
    span = span_in(data.get("instead", ""))
    if span is None:
        return data
    changed = data.copy()
    for name, value in typed(*span, zone).items():
        changed[name] = value
    return changed


def day_shown(form: TimesForm) -> date | None:
    """The day that stands in it, as far as it is one."""
    try:
        return form.fields["day"].clean(form["day"].value())
    except ValidationError:
        return None
