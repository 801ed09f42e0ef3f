from django import forms

from ecluster.notifications.kinds import Channel, all_kinds


class PreferencesForm(forms.Form):
    """A choice for each kind of notice."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for kind in all_kinds():
            self.fields[kind.name] = forms.ChoiceField(
                label=str(kind.label), choices=Channel.choices, widget=forms.RadioSelect
            )
