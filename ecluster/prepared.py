"""Queries that every page asks, composed once: the ORM writes the SQL, later calls only fill in their values.

    @prepared(user_id=BigIntegerField(), day=DateField())
    def _affiliations(user_id, day):
        return Affiliation.objects.current(on=day).filter(user_id=user_id)

    rows = _affiliations(user_id=7, day=date(2026, 5, 1))  # a list, as of the QuerySet

Composing a query costs Django ten times what running it on an index costs. A prepared one pays that at its first call.
It brings along what is selected with it (`select_related`); nothing is prefetched.
"""

from collections.abc import Callable
from contextlib import suppress
from copy import copy
from functools import cached_property, update_wrapper
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, router
from django.db.models import Field, IntegerField, QuerySet
from django.db.models.expressions import Value
from django.db.models.sql.compiler import SQLCompiler

SHAPES_KEPT = 500  # of each function: addresses decide how long the lists are that a page asks with


class Slot(Value):
    """Stands in a query for the value that a call will bring; `index` for one of a list."""

    def __init__(self, name: str, field: Field, index: int | None = None) -> None:
        super().__init__(f"{name}[{index}]", output_field=field)
        self.name, self.index = name, index

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def filled(self, values: dict[str, Any], connection) -> Any:
        value = values[self.name] if self.index is None else values[self.name][self.index]
        return self.output_field.get_db_prep_value(value, connection, prepared=True)


def prepared(**fields: Field) -> Callable[[Callable[..., QuerySet]], "Prepared"]:
    """Decorates a function that answers a QuerySet. Arguments named in `fields` are values, or lists of values; all
    others are part of the query's shape and must be hashable: each shape is composed once, as is each length of list.

    A value may not be None: SQL asks for NULL in other words. One that its field can't hold, as a number out of its
    range, is had by no row: alone it finds none, from a list it is left out.
    """
    return lambda build: Prepared(build, fields)


class Prepared:
    def __init__(self, build: Callable[..., QuerySet], fields: dict[str, Field]) -> None:
        update_wrapper(self, build)
        self.build, self.fields = build, fields
        self.kept: dict[tuple, _Composed] = {}

    def __call__(self, **arguments) -> list:
        found = self._composed(arguments)
        return found[0].ask(found[1]) if found else []

    def statement(self, **arguments) -> tuple[str, tuple] | None:
        """Its SQL and the values of it, to stand in a statement of our own; None: nothing can answer."""
        found = self._composed(arguments)
        return found[0].statement(found[1]) if found else None

    def _composed(self, arguments: dict[str, Any]) -> tuple["_Composed", dict[str, Any]] | None:
        given = {name: arguments.pop(name) for name in self.fields}
        if None in given.values():
            raise ValueError(f"{self.build.__qualname__}: None is no value of a prepared query: {given}")
        values = {name: self.possible(name, value) for name, value in given.items()}
        if None in values.values():
            return None
        lengths = tuple(len(value) if isinstance(value, list) else None for value in values.values())
        shape = (lengths, *sorted(arguments.items()))
        composed = self.kept.get(shape)
        if composed is None:
            if len(self.kept) >= SHAPES_KEPT:
                self.kept.clear()
            slots = {name: _slots(name, field, values[name]) for name, field in self.fields.items()}
            composed = self.kept[shape] = _Composed(self.build(**slots, **arguments))
        return composed, values

    def possible(self, name: str, value: Any) -> Any:
        """As the database takes it: of a list what it can hold, and None for a value that it can't."""
        prepare = self.fields[name].get_prep_value
        if isinstance(value, list):
            return [each for each in map(prepare, value) if self.is_held(name, each)]
        value = prepare(value)
        return value if self.is_held(name, value) else None

    def is_held(self, name: str, value: Any) -> bool:
        if isinstance(value, str):
            return "\0" not in value  # PostgreSQL has it in no text
        lowest, highest = self.ranges.get(name, (value, value))
        return lowest <= value <= highest

    @cached_property
    def ranges(self) -> dict[str, tuple[int, int]]:
        numbers = {name: field for name, field in self.fields.items() if isinstance(field, IntegerField)}
        limits = connection.ops.integer_field_range
        return {name: limits(field.get_internal_type()) for name, field in numbers.items()}


def _slots(name: str, field: Field, value: Any) -> Slot | list[Slot]:
    return [Slot(name, field, i) for i in range(len(value))] if isinstance(value, list) else Slot(name, field)


class _Composed:
    """A QuerySet with its SQL written down. Each call works on a copy, so threads don't meet."""

    def __init__(self, queryset: QuerySet) -> None:
        self.queryset = queryset
        self.alias = router.db_for_read(queryset.model)
        self.compiler = queryset.query.get_compiler(using=self.alias)
        self.sql: str = ""
        self.params: tuple = ()
        with suppress(EmptyResultSet):  # a shape to which nothing can answer
            self.sql, self.params = self.compiler.as_sql()
        self._converters: dict | None = None

    def converters(self, expressions: list) -> dict:
        """They follow from the columns, which are the same at each call: found once."""
        if self._converters is None:
            self._converters = self.compiler.get_converters(expressions)
        return self._converters

    def statement(self, values: dict[str, Any]) -> tuple[str, tuple] | None:
        if not self.sql:
            return None
        connection = connections[self.alias]
        return self.sql, tuple(p.filled(values, connection) if isinstance(p, Slot) else p for p in self.params)

    def ask(self, values: dict[str, Any]) -> list:
        statement = self.statement(values)
        if statement is None:
            return []
        connection, (_sql, params) = connections[self.alias], statement
        queryset = _copy_of(self.queryset, _AsComposed(self, connection, params))
        return list(queryset._iterable_class(queryset))  # type: ignore[attr-defined,call-overload]


class _AsComposed:
    """In the place of a QuerySet's query: its compiler has its SQL already."""

    def __init__(self, composed: _Composed, connection, params: tuple) -> None:
        self.compiler = copy(composed.compiler)
        self.compiler.connection = connection
        self.compiler.as_sql = lambda *args, **kwargs: (composed.sql, params)  # type: ignore[method-assign]
        self.compiler.get_converters = composed.converters  # type: ignore[method-assign]

    def get_compiler(self, using: str) -> SQLCompiler:
        return self.compiler


def _copy_of(queryset: QuerySet, query: Any) -> QuerySet:
    found = object.__new__(type(queryset))
    found.__dict__.update(queryset.__dict__, _query=query, _result_cache=None)
    return found
