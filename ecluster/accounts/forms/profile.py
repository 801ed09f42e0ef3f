from django import forms
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.accounts.zones import ZONES


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES)

    class Meta:
        model = User
        fields = [
            "name_ko",
            "name_en",
            "phone",
            "email_audience",
            "phone_audience",
            "language",
            "time_zone",
        ]
        widgets = {"phone": forms.TextInput({"type": "tel", "autocomplete": "tel"})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own_zone = self.instance.time_zone
        if own_zone not in dict(ZONES):
            self.fields["time_zone"].choices = [(own_zone, own_zone), *ZONES]  # type: ignore[attr-defined]

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if not (cleaned.get("name_ko") or cleaned.get("name_en")):
            self.add_error("name_ko", _("Give your name in one of the two languages at least."))
        return cleaned
