"""Inviting a colleague, and accepting an invitation."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from members.models import Invitation


class InvitationForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    class Meta:
        model = Invitation
        fields = ["email", "name", "title", "is_manager", "language"]
        help_texts = {"is_manager": _("Edits the organisation, submits for it and invites colleagues.")}

    def __init__(self, *args, may_make_managers: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        if not may_make_managers:
            del self.fields["is_manager"]


class NewPersonForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("Ten characters at least, and none that is easily guessed."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if "password" in cleaned:
            self._check_password(cleaned["password"], cleaned.get("name", ""))
        return cleaned

    def _check_password(self, password: str, name: str) -> None:
        try:
            validate_password(password, User(email=self.email, name_en=name))
        except ValidationError as error:
            self.add_error("password", error)
