"""What people are told about. Each app declares its kinds in its `notices.py`:

REVIEWED = register(NoticeKind("membership-reviewed", _("Decisions on memberships")))
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a notice goes out by mail; the inbox has it in any case."""

    IMMEDIATELY = "immediately", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("no mail")


@dataclass(frozen=True)
class NoticeKind:
    name: str
    label: str | Promise
    default: Channel = Channel.IMMEDIATELY


_kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> NoticeKind:
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"Two kinds of notice are called {kind.name}.")
    return kind


def all_kinds() -> list[NoticeKind]:
    return list(_kinds.values())


def kind_named(name: str) -> NoticeKind:
    if name not in _kinds:
        raise ValueError(f"No kind of notice is called {name!r}; register it in its app's notices.py.")
    return _kinds[name]
