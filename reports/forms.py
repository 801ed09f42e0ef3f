"""What may be asked of a report."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.forms import DateField
from members.models import MiniCluster, OrganisationClass


class DayForm(forms.Form):
    """A day that has come; today where none is asked for."""

    date = DateField(label=_("On the day"), required=False)

    def clean_date(self):
        today = timezone.localdate()
        day = self.cleaned_data["date"] or today
        if day > today:
            raise forms.ValidationError(_("This day is yet to come."))
        return day

    @property
    def day(self):
        """The day to show: today where what was asked for is none."""
        return self.cleaned_data.get("date") if self.is_valid() else timezone.localdate()


class CellForm(DayForm):
    """A number of the table: its day, and the row and the column where it isn't a total."""

    mini_cluster = forms.ModelChoiceField(queryset=MiniCluster.objects.all(), to_field_name="slug", required=False)
    org_class = forms.ChoiceField(choices=[("", ""), *OrganisationClass.choices], required=False)

    def __init__(self, params) -> None:
        data = params.copy()
        data["org_class"] = params.get("class", "")
        super().__init__(data)
