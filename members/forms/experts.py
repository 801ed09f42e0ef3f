"""An expert's own words, answers to applications, invitations, and the work that is recorded."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ecluster.forms import DateField, DateInput
from members.belonging import own_organisation_ids
from members.languages import LANGUAGES
from members.models import Engagement, Expert, Field, Organisation, Term

SPECIALITIES = (Term.Kind.PROCESS, Term.Kind.MATERIAL, Term.Kind.TECHNOLOGY, Term.Kind.CERTIFICATE)
_SPECIALITY_LABELS = {
    Term.Kind.PROCESS: _("Processes"),
    Term.Kind.MATERIAL: _("Materials"),
    Term.Kind.TECHNOLOGY: _("Technologies"),
    Term.Kind.CERTIFICATE: _("Certificates"),
}


class ExpertForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages you work in"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "options-columns options-short"}),
    )
    away_until = DateField(
        label=_("Away until"), required=False, help_text=_("Where you are away and know until when.")
    )

    class Meta:
        model = Expert
        fields = [
            *("headline_ko", "headline_en", "biography_ko", "biography_en", "organisation", "employer", "position"),
            *("is_public", "in_management", "in_rnd", "in_education", "in_marketing", "languages"),
            *("availability", "away_until", "limit"),
        ]
        widgets = {
            "biography_ko": forms.Textarea({"rows": 6}),
            "biography_en": forms.Textarea({"rows": 6}),
            "availability": forms.RadioSelect,
        }
        help_texts = {
            "headline_ko": _("What you would be asked for, for example “grinding of hard materials”."),
            "organisation": _("One you belong to on this portal; otherwise write your employer beside it."),
            "limit": _("Nobody gives you more than this at one time without a word with you."),
        }

    def __init__(self, *args, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = own_organisation_ids(person) | {self.instance.organisation_id}
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=own - {None})  # type: ignore[attr-defined]
        chosen = set(self.instance.specialities.values_list("pk", flat=True)) if self.instance.pk else set()
        terms = Term.objects.exclude(kind=Term.Kind.REGION).order_by("name_en")
        offered = [term for term in terms if not term.is_retired or term.pk in chosen]
        for kind in SPECIALITIES:
            self.fields[kind] = _terms_field(kind, [term for term in offered if term.kind == kind], chosen)
        self._terms = {str(term.pk): term for term in offered}

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"in_{field.value}") for field in Field):
            self.add_error("in_management", _("Choose at least one field."))
        return cleaned

    def facts(self) -> dict:
        """What an action takes."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        chosen = [self._terms[pk] for kind in SPECIALITIES for pk in self.cleaned_data[kind]]
        return values | {"specialities": chosen}

    @property
    def speciality_fields(self) -> list[tuple[forms.BoundField, int]]:
        """Each with how many of its terms are chosen."""
        return [(self[kind], len(self[kind].value() or [])) for kind in SPECIALITIES]


def _terms_field(kind: str, terms: list[Term], chosen: set[int]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_SPECIALITY_LABELS[Term.Kind(kind)],
        choices=[(str(term.pk), term.name) for term in terms],
        initial=[str(term.pk) for term in terms if term.pk in chosen],
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "options-columns"}),
    )


class AvailabilityForm(forms.ModelForm):
    class Meta:
        model = Expert
        fields = ["availability", "away_until"]
        widgets = {"away_until": DateInput}


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}), help_text=_("The person reads it.")
    )


class ExpertInvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Used where the person is new on this portal."))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)


class EngagementForm(forms.ModelForm):
    beyond_limit_because = forms.CharField(
        label=_("Why beyond the limit"),
        required=False,
        max_length=300,
        help_text=_("Only where the expert has agreed."),
    )

    class Meta:
        model = Engagement
        fields = ["title_ko", "title_en", "field", "started_on"]
        widgets = {"started_on": DateInput}
        help_texts = {"title_ko": _("Without the name of the firm: members read it once the work is closed.")}

    def __init__(self, *args, expert: Expert, is_full: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = sorted(Field.choices, key=lambda choice: Field(choice[0]) not in expert.fields)  # type: ignore[attr-defined]
        if not is_full:
            del self.fields["beyond_limit_because"]

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if not (cleaned.get("title_ko") or cleaned.get("title_en")):
            self.add_error("title_ko", _("Say what it is about, in Korean or in English."))
        return cleaned


class ClosingForm(forms.ModelForm):
    class Meta:
        model = Engagement
        fields = ["ended_on", "rating"]
        widgets = {
            "ended_on": DateInput,
            "rating": forms.Select(choices=[("", "–"), *((n, n) for n in range(5, 0, -1))]),
        }
        help_texts = {"rating": _("By the firm, 5 is best; leave it blank where the firm gave none.")}


class ProblemForm(forms.Form):
    """A problem in the asker's own words."""

    problem = forms.CharField(
        label=_("The problem"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea({"rows": 7}),
        help_text=_("In your own words, in Korean or English; a sentence or a page. It is not kept."),
    )
