"""Times in SQL, as each database says them."""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, DateTimeField, Func, Value


def moment(value) -> Any:
    """A time as an expression; it may be one already."""
    return Value(value, output_field=DateTimeField()) if isinstance(value, datetime) else value


class MinutesLater(Func):
    """`MinutesLater(time, minutes)`: the time so many minutes later."""

    output_field = DateTimeField()
    template = "(%(expressions)s)"

    def as_sqlite(self, compiler, connection, **context):
        """As text, the way Django keeps times there."""
        return self.as_sql(compiler, connection, template="datetime(%(expressions)s || ' minutes')", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, arg_joiner=" + make_interval(mins => ", template="(%(expressions)s))", **context
        )


class Overlaps(Func):
    """`Overlaps(start, end, other start, other end)`: whether two times touch; PostgreSQL has an index for it."""

    output_field = BooleanField()
    template = "%(expressions)s"

    def as_sqlite(self, compiler, connection, **context):
        start, end, other_start, other_end = self.source_expressions
        return self._joined(compiler, "({} < {} AND {} > {})", (start, other_end, end, other_start))

    def as_postgresql(self, compiler, connection, **context):
        return self._joined(compiler, "(tstzrange({}, {}) && tstzrange({}, {}))", self.source_expressions)

    def _joined(self, compiler, words: str, expressions):
        parts = [compiler.compile(expression) for expression in expressions]
        return words.format(*(sql for sql, _params in parts)), [p for _sql, params in parts for p in params]
