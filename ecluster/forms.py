"""Form fields as browsers show them best. How a field is laid out is in `templates/django/forms/`."""

from django import forms


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateField(forms.DateField):
    """A day of a year that people mean: the first and the last that Python knows have no midnight in every zone."""

    widget = DateInput
    years = range(1900, 2200)

    def to_python(self, value):
        day = super().to_python(value)
        if day and day.year not in self.years:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class DateTimeField(forms.DateTimeField):
    widget = DateTimeInput


class TimeField(forms.TimeField):
    widget = TimeInput


class ModelMultipleChoiceField(forms.ModelMultipleChoiceField):
    """A number that no database holds is no choice, and no error of the portal's own."""

    def clean(self, value):
        if beyond := next((v for v in value or () if len(str(v)) > 18), None):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": beyond}
            )
        return super().clean(value)
