from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.accounts.permissions import Role

_FROM_AFFILIATION = {Role.MEMBER, Role.ORGANISATION_MANAGER, Role.EXPERT}


class PersonFilterForm(forms.Form):
    """The list's filters; what is not understood is as if it were not there."""

    q = forms.CharField(required=False)
    office = forms.ChoiceField(
        required=False, choices=[(role.value, role.label) for role in Role if role not in _FROM_AFFILIATION]
    )
    access = forms.ChoiceField(required=False, choices=[("open", _("in use")), ("off", _("switched off"))])

    @property
    def chosen(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class NewPersonForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=100)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("There is an account with this address already."))
        return email
