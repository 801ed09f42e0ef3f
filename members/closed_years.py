"""On which days a change of membership may still be dated, so that a closed year's figures never change."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.accounts.permissions import Permission
from ecluster.words import local_date

CLOSING_MONTH = 1  # January is when the year before is closed


def first_open_day(today: date) -> date:
    """The earliest day whose figures may still change: a year stays open until the end of the next January."""
    return date(today.year - 1 if today.month == CLOSING_MONTH else today.year, 1, 1)


def effective_day(on: date | None, *, by, field: str = "on") -> date:
    """`on`, or today where none is given; ValidationError at `field` where it is too late or a closed year's."""
    today = timezone.localdate()
    on = on or today
    if on > today:
        raise ValidationError({field: _("This day is yet to come.")})
    first = first_open_day(today)
    if on < first and not _may_load_history(by):
        raise ValidationError(
            {field: _("That year is closed: the first day you can give is %(day)s.") % {"day": local_date(first)}}
        )
    return on


def _may_load_history(by) -> bool:
    return by is not None and by.is_authenticated and by.may(Permission.LOAD_HISTORY)
