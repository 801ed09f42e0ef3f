"""The form of an organisation's own fields."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from members import cleaning, registration_number
from members.models import Organisation, Term


class FactsForm(forms.ModelForm):
    registration_number = forms.CharField(
        label=_("Business registration number"),
        required=False,
        max_length=20,
        help_text=_("Ten digits, for example 123-45-67890."),
    )
    website = forms.CharField(
        label=_("Website"), required=False, max_length=200, help_text=_("For example www.example.co.kr.")
    )

    class Meta:
        model = Organisation
        fields = [
            "org_class",
            "name_ko",
            "name_en",
            "registration_number",
            "founded_year",
            "employees",
            "summary_ko",
            "summary_en",
            "region",
            "address_ko",
            "address_en",
            "website",
            "contact_name",
            "contact_email",
            "contact_phone",
            "contact_audience",
        ]
        widgets = {"summary_ko": forms.Textarea({"rows": 4}), "summary_en": forms.Textarea({"rows": 4})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        regions = cast(forms.ModelChoiceField, self.fields["region"])
        regions.queryset = Term.objects.offered(Term.Kind.REGION)
        self.initial["registration_number"] = registration_number.formatted(self.instance.registration_number)

    def clean_name_ko(self) -> str:
        return cleaning.line(self.cleaned_data["name_ko"])

    def clean_name_en(self) -> str:
        return cleaning.line(self.cleaned_data["name_en"])

    def clean_registration_number(self) -> str | None:
        return registration_number.normalise(self.cleaned_data["registration_number"])

    def clean_website(self) -> str:
        return cleaning.website(self.cleaned_data["website"])

    def clean(self) -> dict:
        values = super().clean() or self.cleaned_data
        if "name_ko" in values and "name_en" in values and not (values["name_ko"] or values["name_en"]):
            self.add_error("name_ko", _("A name is needed, in Korean or in English."))
        return values
