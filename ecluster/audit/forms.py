from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from ecluster.audit.models import AuditEntry
from ecluster.forms import DateField


class EntryFilterForm(forms.Form):
    """Who, what, to which kind of thing, when; what is not understood is told at its field."""

    person = forms.CharField(label=_("Person"), required=False, help_text=_("Name or e-mail address."))
    action = forms.ChoiceField(label=_("Action"), required=False)
    kind = forms.ModelChoiceField(
        ContentType.objects.none(), label=_("Kind of thing"), required=False, empty_label=_("all")
    )
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        actions = AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct()
        self.fields["action"].choices = [("", _("all")), *((a, a.replace("_", " ")) for a in actions)]  # type: ignore[attr-defined]
        kinds = AuditEntry.objects.order_by().values("target_type").distinct()
        self.fields["kind"].queryset = ContentType.objects.filter(pk__in=kinds)  # type: ignore[attr-defined]
        self.fields["kind"].label_from_instance = lambda kind: kind.name  # type: ignore[attr-defined]

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("The last day is before the first."))
        return cleaned

    @property
    def chosen(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
