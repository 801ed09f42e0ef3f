from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import Appointment, Body, User
from ecluster.accounts.offices import offices_of
from ecluster.accounts.permissions import Role
from ecluster.forms import DateField


class BodyForm(forms.ModelForm):
    class Meta:
        model = Body
        fields = ["kind", "name_ko", "name_en", "remit"]


class BodyEditForm(BodyForm):
    """The kind stays: the offices of those who sit in it hang on it."""

    class Meta(BodyForm.Meta):
        fields = ["name_ko", "name_en", "remit"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}))


class AppointmentForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address of the person"), help_text=_("Of an account that is in use."))
    office = forms.ChoiceField(label=_("Office"))
    starts_on = DateField(label=_("From"), initial=timezone.localdate)
    ends_on = DateField(label=_("To"), required=False, help_text=_("The last day; blank: no end is set."))

    def __init__(self, *args, body: Body, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["office"].choices = [(role, Role(role).label) for role in offices_of(body)]  # type: ignore[attr-defined]

    def clean_email(self) -> User:
        email = self.cleaned_data["email"].lower()
        user = User.objects.open_accounts().filter(email=email).first()
        if user is None:
            raise forms.ValidationError(_("There is no account in use with this address."))
        if user.pk == self.by.pk:
            raise forms.ValidationError(_("Nobody appoints themself. Another administrator must do it."))
        return user


class ExtensionForm(forms.Form):
    ends_on = DateField(label=_("New last day"), required=False, help_text=_("Blank: no end is set."))


class EndForm(forms.Form):
    on = DateField(
        label=_("Last day in office"),
        required=False,
        help_text=_("Blank: the office ends at once."),
    )
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, appointment: Appointment, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = appointment.ends_on
