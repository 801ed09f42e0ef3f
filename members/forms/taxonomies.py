"""Adding and editing a term of the vocabulary."""

from django import forms

from members.models import Term


class TermForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = ["name_ko", "name_en", "synonyms"]
