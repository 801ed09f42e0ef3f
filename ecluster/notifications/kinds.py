"""What people are told about. Each app declares its kinds in its `notices.py`:

REVIEWED = register(NoticeKind("membership-reviewed", _("Decisions on memberships")))
"""

from collections.abc import Callable
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
class Attachment:
    name: str
    media_type: str
    content: str


@dataclass(frozen=True)
class NoticeKind:
    """`attach` makes the file that goes out with the mail, of the key of what the notice is about."""

    name: str
    label: str | Promise
    default: Channel = Channel.IMMEDIATELY
    attach: Callable[[int], Attachment | None] | None = None


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


def attachment_of(kind: str, about_id: int | None) -> Attachment | None:
    attach = _kinds[kind].attach if kind in _kinds else None
    return attach(about_id) if attach and about_id else None
