"""The filters beside a list: what may be chosen, how many rows each choice would leave, and what is chosen now.

panel = filter_panel(request.GET, [Facet("kind", _("Class"), [Choice("company", _("Company"), 312), …]), …])
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise
SHOWN_AT_ONCE = 8
WHOLE = "all"  # `?all=process` shows every choice of the filter `process`
# Words of the address that say which part of the list is shown, not which list: they fall away when filters change.
PLACE = ("page", "after", "before", "format")


@dataclass(frozen=True)
class Choice:
    """`total` is how many rows it leaves under the other filters; `capped`: there are at least that many."""

    value: str
    label: Text
    total: int | None = None
    capped: bool = False
    is_on: bool = False


@dataclass(frozen=True)
class Facet:
    """`shown`: what is chosen and the first of the others, or all where the reader asked for it with `?all=<name>`."""

    name: str
    label: Text
    choices: Sequence[Choice]
    shown: Sequence[Choice] = ()
    all_query: str = ""  # the address that shows all

    @property
    def on(self) -> int:
        return sum(choice.is_on for choice in self.choices)

    @property
    def is_long(self) -> bool:
        return len(self.choices) > SHOWN_AT_ONCE

    @property
    def hidden(self) -> int:
        return len(self.choices) - len(self.shown)


@dataclass(frozen=True)
class Chip:
    """A filter that is on; `query` is the address without it and it alone."""

    group: Text
    label: Text
    query: str


@dataclass(frozen=True)
class FilterPanel:
    facets: list[Facet]
    chips: list[Chip]
    text: str
    clear_query: str
    kept: list[tuple[str, str]]


def filter_panel(params: QueryDict, facets: Iterable[Facet], *, text_name: str = "q") -> FilterPanel:
    """What the template draws; a chosen value that no choice has still gets its chip, so that it can be removed."""
    marked = [_marked(facet, params) for facet in facets]
    own = {text_name, *(facet.name for facet in marked)}
    return FilterPanel(
        facets=marked,
        chips=[*_text_chip(params, text_name), *(chip for facet in marked for chip in _chips(facet, params))],
        text=params.get(text_name, ""),
        clear_query=_without(params, own),
        kept=[(k, v) for k, values in params.lists() if k not in own and k not in PLACE for v in values],
    )


def _marked(facet: Facet, params: QueryDict) -> Facet:
    on = set(params.getlist(facet.name))
    choices = [replace(choice, is_on=True) if str(choice.value) in on else choice for choice in facet.choices]
    whole = facet.name in params.getlist(WHOLE)
    return replace(
        facet, choices=choices, shown=choices if whole else _first(choices), all_query=_with_all(params, facet.name)
    )


def _first(choices: Sequence[Choice]) -> list[Choice]:
    """What is chosen, then the first of the others: as many as are shown at once, but never a chosen one less."""
    if len(choices) <= SHOWN_AT_ONCE:
        return list(choices)
    on = [choice for choice in choices if choice.is_on]
    off = (choice for choice in choices if not choice.is_on)
    return [*on, *islice(off, max(0, SHOWN_AT_ONCE - len(on)))]


def _with_all(params: QueryDict, name: str) -> str:
    rest = _copy(params)
    rest.appendlist(WHOLE, name)
    return rest.urlencode()


def _chips(facet: Facet, params: QueryDict) -> Iterable[Chip]:
    labels = {str(choice.value): choice.label for choice in facet.choices}
    for value in dict.fromkeys(filter(None, params.getlist(facet.name))):
        yield Chip(facet.label, labels.get(value, value), _without_value(params, facet.name, value))


def _text_chip(params: QueryDict, name: str) -> Iterable[Chip]:
    if text := params.get(name, "").strip():
        yield Chip(_("Text"), f"“{text}”", _without(params, {name}))


def _without_value(params: QueryDict, name: str, value: str) -> str:
    rest = _copy(params)
    rest.setlist(name, [other for other in params.getlist(name) if other != value])
    return rest.urlencode()


def _without(params: QueryDict, names: set[str]) -> str:
    rest = _copy(params)
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()


def _copy(params: QueryDict) -> QueryDict:
    rest = params.copy()
    for name in PLACE:
        rest.pop(name, None)
    return rest
