"""SQL of our own, in pieces that carry their values.

What every list asks of the index is written by hand: composing it anew took longer than the database took to answer.
A piece's text holds nothing but what this app wrote; whatever comes from outside is one of its values.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Sql:
    text: str
    values: tuple = ()

    def __and__(self, other: "Sql") -> "Sql":
        return Sql(f"{self.text} AND {other.text}", self.values + other.values)


NOTHING = Sql("1 = 0")


def compose(template: str, *pieces: Sql) -> Sql:
    """`template` with each `{}` filled by one of `pieces`."""
    texts = [piece.text for piece in pieces]
    return Sql(template.format(*texts), tuple(value for piece in pieces for value in piece.values))


def joined(separator: str, pieces: Sequence[Sql]) -> Sql:
    return compose(separator.join(["{}"] * len(pieces)), *pieces)


def one_of(column: str, values: Iterable[Any]) -> Sql:
    told = tuple(values)
    return Sql(f"{column} IN ({', '.join(['%s'] * len(told))})", told) if told else NOTHING


def subquery(found: QuerySet) -> Sql | None:
    """What the ORM makes of `found`; None where it knows that nothing is there."""
    try:
        return Sql(*found.query.sql_with_params())
    except EmptyResultSet:
        return None


def rows(sql: Sql) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.values)
        return cursor.fetchall()
