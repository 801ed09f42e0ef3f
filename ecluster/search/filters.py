"""The filters of lists that the search index answers: parsed by django-filter, counted by facets.

A subclass names its `kind` and its `groups`, what it sorts by and the words for its choices; the address may hold
whatever it likes and the list still stands.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, ClassVar, Self

import django_filters
from django import forms
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecluster.facets import Choice, Facet, FilterPanel, filter_panel
from ecluster.pagination import Page, keyset_page, prepared_page
from ecluster.prepared import Prepared
from ecluster.search import engine as search
from ecluster.search.paging import narrowed, ranked_page
from ecluster.search.statements import Sql

Text = str | Promise


class Words(dict[str, str]):
    """{value: words}. What is made of it is kept: who gives the same words again gives the same object."""

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__


NO_WORDS = Words()
FEW = 1_000  # hits: sorting more takes longer than meeting them on a walk through the index of names


@dataclass(frozen=True, eq=False)
class Group:
    """One filter. `choices` where they are few and have an order; else the FilterSet has `words` for them.

    `only_asked`: too many to choose from; pages elsewhere lead to it, and it is shown where it was asked for.
    """

    name: str
    label: Text
    choices: Sequence[tuple[str, Text]] = ()
    only_asked: bool = False


@dataclass(frozen=True)
class Sort:
    name: str
    label: Text
    ordering: tuple[str, ...] = ()  # none: by how well it answers
    by_index: bool = False  # the first of the ordering has an index that the planner is fond of


class AnyValues(forms.MultipleChoiceField):
    """What no document has is found nowhere, but is no error: a filter may outlive its term."""

    def to_python(self, value) -> list[str]:
        return [text for text in super().to_python(value) if "\0" not in text]

    def valid_value(self, value: str) -> bool:
        return True

    def __deepcopy__(self, memo: dict) -> Self:
        return self  # no form changes it


class FacetFilter(django_filters.MultipleChoiceFilter):
    field_class = AnyValues

    def __deepcopy__(self, memo: dict) -> Self:
        return copy(self)  # a FilterSet sets only whose it is


_form_classes: dict[type[django_filters.FilterSet], type[forms.Form]] = {}


class SearchFilterSet(django_filters.FilterSet):
    kind: ClassVar[str]
    groups: ClassVar[Sequence[Group]]

    @classmethod
    def get_filters(cls) -> dict:
        filters: dict = {"q": django_filters.CharFilter(label=_("Search"))}
        return filters | {group.name: FacetFilter(label=group.label) for group in getattr(cls, "groups", ())}

    def get_form_class(self) -> type[forms.Form]:
        """Built once a FilterSet: its fields tell nothing of a request."""
        if type(self) not in _form_classes:
            _form_classes[type(self)] = super().get_form_class()
        return _form_classes[type(self)]

    def sorts(self) -> list[Sort]:
        """What the list can be sorted by; the first is the default, relevance comes before it where words are asked."""
        raise NotImplementedError

    def words(self) -> Mapping[str, Words]:
        """By name of the group, for those that don't bring their choices."""
        return {}

    def among(self) -> QuerySet | Sql | None:
        """The objects the list is about, where these are fewer than the index has."""
        return None

    @cached_property
    def asked(self) -> search.Query:
        self.form.is_valid()
        values = self.form.cleaned_data
        selected = {group.name: values[group.name] for group in self.groups if values.get(group.name)}
        return search.Query(self.kind, values.get("q") or "", self.request.user, selected, among=self.among())

    @cached_property
    def _answer(self) -> tuple[search.Query, search.Total, search.FacetCounts]:
        """What is shown: what was asked, or where nothing answers that, what was probably meant."""
        hits, counts = search.count(self.asked)
        if self.asked.has_text and not hits.number and (meant := search.corrected(self.asked)):
            return meant, *search.count(meant)
        return self.asked, hits, counts

    @property
    def query(self) -> search.Query:
        return self._answer[0]

    @property
    def total(self) -> search.Total:
        return self._answer[1]

    @property
    def counts(self) -> search.FacetCounts:
        return self._answer[2]

    @property
    def correction(self) -> search.Query | None:
        return None if self.query is self.asked else self.query

    @property
    def is_narrowed(self) -> bool:
        return self.query.has_text or bool(self.query.selected)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.filter(pk__in=search.matching(self.query)) if self.is_narrowed else queryset

    @cached_property
    def sort(self) -> Sort:
        wanted = (self.data or {}).get("sort", "")
        return next((sort for sort in self.open_sorts if sort.name == wanted), self.open_sorts[0])

    @cached_property
    def open_sorts(self) -> list[Sort]:
        relevance = [Sort("relevance", _("Best answer"))] if self.query.has_text else []
        return [*relevance, *self.sorts()]

    def page(self, rows: Prepared, per_page: int = 25, **arguments: Any) -> Page:
        """The page of the tuples that the prepared function `rows` answers for `arguments`, their keys first."""
        if not self.sort.ordering:
            return ranked_page(self.request, self.query, rows, per_page, **arguments)
        ordering = self.sort.ordering
        if self.is_narrowed and self.sort.by_index and self.total.number < FEW:
            rows, ordering = _sorted_after_filtering(rows, ordering[0]), ("_sorted", *ordering[1:])
        if self.query.has_text or self.query.source.restricted:
            found = rows.build(**arguments).filter(pk__in=search.matching(self.query))
            return keyset_page(self.request, found, ordering, per_page)
        if self.is_narrowed:
            rows, values = narrowed(rows, self.query)
            arguments |= values
        return prepared_page(self.request, rows, ordering, per_page, **arguments)

    @property
    def shown_groups(self) -> list[Group]:
        return [group for group in self.groups if not group.only_asked or group.name in self.query.selected]

    @cached_property
    def panel(self) -> FilterPanel:
        words = self.words()
        facets = [
            _facet(group, self.counts.get(group.name, {}), words.get(group.name, NO_WORDS))
            for group in self.shown_groups
        ]
        return filter_panel(self.request.GET, [facet for facet in facets if facet.choices])


def _facet(group: Group, counts: Mapping[str, search.Total], words: Words) -> Facet:
    return Facet(group.name, group.label, _choices(group, tuple(counts.items()), words, get_language()))


@lru_cache(maxsize=2_000)
def _choices(
    group: Group, counts: tuple[tuple[str, search.Total], ...], words: Words, _language: str | None
) -> tuple[Choice, ...]:
    """Few choices stand in their own order, many by how many rows they leave; one that leaves none is not shown."""
    totals = dict(counts)
    if group.choices:
        values = [(value, str(label)) for value, label in group.choices if value in totals]
    else:
        labelled = ((value, words.get(value, value)) for value in totals)
        values = sorted(labelled, key=lambda pair: (-totals[pair[0]].number, pair[1]))
    return tuple(Choice(value, capfirst(label), *totals[value]) for value, label in values)


@cache
def _sorted_after_filtering(rows: Prepared, field: str) -> Prepared:
    """For few hits: sorting by an expression keeps the planner from walking a whole index of names to meet them."""
    return Prepared(lambda **arguments: rows.build(**arguments).alias(_sorted=Concat(F(field), Value(""))), rows.fields)
