"""What can be imported: the apps above register theirs in settings."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from members.importing.columns import Kind


@cache
def kinds() -> dict[str, Kind]:
    """By their keys, in the order in which they are offered."""
    return {kind.key: kind for kind in map(import_string, settings.IMPORT_KINDS)}


def kind_of(key: str) -> Kind:
    return kinds()[key]
