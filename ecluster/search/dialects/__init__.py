"""The only place where the databases differ: one condition, "these parts of the document answer these terms", and how
the signs of many documents are put together."""

from dataclasses import dataclass

from django.db import connection

from ecluster.search.dialects import postgres, sqlite
from ecluster.search.statements import Sql
from ecluster.search.terms import Mode, Term

ALL_PARTS = "abcd"
BY_TITLE = {"sqlite": "title COLLATE BINARY", "postgresql": 'title COLLATE "C"'}  # by code point
TOGETHER = {"sqlite": "group_concat(signs, '')", "postgresql": "string_agg(signs, '')"}


@dataclass(frozen=True)
class Asked:
    terms: tuple[Term, ...]
    parts: str = ALL_PARTS
    mode: Mode = "all"


def answers(asked: Asked) -> Sql:
    """Of the documents `d` those whose `parts` have all (or any) of the terms."""
    if connection.vendor == "postgresql":
        return Sql(f"d.{postgres.MATCH[postgres.vector(asked.parts)]}", (postgres.expression(asked),))
    return Sql(f"d.id IN ({sqlite.MATCH})", (sqlite.expression(asked),))


def create_index(_apps, schema_editor) -> None:
    """For migrations: whichever changes the table of documents makes the index anew, as SQLite copies the table."""
    _run(schema_editor, {"sqlite": sqlite.CREATE, "postgresql": postgres.CREATE})


def drop_index(_apps, schema_editor) -> None:
    _run(schema_editor, {"sqlite": sqlite.DROP, "postgresql": postgres.DROP})


def _run(schema_editor, statements: dict[str, list[str]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
