"""When a machine is wanted, as an address has it: `?day=2027-03-02&from=14:00&to=16:00&until=2027-03-03`."""

from datetime import timedelta

from django.utils.translation import gettext as _

from equipment.forms.times import TimesForm
from equipment.policy import minutes_between

LONGEST = timedelta(days=92)
_IN_THE_ADDRESS = {"starts": "from", "ends": "to", "last_day": "until"}


class FreeForm(TimesForm):
    """The times are the reader's."""

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix(_IN_THE_ADDRESS.get(field_name, field_name))

    def clean(self) -> None:
        super().clean()
        starts_at, ends_at = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if starts_at and ends_at and ends_at - starts_at > LONGEST:
            self.add_error("last_day", _("Look at three months at most."))

    @property
    def sent(self) -> set[str]:
        """What of the address is this form's."""
        return {*map(self.add_prefix, self.fields), "page", "after", "before"}

    @property
    def minutes(self) -> int:
        return minutes_between(self.cleaned_data["starts_at"], self.cleaned_data["ends_at"])
