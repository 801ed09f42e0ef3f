"""Applying for membership, and what a coordinator does with an application."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecluster.forms import DateField, ModelMultipleChoiceField
from members import cleaning, registration_number
from members.models import ClusterRole, MiniCluster, OrganisationClass, Term


class ApplicationForm(forms.Form):
    """One form for the organisation, the mini-clusters it wants to join, and who applies."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    org_class = forms.ChoiceField(label=_("Class"), choices=OrganisationClass)
    name_ko = forms.CharField(label=_("Name in Korean"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    registration_number = forms.CharField(
        label=_("Business registration number"), max_length=20, required=False, help_text=_("For example 123-45-67890.")
    )
    website = forms.CharField(label=_("Website"), max_length=200, required=False)
    region = forms.ModelChoiceField(label=_("Region"), queryset=Term.objects.none(), required=False)
    summary = forms.CharField(
        label=_("What it makes or does"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    mini_clusters = ModelMultipleChoiceField(
        label=_("Mini-clusters"), queryset=MiniCluster.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    role = forms.ChoiceField(
        label=_("Role in the cluster"),
        choices=ClusterRole,
        initial=ClusterRole.SME,
        widget=forms.RadioSelect,
        help_text=_(
            "System organisers commercialise products with many suppliers, SMEs develop and supply, "
            "universities and agencies show directions."
        ),
    )
    motive = forms.CharField(
        label=_("Why it wants to join"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    contact_name = forms.CharField(label=_("Your name"), max_length=100)
    contact_title = forms.CharField(label=_("Your job title"), max_length=100, required=False)
    contact_email = forms.EmailField(label=_("Your e-mail address"))
    contact_phone = forms.CharField(label=_("Your telephone"), max_length=40, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Term.objects.offered(Term.Kind.REGION)  # type: ignore[attr-defined]
        self.fields["mini_clusters"].queryset = MiniCluster.objects.all()  # type: ignore[attr-defined]

    def clean_registration_number(self) -> str:
        return registration_number.normalise(self.cleaned_data["registration_number"]) or ""

    def clean_website(self) -> str:
        return cleaning.website(self.cleaned_data["website"])

    def clean(self) -> None:
        names = {"name_ko", "name_en"}
        if not names & set(self.errors) and not any(self.cleaned_data[name] for name in names):
            self.add_error("name_ko", _("A name is needed, in Korean or in English."))

    def for_action(self) -> dict:
        """What `applications.send` takes; the summary is in the language that the form was read in."""
        values = dict(self.cleaned_data)
        language = "ko" if (get_language() or "").startswith("ko") else "en"
        return values | {f"summary_{language}": values.pop("summary"), "language": language}


class StepForm(forms.Form):
    """A step of a membership: with its reason and, where days are counted, its first day."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The organisation reads it."),
    )
    on = DateField(label=_("From"), required=False)

    def __init__(self, data=None, *, action: str) -> None:
        super().__init__(data, prefix=action)
        self.fields["reason"].required = action != "approve"
        if action == "decline":
            del self.fields["on"]
        else:
            self.fields["on"].initial = timezone.localdate
            self.fields["on"].help_text = _HELP_OF_DAY.get(action, "")


_HELP_OF_DAY = {
    "approve": _("The first day it counts."),
    "resume": _("The first day it counts again."),
    "suspend": _("The first day it no longer counts."),
    "end": _("The first day it no longer counts."),
}


class MergeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both organisations read it."),
    )


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """An action's refusal, at its field where the form has it, else above the form."""
    for field, problems in getattr(error, "error_dict", {None: [error]}).items():
        form.add_error(field if field in form.fields else None, problems)
