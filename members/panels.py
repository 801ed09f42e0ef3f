"""Later apps add their parts to the pages of members: each registers its panels in its `apps.py`, here they are drawn.

register("organisation", "equipment/_machines_of.html", machines_of)   # machines_of(user, organisation) -> dict | None
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.db import models

Page = Literal["organisation", "mini_cluster"]
# What the panel's template gets as `panel`; None: there is nothing to draw for this person.
Context = Callable[[Any, Any], dict | None]


@dataclass(frozen=True)
class Panel:
    template: str
    context: dict


_registered: dict[str, list[tuple[str, Context]]] = {"organisation": [], "mini_cluster": []}


def register(page: Page, template: str, context: Context) -> None:
    _registered[page].append((template, context))


def panels(page: Page, user, obj: models.Model) -> list[Panel]:
    drawn = ((template, context(user, obj)) for template, context in _registered[page])
    return [Panel(template, found) for template, found in drawn if found is not None]
