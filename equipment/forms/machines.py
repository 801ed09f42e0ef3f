"""The forms of a machine: its facts, its booking policy, its keepers, a training, a file."""

from typing import cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.models import User
from ecluster.accounts.zones import ZONES
from ecluster.files.forms import CheckedFileField
from ecluster.files.kinds import DOCUMENTS, IMAGES
from ecluster.forms import DateField, ModelMultipleChoiceField
from equipment.models import BookingPolicy, Equipment, Training
from members import cleaning
from members.models import Organisation, Term


class FactsForm(forms.ModelForm):
    calibrated_on = DateField(label=_("Last calibrated on"), required=False)
    calibration_due_on = DateField(label=_("Calibration due on"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=ZONES, help_text=_("Its opening hours are told in this zone.")
    )

    class Meta:
        model = Equipment
        fields = [
            *("name_ko", "name_en", "category", "maker", "model", "serial_number", "external_id", "made_year"),
            *("purpose_ko", "purpose_en", "limits"),
            *("place", "region", "time_zone", "contact_name", "contact_email", "contact_phone", "contact_audience"),
            *("calibrated_on", "calibration_due_on", "access", "operation", "training", "training_months"),
        ]
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("purpose_ko", "purpose_en", "limits", "training")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("category", Term.Kind.EQUIPMENT), ("region", Term.Kind.REGION)):
            terms = Term.objects.offered(kind) | Term.objects.filter(pk=getattr(self.instance, f"{name}_id"))
            cast(forms.ModelChoiceField, self.fields[name]).queryset = terms
        own_zone = self.instance.time_zone
        if own_zone not in dict(ZONES):
            self.fields["time_zone"].choices = [(own_zone, own_zone), *ZONES]  # type: ignore[attr-defined]

    def clean(self) -> dict:
        values = super().clean() or self.cleaned_data
        if not cleaning.line(values.get("name_ko")) and not cleaning.line(values.get("name_en")):
            self.add_error("name_ko", _("A name is needed, in Korean or in English."))
        done, due = values.get("calibrated_on"), values.get("calibration_due_on")
        if done and due and due < done:
            self.add_error("calibration_due_on", _("It is due after it was made, not before."))
        return values


class NewForm(FactsForm):
    """The facts of a machine, and which of the person's organisations owns it."""

    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Organisation.objects.none(), empty_label=None)

    def __init__(self, *args, owners: QuerySet[Organisation], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["owner"]).queryset = owners


class PolicyForm(forms.ModelForm):
    class Meta:
        model = BookingPolicy
        fields = [
            *("needs_approval", "horizon_days", "ahead_limit", "weekly_limit", "gap"),
            *("shortest", "longest", "start_interval", "buffer_before", "buffer_after"),
            *("cancel_hours", "late_percent"),
        ]

    def clean(self) -> dict:
        values = super().clean() or self.cleaned_data
        shortest, longest = values.get("shortest"), values.get("longest")
        if shortest and longest and longest < shortest:
            self.add_error("longest", _("The longest booking is shorter than the shortest."))
        return values


class KeepersForm(forms.Form):
    keepers = ModelMultipleChoiceField(
        label=_("Keepers"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They approve bookings, log use, plan outages and edit this page, besides the owner’s managers."),
    )

    def __init__(self, *args, people: QuerySet[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelMultipleChoiceField, self.fields["keepers"]).queryset = people


class TrainingForm(forms.Form):
    """`people`: who the keeper may know to be there."""

    email = forms.EmailField(
        label=_("E-mail address of their account"), help_text=_("The person has to have an account on this portal.")
    )
    passed_on = DateField(label=_("Passed on"))
    expires_on = DateField(
        label=_("Valid until"), required=False, help_text=_("Blank: as long as this machine’s trainings count.")
    )

    def __init__(self, *args, people: QuerySet[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_email(self) -> str:
        email = cleaning.line(self.cleaned_data["email"]).lower()
        self.person = self.people.filter(email=email).first()
        if self.person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return email

    def values(self) -> dict:
        return {"person": self.person} | {name: self.cleaned_data[name] for name in ("passed_on", "expires_on")}


class PictureForm(forms.Form):
    picture = CheckedFileField(label=_("Photo"), kinds=IMAGES)


class DocumentForm(forms.Form):
    document = CheckedFileField(label=_("Document"), kinds=DOCUMENTS)


def trainings_in_order(machine: Equipment) -> QuerySet[Training]:
    """Who runs out first stands first; what never does, last."""
    return machine.trainings.select_related("person").order_by("expires_on", "pk")
