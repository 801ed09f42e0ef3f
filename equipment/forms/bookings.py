"""Booking a machine, and what is done with a booking afterwards."""

from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.forms import DateField
from ecluster.local_times import read_instant
from equipment.forms.times import TimesForm
from equipment.models import Booking, Equipment, Operation
from members.models import Organisation

MOST_WEEKS = 8


class BookingForm(TimesForm):
    """The time, who pays, what for; once or every so many weeks. A keeper may set the policy aside with a reason."""

    organisation = forms.ChoiceField(label=_("Organisation"), help_text=_("Whose bill it is."))
    purpose = forms.CharField(
        label=_("What for"), max_length=300, required=False, help_text=_("The keepers of the machine read it.")
    )
    is_operated = forms.BooleanField(label=_("Somebody operates it for me"), required=False)
    every_weeks = forms.IntegerField(
        label=_("Repeat every (weeks)"),
        min_value=1,
        max_value=MOST_WEEKS,
        required=False,
        help_text=_("1: every week. Blank: only once."),
    )
    until = DateField(label=_("Repeat until"), required=False)
    clock = forms.ChoiceField(
        label=_("The time of day stays as it is"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Clocks are put forward and back in one place and not in another."),
    )
    leave_out_clashing = forms.BooleanField(
        label=_("Leave out the times that can't be booked"), required=False, widget=forms.HiddenInput
    )
    override_reason = forms.CharField(
        label=_("Why the policy is set aside"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "For keepers, where the policy says no. It is recorded. Another booking or an outage still counts."
        ),
    )

    def __init__(self, *args, machine: Equipment, organisations: list[Organisation], keeps: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.machine, self._organisations = machine, organisations
        self._offer_organisations()
        self._offer_clocks()
        if machine.operation != Operation.EITHER:
            del self.fields["is_operated"]
        if not keeps:
            del self.fields["override_reason"]

    def _offer_organisations(self) -> None:
        if len(self._organisations) < 2:
            del self.fields["organisation"]
            return
        field = cast(forms.ChoiceField, self.fields["organisation"])
        field.choices = [("", "---------"), *((str(one.pk), one.name) for one in self._organisations)]

    def _offer_clocks(self) -> None:
        """Which of the two clocks a series goes by is a question only where there are two."""
        own, there = str(self.zone), self.machine.time_zone
        if own == there:
            del self.fields["clock"]
            return
        field = cast(forms.ChoiceField, self.fields["clock"])
        field.choices = [
            (there, gettext("where the machine stands: %(zone)s") % {"zone": place(there)}),
            (own, gettext("with me: %(zone)s") % {"zone": place(own)}),
        ]
        field.initial = there

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if not {"every_weeks", "until"} & set(self.errors):
            self._check_repeats(given["every_weeks"], given["until"], given.get("day"))

    def _check_repeats(self, every_weeks: int | None, until: date | None, day: date | None) -> None:
        if every_weeks and not until:
            self.add_error("until", gettext("Say until when it repeats."))
        if until and not every_weeks:
            self.add_error("every_weeks", gettext("Say every how many weeks it repeats."))
        if every_weeks and until and day and until <= day:
            self.add_error("until", gettext("It repeats after the first day."))

    @property
    def is_series(self) -> bool:
        return bool(self.cleaned_data["every_weeks"])

    def organisation_chosen(self) -> Organisation | None:
        if "organisation" in self.fields:
            chosen = self.cleaned_data["organisation"]
            return next(one for one in self._organisations if str(one.pk) == chosen)
        return self._organisations[0] if self._organisations else None

    def for_action(self) -> dict:
        """What `bookings.request` takes."""
        given = self.cleaned_data
        return {
            "starts_at": given["starts_at"],
            "ends_at": given["ends_at"],
            "override_reason": given.get("override_reason", ""),
        } | self._facts()

    def for_series(self) -> dict:
        """What `series.make_series` takes."""
        given = self.cleaned_data
        starts_at, zone = given["starts_at"], given.get("clock") or self.machine.time_zone
        first = starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return {
            "time_zone": zone,
            "first_start_local": first,
            "minutes": round((given["ends_at"] - starts_at).total_seconds() / 60),
            "every_weeks": given["every_weeks"],
            "until": given["until"],
            "leave_out_clashing": given["leave_out_clashing"],
            "meant": {first.date(): starts_at} | self._meant(),
        } | self._facts()

    def _facts(self) -> dict:
        given = self.cleaned_data
        return {
            "organisation": self.organisation_chosen(),
            "purpose": given["purpose"],
            "is_operated": given.get("is_operated", False),
        }

    def _meant(self) -> dict:
        """The answers to what the clock left open on some days of the series: `meant-<day>`, an instant."""
        return {
            day: moment
            for name, value in self.data.items()
            if name.startswith("meant-")
            if (day := _day(name.removeprefix("meant-"))) and (moment := read_instant(value))
        }


class MoveForm(TimesForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, help_text=_("Who else has to do with the booking reads it.")
    )
    override_reason = forms.CharField(
        label=_("Why the policy is set aside"), max_length=1000, required=False, help_text=_("It is recorded.")
    )

    def __init__(self, *args, keeps: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not keeps:
            del self.fields["override_reason"]

    def for_action(self) -> dict:
        given = self.cleaned_data
        return {name: given[name] for name in ("starts_at", "ends_at", "reason", "override_reason") if name in given}


class ReasonForm(forms.Form):
    """A cancellation, a refusal."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, needed: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed


class ApproveForm(forms.Form):
    note = forms.CharField(label=_("Note to them"), max_length=1000, required=False)
    override_reason = forms.CharField(
        label=_("Why the policy is set aside"),
        max_length=1000,
        required=False,
        help_text=_("Only where the policy says no. It is recorded."),
    )


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none())

    def __init__(self, *args, colleagues, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["to"]).queryset = colleagues


class FinishForm(forms.Form):
    used_minutes = forms.IntegerField(label=_("Used (minutes)"), min_value=0, max_value=100_000)
    remarks = forms.CharField(
        label=_("Remarks"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For example what was measured, what was worn, what didn't work."),
    )

    def __init__(self, *args, booking: Booking, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["used_minutes"].initial = booking.minutes


class MissForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=1000, required=False)


def place(zone: str) -> str:
    """Asia/Seoul as Seoul."""
    return zone.rpartition("/")[2].replace("_", " ")


def _day(text: str):
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day of a calendar
    except ValueError:
        return None
