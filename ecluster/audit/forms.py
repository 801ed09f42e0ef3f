from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from ecluster.audit.models import AuditEntry
from ecluster.forms import DateField
from ecluster.history import wording


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
        self.fields["action"].choices = [("", _("all")), *_actions()]  # type: ignore[attr-defined]
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


def _actions() -> list[tuple[str, str]]:
    """Those of the trail; what is done to several kinds of things under one name is one choice."""
    pairs = AuditEntry.objects.order_by().values_list("action", "target_type").distinct()
    names = {a: str(wording(a, ContentType.objects.get_for_id(kind).model_class())) for a, kind in pairs}
    return sorted(names.items(), key=lambda pair: pair[1])
