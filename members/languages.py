"""The languages an expert may work in; Django knows their names in every language of the portal."""

from collections.abc import Iterable

from django.conf import global_settings
from django.utils.translation import gettext, gettext_lazy, gettext_noop

# Those met at a Korean cluster first, then the rest of Europe and Asia that firms there trade with.
_CODES = (
    "ko",
    "en",
    "ja",
    "zh",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "ru",
    "vi",
    "th",
    "id",
    "hi",
    "ar",
    "tr",
    "pl",
    "cs",
    "nl",
)
_NAMES = dict(global_settings.LANGUAGES) | {"zh": gettext_noop("Chinese")}

LANGUAGES = {code: gettext_lazy(_NAMES[code]) for code in _CODES}


def language_names(codes: Iterable[str]) -> list[str]:
    return [gettext(_NAMES.get(code, code)) for code in codes]
