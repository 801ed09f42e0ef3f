"""What opening an account asks besides the address and the password.

Apart from `signing_in`, since allauth loads this one while it makes its own forms.
"""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    name_ko = forms.CharField(label=_("Name in Korean"), max_length=100, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if not (cleaned.get("name_ko") or cleaned.get("name_en")):
            self.add_error("name_ko", _("Give your name in one of the two languages at least."))
        return cleaned

    def signup(self, request, user) -> None:
        """allauth saves the person, then asks for what this form adds."""
        user.name_ko, user.name_en = self.cleaned_data["name_ko"], self.cleaned_data["name_en"]
        user.save(update_fields=["name_ko", "name_en", "updated_at"])
