"""Saving what somebody edits while others may edit it too."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime


def as_of(request: HttpRequest) -> datetime | None:
    """The instant of the record that the form was drawn from."""
    try:
        return parse_datetime(request.POST.get("as_of", ""))
    except ValueError:
        return None


def saves(form, change: Callable[[], object], overtaken: type[Exception]) -> bool:
    """Whether `change` went through; else what it said stands at `form`, or at the list where that is a formset."""
    add_error: Callable = getattr(form, "add_error", None) or (lambda _field, error: form.add_list_error(error))
    try:
        change()
    except overtaken as error:
        add_error(None, str(error))
    except ValidationError as error:
        add_error(None, error)
    else:
        return True
    return False
