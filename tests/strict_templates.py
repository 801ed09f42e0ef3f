"""Makes an undefined variable in one of our templates an error; in those of Django and allauth it stays a blank."""

import sys
from pathlib import Path

from django.template import Node
from django.template.base import FilterExpression

OUR_TEMPLATES = str(Path(__file__).resolve().parent.parent / "templates")
FILTERS_FOR_MISSING = {"default", "default_if_none"}


class UndefinedVariable(Exception):
    """A template prints something that its view did not give it."""


class UndefinedIsAnError(str):
    """For `string_if_invalid`: Django asks whether it is true just before it would print the blank."""

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        if isinstance(expression, FilterExpression) and not _expects_missing(expression):
            template = _template_being_rendered(frame)
            if template.startswith(OUR_TEMPLATES):
                raise UndefinedVariable(f"{{{{ {expression.token} }}}} in {template}")
        return False


def _expects_missing(expression: FilterExpression) -> bool:
    return any(function.__name__ in FILTERS_FOR_MISSING for function, _ in expression.filters)


def _template_being_rendered(frame) -> str:
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin.name)
        frame = frame.f_back
    return ""
