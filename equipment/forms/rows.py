"""The forms of a machine's lists: a form a row."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from equipment.models import OpeningHours, Range, UserClass
from members.forms.organisations.rows import RowForm

_NUMBER: dict[str, Any] = {"required": False, "max_digits": 16, "decimal_places": 6}


class RangeForm(RowForm):
    quantity = forms.CharField(
        label=_("Quantity"), max_length=100, help_text=Range._meta.get_field("quantity").help_text
    )
    minimum = forms.DecimalField(label=_("From"), **_NUMBER)
    maximum = forms.DecimalField(label=_("To"), **_NUMBER)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=20)
    accuracy = forms.CharField(
        label=_("Accuracy"), required=False, max_length=60, help_text=Range._meta.get_field("accuracy").help_text
    )

    def clean(self) -> dict:
        values = super().clean() or self.cleaned_data
        low, high = values.get("minimum"), values.get("maximum")
        if low is not None and high is not None and high < low:
            self.add_error("maximum", _("The range ends below its start."))
        return values


class RateForm(RowForm):
    key = ("user_class",)

    user_class = forms.ChoiceField(label=_("For"), choices=[("", "—"), *UserClass.choices])
    krw_per_hour = forms.IntegerField(label=_("KRW an hour"), min_value=0, max_value=100_000_000)


class HoursForm(RowForm):
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), choices=[("", "—"), *OpeningHours._meta.get_field("weekday").flatchoices], coerce=int
    )
    opens = forms.TimeField(label=_("Opens"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label=_("Closes"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))

    def clean(self) -> dict:
        values = super().clean() or self.cleaned_data
        opens, closes = values.get("opens"), values.get("closes")
        if opens and closes and closes <= opens and (closes.hour or closes.minute):
            self.add_error("closes", _("It closes before it opens."))
        return values
