"""The small signs of the design system: icons, pills, badges, initials, freshness. Known to both template languages."""

from datetime import date, timedelta
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ecluster import words
from ecluster.tones import tone_of

FRESH_FOR = timedelta(days=365)


@cache
def icon(name: str) -> SafeString:
    """A picture from `static/img/icons.svg`, said by the words beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("img/icons.svg"), name
    )


def pill(label: str, tone: str = "") -> SafeString:
    return format_html('<span class="{}">{}</span>', _toned("pill", tone), label)


def status_pill(record) -> SafeString:
    """The status of `record` in its own words and the colour that the status has everywhere."""
    return pill(record.get_status_display(), tone_of(record.status))


def badge(label: str, tone: str = "") -> SafeString:
    return format_html('<span class="{}">{}</span>', _toned("badge", tone), label)


def avatar(name: str, large: bool = False) -> SafeString:
    """A person's initials; of a Korean name its last two syllables, as people call each other."""
    classes = "avatar avatar-large" if large else "avatar"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, words.initials(name))


def freshness(confirmed_on: date | None) -> SafeString:
    """When somebody last said "still true", and whether that is too long ago."""
    return _freshness(confirmed_on and words.day_of(confirmed_on), timezone.localdate(), get_language())


@lru_cache(maxsize=4_000)  # every row of a directory draws one
def _freshness(confirmed_on: date | None, today: date, _language: str) -> SafeString:
    is_fresh = confirmed_on is not None and today - confirmed_on <= FRESH_FOR
    return render_to_string("components/freshness.html", {"confirmed_on": confirmed_on, "is_fresh": is_fresh})


def _toned(base: str, tone: str) -> str:
    return f"{base} tone-{tone}" if tone else base
