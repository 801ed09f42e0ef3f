"""The filters beside a list: what may be chosen, how many rows each choice would leave, and what is chosen now.

panel = filter_panel(request.GET, [Facet("kind", _("Class"), [Choice("company", _("Company"), 312), …]), …])
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ecluster.addresses import PLACE, Address

Text = str | Promise
SHOWN_AT_ONCE = 8
WHOLE = "all"  # `?all=process` shows every choice of the filter `process`


class Choice(NamedTuple):
    """`total` is how many rows it leaves under the other filters; `capped`: there are at least that many."""

    value: str
    label: Text
    total: int | None = None
    capped: bool = False
    is_on: bool = False


class Facet(NamedTuple):
    """`shown`: what is chosen and the first of the others, or all where the reader asked for it with `?all=<name>`."""

    name: str
    label: Text
    choices: Sequence[Choice]
    shown: tuple[Choice, ...] = ()
    on: int = 0
    all_query: str = ""  # the address that shows all

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
    address = Address(params)
    marked = [_marked(facet, params, address) for facet in facets]
    own = {text_name, *(facet.name for facet in marked)}
    return FilterPanel(
        facets=marked,
        chips=[*_text_chip(params, text_name, address), *_chips(marked, params, address)],
        text=params.get(text_name, ""),
        clear_query=address.but(*own),
        kept=[(k, v) for k, values in params.lists() if k not in own and k not in PLACE for v in values],
    )


def _marked(facet: Facet, params: QueryDict, address: Address) -> Facet:
    on, choices = params.getlist(facet.name), facet.choices
    if on:
        choices = [choice._replace(is_on=True) if str(choice.value) in on else choice for choice in choices]
    whole = facet.name in params.getlist(WHOLE)
    return facet._replace(
        choices=choices,
        shown=tuple(choices if whole else _first(choices)),
        on=sum(choice.is_on for choice in choices) if on else 0,
        all_query=address.adding(**{WHOLE: facet.name}) if facet.is_long and not whole else "",
    )


def _first(choices: Sequence[Choice]) -> Sequence[Choice]:
    """What is chosen, then the first of the others: as many as are shown at once, but never a chosen one less."""
    if len(choices) <= SHOWN_AT_ONCE:
        return choices
    on = [choice for choice in choices if choice.is_on]
    off = (choice for choice in choices if not choice.is_on)
    return [*on, *islice(off, max(0, SHOWN_AT_ONCE - len(on)))]


def _chips(facets: Iterable[Facet], params: QueryDict, address: Address) -> Iterable[Chip]:
    for facet in facets:
        chosen = list(dict.fromkeys(filter(None, params.getlist(facet.name))))
        labels = {str(choice.value): choice.label for choice in facet.choices} if chosen else {}
        for value in chosen:
            yield Chip(facet.label, labels.get(value, value), address.but_value(facet.name, value))


def _text_chip(params: QueryDict, name: str, address: Address) -> Iterable[Chip]:
    if text := params.get(name, "").strip():
        yield Chip(_("Text"), f"“{text}”", address.but(name))
