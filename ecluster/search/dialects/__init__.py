"""The only place where the databases differ: one condition, "these parts of the document answer these terms"."""

from dataclasses import dataclass

from django.db.models import BooleanField, F, Func

from ecluster.search.dialects import postgres, sqlite
from ecluster.search.terms import Mode, Term

ALL_PARTS = "abcd"
TITLE_COLLATION = {"sqlite": "BINARY", "postgresql": "C"}  # by code point, which both know under another name


@dataclass(frozen=True)
class Asked:
    terms: tuple[Term, ...]
    parts: str = ALL_PARTS
    mode: Mode = "all"


class Answers(Func):
    """A condition on SearchDocument: its `parts` have all (or any) of the terms."""

    output_field = BooleanField()

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        super().__init__(F("pk"))

    @property
    def identity(self):
        return (type(self), self.asked, *self.source_expressions)

    def as_sqlite(self, compiler, connection, **_extra):
        column, params = compiler.compile(self.source_expressions[0])
        return f"{column} IN ({sqlite.MATCH})", [*params, sqlite.expression(self.asked)]

    def as_postgresql(self, compiler, connection, **_extra):
        table = connection.ops.quote_name(self.source_expressions[0].alias)  # type: ignore[attr-defined]
        return f"{table}.{postgres.MATCH[postgres.vector(self.asked.parts)]}", [postgres.expression(self.asked)]


def create_index(_apps, schema_editor) -> None:
    """For migrations: whichever changes the table of documents makes the index anew, as SQLite copies the table."""
    _run(schema_editor, {"sqlite": sqlite.CREATE, "postgresql": postgres.CREATE})


def drop_index(_apps, schema_editor) -> None:
    _run(schema_editor, {"sqlite": sqlite.DROP, "postgresql": postgres.DROP})


def _run(schema_editor, statements: dict[str, list[str]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
