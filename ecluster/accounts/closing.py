"""What the portal holds about a person, and what becomes of it when they close their account.

Each app says its part (settings: PERSONAL_DATA, ACCOUNT_CLOSERS), so that nothing here needs to know the apps.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from ecluster.accounts.models import User

Sentence = str | Promise


@dataclass(frozen=True)
class Closing:
    """One app's part in closing an account: what it tells the person beforehand, and what it then does."""

    carry_out: Callable[[], None]
    erased: list[Sentence] = field(default_factory=list)
    kept: list[Sentence] = field(default_factory=list)  # each with the reason why
    warnings: list[Sentence] = field(default_factory=list)
    refusals: list[Sentence] = field(default_factory=list)  # why it can't be closed yet


@dataclass(frozen=True)
class Outlook:
    """All the apps' parts as the person reads them."""

    erased: list[Sentence]
    kept: list[Sentence]
    warnings: list[Sentence]
    refusals: list[Sentence]


def closings(user: User) -> list[Closing]:
    """In the order of the settings: who stands higher lets go first."""
    return [import_string(closer)(user) for closer in settings.ACCOUNT_CLOSERS]


def outlook(user: User) -> Outlook:
    parts = closings(user)
    return Outlook(
        erased=[sentence for part in parts for sentence in part.erased],
        kept=[sentence for part in parts for sentence in part.kept],
        warnings=[sentence for part in parts for sentence in part.warnings],
        refusals=[sentence for part in parts for sentence in part.refusals],
    )


def personal_data(user: User) -> dict[str, dict]:
    """{app: {what: rows}} of everything held about `user`, ready for JSON."""
    return {source.split(".")[-3]: import_string(source)(user) for source in settings.PERSONAL_DATA}
