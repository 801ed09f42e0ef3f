"""The templates under `templates/compiled/`: what a page draws many times, in Jinja2, which compiles it to Python.

A page's own template stays Django's and calls one with `{% compiled "members/organisation_rows.html" rows=rows %}`.
Why there are two languages: docs/decisions/0004-compiled-fragments.md.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import engines
from django.template.defaultfilters import linebreaks_filter, linebreaksbr
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from jinja2 import Environment, StrictUndefined

from ecluster import signs, words


def environment(**options) -> Environment:
    """Named in settings. A name that nobody gave is an error, not an empty place."""
    found = Environment(**options | {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701  Django's backend sets autoescape
    found.globals.update(_=gettext, url=_url, static=staticfiles_storage.url, drawn_once=drawn_once)
    for sign in (signs.icon, signs.pill, signs.status_pill, signs.badge, signs.avatar, signs.freshness):
        found.globals[sign.__name__] = sign
    found.filters.update(capfirst=capfirst, tone=signs.tone_of, linebreaks=linebreaks_filter, linebreaksbr=linebreaksbr)
    for filter_ in (words.number, words.krw, words.local_date, words.local_time, words.ago):
        found.filters[filter_.__name__] = filter_
    return found


def render(name: str, context: dict[str, Any]) -> SafeString:
    """The fragment `name` with `context` and nothing else: it knows no request."""
    return mark_safe(_template(name).render(context))  # noqa: S308  the environment escapes


def drawn_once(name: str, /, **words: Hashable) -> SafeString:
    """The fragment `name` of these words, kept: for what is drawn alike on many pages, whoever reads them."""
    return _drawn(name, get_language(), **words)


@lru_cache(maxsize=2_000)
def _drawn(name: str, _language: str | None, /, **words: Hashable) -> SafeString:
    return render(name, words)


def macro(name: str) -> Callable[..., SafeString]:
    """What `components/<name>.html` defines: a component that templates of both languages draw."""
    return getattr(_template(f"components/{name}.html").module, name)


def _template(name: str):
    return engines["jinja2"].get_template(name).template  # type: ignore[attr-defined]


@lru_cache(maxsize=10_000)  # the rows of a list, each with its address
def _url(name: str, *args) -> str:
    return reverse(name, args=args)
