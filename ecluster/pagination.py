"""Pages of a list that cost the same at any depth: each begins where its neighbour ended, not at a counted offset.

`?page=3&after=…` goes on from a row, `?page=2&before=…` goes back from one; `?page=3` alone works too, by counting.
Every page is one query. Nulls come last, whatever the direction.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, Field, IntegerField, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, QueryDict

from ecluster.addresses import Address
from ecluster.prepared import Prepared

MAX_PAGE = 40_000  # by counting: a million rows of 25 a page
Ask = Callable[[list | None, bool, int], list]  # (beyond which place, backward, from which row on) -> rows


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

    def ask(position: list | None, backward: bool, start: int) -> list:
        return list(keyset.beyond(queryset, position, backward=backward)[start : start + per_page + 1])

    return _page(request.GET, keyset, ask, per_page)


def prepared_page(
    request: HttpRequest, rows: Prepared, ordering: Sequence[str] = ("pk",), per_page: int = 25, **arguments: Any
) -> Page:
    """As `keyset_page`, of what the prepared function `rows` answers for `arguments`: tuples, of `values_list`.

    A page by counting alone (`?page=7`) is composed as it is asked: each would be a query of its own.
    """
    keyset = _keyset_of(rows, tuple(ordering), arguments)

    def ask(position: list | None, backward: bool, start: int) -> list:
        return _beyond(rows, keyset, arguments, position, backward, slice(start, start + per_page + 1))

    return _page(request.GET, keyset, ask, per_page)


def parted_page(
    request: HttpRequest,
    rows: Prepared,
    parts: Sequence[dict[str, Any]],
    ordering: Sequence[str] = ("pk",),
    per_page: int = 25,
) -> Page:
    """As `prepared_page`, of a list whose `parts` (arguments of `rows`) follow each other, each in the same ordering.
    An index gives each part in order, as it could not the whole.
    """
    keyset = _keyset_of(rows, tuple(ordering), parts[0])
    parted = _Keyset([_Key("", "", IntegerField(), False, False), *keyset.keys], keyset.signer)

    def ask(position: list | None, backward: bool, start: int) -> list:
        at = min(position[0], len(parts) - 1) if position else 0
        found: list[tuple] = []
        for number in range(at, -1, -1) if backward else range(at, len(parts)):
            place = position[1:] if position and number == at else None
            more = _beyond(rows, keyset, parts[number], place, backward, slice(start, start + per_page + 1))
            found += [(*row[: -len(keyset.keys)], number, *row[-len(keyset.keys) :]) for row in more]
            if len(found) > per_page:
                break
            start = 0 if found or not start else start - rows.build(**parts[number]).count()
        return found

    return _page(request.GET, parted, ask, per_page)


def _beyond(
    rows: Prepared, keyset: "_Keyset", arguments: dict[str, Any], position: list | None, backward: bool, wanted: slice
) -> list:
    if wanted.start:
        return list(keyset.beyond(rows.build(**arguments), position, backward=backward)[wanted])
    known = {f"_key_{i}": value for i, value in enumerate(position or []) if value is not None}
    ask = _prepared(rows, keyset, tuple(known), position is None, backward, wanted.stop)
    return ask(**arguments, **known)


def _page(query: QueryDict, keyset: "_Keyset", ask: Ask, per_page: int) -> Page:
    number, before, after = _wanted(query, keyset)
    if before:
        rows, more = _cut(ask(before, True, 0), per_page)
        page = _linked(Page(rows[::-1], number if more else 1), query, keyset, has_next=True)
    else:
        rows, more = _cut(ask(after, False, 0 if after else (number - 1) * per_page), per_page)
        page = _linked(Page(rows, number), query, keyset, has_next=more)
    if page.rows and isinstance(page.rows[0], tuple):
        page.rows = [row[: -len(keyset.keys)] for row in page.rows]
    return page


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


def _cut(rows: list, per_page: int) -> tuple[list, bool]:
    """The rows of the page, and whether there are more: one row too many was read to know."""
    return rows[:per_page], len(rows) > per_page


def _linked(page: Page, query: QueryDict, keyset: "_Keyset", *, has_next: bool) -> Page:
    address = Address(query)
    if has_next and page.rows:
        page.next_query = f"?{address.adding(page=page.number + 1, after=keyset.cursor(page.rows[-1]))}"
    if page.number == 2 or (page.number > 2 and not page.rows):
        page.previous_query = f"?{address.but()}"
    elif page.number > 2:
        page.previous_query = f"?{address.adding(page=page.number - 1, before=keyset.cursor(page.rows[0]))}"
    return page


@dataclass(frozen=True)
class _Key:
    """One field of an ordering, `path` from the model, read from its rows as the annotation `name`."""

    path: str
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


@dataclass(frozen=True, eq=False)
class _Keyset:
    """The ordering of a list: what a row's place in it is, and which rows lie beyond a place."""

    keys: list[_Key]
    signer: Signer

    @classmethod
    def of(cls, queryset: QuerySet, ordering: Sequence[str]) -> Self:
        if not {"pk", "-pk"} & set(ordering):
            ordering = (*ordering, "pk")
        paths = [name.removeprefix("-") for name in ordering]
        annotations = _keyed(queryset, paths).query.annotations
        keys = [
            _Key(path, name, annotations[name].output_field, wanted.startswith("-"), _nullable(queryset.model, path))
            for i, (path, wanted) in enumerate(zip(paths, ordering, strict=True))
            for name in [f"_key_{i}"]
        ]
        return cls(keys, Signer(salt=f"ecluster.pagination:{','.join(ordering)}"))

    def cursor(self, row: Model | tuple) -> str:
        """Of a row from `beyond`; where it is a tuple, the keys are at its end."""
        named = [getattr(row, key.name) for key in self.keys] if isinstance(row, Model) else row[-len(self.keys) :]
        return self.signer.sign_object([None if value is None else str(value) for value in named])

    def position(self, cursor: str) -> list | None:
        try:
            values = self.signer.unsign_object(cursor)
            return [key.field.to_python(value) for key, value in zip(self.keys, values, strict=True)]
        except (BadSignature, ValidationError):
            return None

    def beyond(self, queryset: QuerySet, position: list | None, *, backward: bool) -> QuerySet:
        """The rows past `position` in their order; all, where there is none."""
        rows = _keyed(queryset, [key.path for key in self.keys])
        rows = rows.order_by(*(key.order(backward=backward) for key in self.keys))
        return rows.filter(self._past(position, backward=backward)) if position else rows

    def _past(self, position: list, *, backward: bool) -> Q:
        """First key past its value; or first key the same, and second past; and so on."""
        past = Q(pk__in=[])
        for key, value in reversed(list(zip(self.keys, position, strict=True))):
            past = key.beyond(value, backward=backward) | (key.same(value) & past)
        # Says nothing new, but is a bound that an index can start from, as the alternatives above are not.
        first = self.keys[0].beyond(position[0], backward=backward, lookup_suffix="e")
        return past if position[0] is None else first & past


def _keyed(queryset: QuerySet, paths: Sequence[str]) -> QuerySet:
    return queryset.annotate(**{f"_key_{i}": F(path) for i, path in enumerate(paths)})


_keysets: dict[tuple[Prepared, tuple[str, ...]], _Keyset] = {}


def _keyset_of(rows: Prepared, ordering: tuple[str, ...], arguments: dict[str, Any]) -> _Keyset:
    """Composed once: whatever is asked of `rows`, it has the same fields."""
    known = _keysets.get((rows, ordering))
    if known is None:
        known = _keysets[rows, ordering] = _Keyset.of(rows.build(**arguments), ordering)
    return known


@cache
def _prepared(
    rows: Prepared, keyset: _Keyset, known: tuple[str, ...], is_first: bool, backward: bool, wanted: int
) -> Prepared:
    """The page beyond a place whose keys `known` are not null."""
    fields = {key.name: key.field for key in keyset.keys if key.name in known}

    def build(**arguments: Any) -> QuerySet:
        place = {name: arguments.pop(name) for name in known}
        position = None if is_first else [place.get(key.name) for key in keyset.keys]
        return keyset.beyond(rows.build(**arguments), position, backward=backward)[:wanted]

    return Prepared(build, {**rows.fields, **fields})


def _nullable(model: type[Model], path: str) -> bool:
    """Fields of related models and annotations may be null for all we know."""
    try:
        return path != "pk" and model._meta.get_field(path).null
    except FieldDoesNotExist:
        return True
