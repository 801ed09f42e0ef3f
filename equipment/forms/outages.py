"""Telling that a machine can't be used: planned, or because it is broken."""

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecluster.forms import DateField, TimeField
from ecluster.local_times import LocalTimesForm
from equipment.forms.times import TimesForm


class PlanForm(TimesForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, help_text=_("Everybody who may see the machine reads it.")
    )


class ReportForm(LocalTimesForm):
    reason = forms.CharField(
        label=_("What is wrong"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody who may see the machine reads it."),
    )
    expected_day = DateField(label=_("Expected to work again on"), required=False, help_text=_("Blank: nobody knows."))
    expected_time = TimeField(label=_("At"), required=False, help_text=_("Blank: 09:00."))

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        given["expected_until"] = None
        if {"expected_day", "expected_time"} & set(self.errors):
            return
        day, at = given["expected_day"], given["expected_time"]
        if at and not day:
            self.add_error("expected_day", gettext("Say on which day."))
        if day:
            self._clean_expected(day, at or time(9))

    def _clean_expected(self, day, at: time) -> None:
        moment = self.instant("expected_time", datetime.combine(day, at))
        if moment and moment <= timezone.now():
            self.add_error("expected_day", gettext("Give a time that lies ahead."))
        self.cleaned_data["expected_until"] = moment

    def for_action(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("reason", "expected_until")}
