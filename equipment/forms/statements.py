"""Which statement, of which month."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from ecluster.forms import DateField


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m")


class MonthField(forms.DateField):
    """Its first day; of years that people mean."""

    widget = MonthInput
    default_error_messages = {"invalid": _("Write year and month, such as 2027-03.")}

    def __init__(self, **kwargs) -> None:
        super().__init__(input_formats=["%Y-%m"], **kwargs)

    def to_python(self, value) -> date | None:
        month = super().to_python(value)
        if month and month.year not in DateField.years:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return month


class StatementForm(forms.Form):
    of = forms.ChoiceField(label=_("Statement"))
    month = MonthField(label=_("Month"))

    def __init__(self, *args, accounts, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = [(account.key, account.label) for account in accounts]  # type: ignore[attr-defined]
