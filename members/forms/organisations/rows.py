"""The forms of a profile's lists: a form a row, a formset a list; their rows are what the actions take."""

from decimal import Decimal
from typing import cast

from django import forms
from django.forms.models import model_to_dict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ecluster.forms import DateField
from members.models import Need, Term, TradeLink


class RowForm(forms.Form):
    """`key`: the fields that no two rows of the list may share; none where they may."""

    key: tuple[str, ...] = ()

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, row) -> dict:
        values = model_to_dict(row, [name for name in cls.base_fields if name != "pk"])
        return {name: _plain(value) for name, value in values.items()} | {"pk": row.pk}

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


def _plain(value):
    """A number without the zeros that its column keeps."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class TermForm(RowForm):
    """A row that names a term; `terms` are read once for all rows."""

    term_field: str

    def __init__(self, *args, terms: dict[int, Term], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        names = cast(forms.ChoiceField, self.fields[self.term_field])
        names.choices = [("", "—"), *((pk, capfirst(str(term))) for pk, term in terms.items())]

    def values(self) -> dict:
        return super().values() | {self.term_field: self.terms[int(self.cleaned_data[self.term_field])]}


class ProcessForm(TermForm):
    term_field, key = "process", ("process",)

    process = forms.ChoiceField(label=_("Process"))
    is_core = forms.BooleanField(label=_("Core process"), required=False)
    size_from_mm = forms.DecimalField(
        label=_("Size from (mm)"), required=False, min_value=0, max_digits=9, decimal_places=2
    )
    size_to_mm = forms.DecimalField(
        label=_("Size to (mm)"), required=False, min_value=0, max_digits=9, decimal_places=2
    )
    tolerance_um = forms.DecimalField(
        label=_("Tolerance (± µm)"), required=False, max_digits=9, decimal_places=2, min_value=0.01
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def clean(self) -> dict:
        values = super().clean() or self.cleaned_data
        low, high = values.get("size_from_mm"), values.get("size_to_mm")
        if low is not None and high is not None and high < low:
            self.add_error("size_to_mm", _("The size ends below its start."))
        return values


class MaterialForm(TermForm):
    term_field, key = "material", ("material",)

    material = forms.ChoiceField(label=_("Material"))
    note = forms.CharField(label=_("Note"), required=False, max_length=200)


class CertificateForm(TermForm):
    term_field, key = "certificate", ("certificate",)

    certificate = forms.ChoiceField(label=_("Certificate"))
    number = forms.CharField(label=_("Number"), required=False, max_length=60)
    valid_until = DateField(label=_("Valid until"), required=False)


class TechnologyForm(TermForm):
    term_field, key = "technology", ("technology",)

    technology = forms.ChoiceField(label=_("Technology"))
    note = forms.CharField(label=_("Note"), required=False, max_length=200)


class ProductForm(RowForm):
    key = ("name_ko", "name_en")

    name_ko = forms.CharField(label=_("Name in Korean"), required=False, max_length=200)
    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=200)
    description_ko = forms.CharField(
        label=_("Description in Korean"), required=False, widget=forms.Textarea({"rows": 2})
    )
    description_en = forms.CharField(
        label=_("Description in English"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict:
        values = super().clean() or self.cleaned_data
        if not values.get("name_ko") and not values.get("name_en"):
            self.add_error("name_ko", _("A product needs a name, in Korean or in English."))
        return values


class MachineForm(RowForm):
    name = forms.CharField(label=_("Machine"), max_length=200)
    maker = forms.CharField(label=_("Maker"), required=False, max_length=100)
    model = forms.CharField(label=_("Model"), required=False, max_length=100)
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=9999, initial=1)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2100)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)


class TradeLinkForm(RowForm):
    key = ("direction", "partner_name")

    direction = forms.ChoiceField(label=_("It is a"), choices=TradeLink.Direction.choices, initial="customer")
    partner_name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("Written as a member writes itself, it leads to that member's page."),
    )
    goods = forms.CharField(label=_("What is supplied"), required=False, max_length=200)


class NeedForm(RowForm):
    key = ("kind", "text")

    kind = forms.ChoiceField(label=_("You look for"), choices=Need.Kind.choices, initial="partner")
    text = forms.CharField(label=_("In your own words"), max_length=500, widget=forms.Textarea({"rows": 2}))


class RowFormSet(forms.BaseFormSet):
    """Tells at its field what is in the list twice."""

    def clean(self) -> None:
        seen: set[tuple] = set()
        for form in self.kept_forms:
            key = tuple(form.cleaned_data.get(name) for name in form.key)
            if form.key and key in seen:
                form.add_error(form.key[0], _("This is in the list twice."))
            seen.add(key)

    @property
    def kept_forms(self) -> list:
        """Filled in, and not to be removed."""
        return [
            form
            for form in self.forms
            if form.is_valid()
            and (form in self.initial_forms or form.has_changed())
            and not form.cleaned_data.get("DELETE")
        ]

    def add_list_error(self, error) -> None:
        """What an action says of the list as a whole."""
        self.non_form_errors().append(error if isinstance(error, str) else " ".join(error.messages))

    def rows(self) -> list[dict]:
        return [form.values() for form in self.kept_forms]

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")
