"""Pages of a list that cost the same at any depth: each begins where its neighbour ended, not at a counted offset.

`?page=3&after=…` goes on from a row, `?page=2&before=…` goes back from one; `?page=3` alone works too, by counting.
Every page is one query. Nulls come last, whatever the direction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, QueryDict

MAX_PAGE = 40_000  # by counting: a million rows of 25 a page


@dataclass
class Page:
    rows: list
    number: int
    next_query: str = ""  # "?q=…&page=3&after=…", keeping the list's filters; blank where there is no such page
    previous_query: str = ""

    def __iter__(self) -> Iterator:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(
    request: HttpRequest, queryset: QuerySet, ordering: Sequence[str] = ("pk",), per_page: int = 25
) -> Page:
    """The page of `queryset` that `request` asks for.

    `ordering` names fields ("-confirmed_on"), also of related models, and annotations; the primary key is added, so
    that no two rows tie. A cursor that is broken, or was made for another ordering, leads to the first page.
    """
    keyset = _Keyset.of(queryset, ordering)
    number, before, after = _wanted(request.GET, keyset)
    if before:
        rows, more = _cut(keyset.going_back(before)[: per_page + 1], per_page)
        return _linked(Page(rows[::-1], number if more else 1), request.GET, keyset, has_next=True)
    start = 0 if after else (number - 1) * per_page
    rows, more = _cut(keyset.going_on(after)[start : start + per_page + 1], per_page)
    return _linked(Page(rows, number), request.GET, keyset, has_next=more)


def _wanted(query: QueryDict, keyset: "_Keyset") -> tuple[int, list | None, list | None]:
    """(page number, cursor to go back from, cursor to go on from), of which at most one cursor."""
    number = _number(query.get("page", ""))
    if number == 1 or not ("before" in query or "after" in query):
        return number, None, None
    before, after = keyset.position(query.get("before", "")), keyset.position(query.get("after", ""))
    return (number, before, None if before else after) if before or after else (1, None, None)


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        return 1
    return number if 1 <= number <= MAX_PAGE else 1


def _cut(rows: QuerySet, per_page: int) -> tuple[list, bool]:
    """The rows of the page, and whether there are more: one row too many was read to know."""
    found = list(rows)
    return found[:per_page], len(found) > per_page


def _linked(page: Page, query: QueryDict, keyset: "_Keyset", *, has_next: bool) -> Page:
    if has_next and page.rows:
        page.next_query = _query(query, page=page.number + 1, after=keyset.cursor(page.rows[-1]))
    if page.number == 2 or (page.number > 2 and not page.rows):
        page.previous_query = _query(query)
    elif page.number > 2:
        page.previous_query = _query(query, page=page.number - 1, before=keyset.cursor(page.rows[0]))
    return page


def _query(query: QueryDict, **where: Any) -> str:
    kept = query.copy()
    for name in ("page", "after", "before"):
        kept.pop(name, None)
    kept.update(where)
    return f"?{kept.urlencode()}"


@dataclass(frozen=True)
class _Key:
    """One field of an ordering, read from its rows as the annotation `name`."""

    name: str
    field: Field
    descending: bool
    nullable: bool

    def order(self, *, backward: bool) -> OrderBy:
        nulls = {"nulls_first" if backward else "nulls_last": True} if self.nullable else {}
        return OrderBy(F(self.name), descending=self.descending != backward, **nulls)

    def beyond(self, value: Any, *, backward: bool, lookup_suffix: str = "") -> Q:
        """The rows that this key alone puts past `value`; nulls are past everything, and nothing is past them."""
        if value is None:
            return Q((f"{self.name}__isnull", False)) if backward else Q(pk__in=[])
        lookup = "lt" if self.descending != backward else "gt"
        past = Q((f"{self.name}__{lookup}{lookup_suffix}", value))
        return past | Q((f"{self.name}__isnull", True)) if self.nullable and not backward else past

    def same(self, value: Any) -> Q:
        return Q((f"{self.name}__isnull", True)) if value is None else Q((self.name, value))


@dataclass(frozen=True)
class _Keyset:
    queryset: QuerySet
    keys: list[_Key]
    signer: Signer

    @classmethod
    def of(cls, queryset: QuerySet, ordering: Sequence[str]) -> Self:
        if not {"pk", "-pk"} & set(ordering):
            ordering = (*ordering, "pk")
        paths = [name.removeprefix("-") for name in ordering]
        queryset = queryset.annotate(**{f"_key_{i}": F(path) for i, path in enumerate(paths)})
        annotations = queryset.query.annotations
        keys = [
            _Key(name, annotations[name].output_field, ordering[i].startswith("-"), _nullable(queryset.model, path))
            for i, path in enumerate(paths)
            for name in [f"_key_{i}"]
        ]
        return cls(queryset, keys, Signer(salt=f"ecluster.pagination:{','.join(ordering)}"))

    def cursor(self, row: Model) -> str:
        values = [getattr(row, key.name) for key in self.keys]
        return self.signer.sign_object([None if value is None else str(value) for value in values])

    def position(self, cursor: str) -> list | None:
        try:
            values = self.signer.unsign_object(cursor)
            return [key.field.to_python(value) for key, value in zip(self.keys, values, strict=True)]
        except (BadSignature, ValidationError):
            return None

    def going_on(self, position: list | None) -> QuerySet:
        rows = self.queryset.order_by(*(key.order(backward=False) for key in self.keys))
        return rows.filter(self._past(position, backward=False)) if position else rows

    def going_back(self, position: list) -> QuerySet:
        rows = self.queryset.order_by(*(key.order(backward=True) for key in self.keys))
        return rows.filter(self._past(position, backward=True))

    def _past(self, position: list, *, backward: bool) -> Q:
        """First key past its value; or first key the same, and second past; and so on."""
        past = Q(pk__in=[])
        for key, value in reversed(list(zip(self.keys, position, strict=True))):
            past = key.beyond(value, backward=backward) | (key.same(value) & past)
        # Says nothing new, but is a bound that an index can start from, as the alternatives above are not.
        first = self.keys[0].beyond(position[0], backward=backward, lookup_suffix="e")
        return past if position[0] is None else first & past


def _nullable(model: type[Model], path: str) -> bool:
    """Fields of related models and annotations may be null for all we know."""
    try:
        return path != "pk" and model._meta.get_field(path).null
    except FieldDoesNotExist:
        return True
