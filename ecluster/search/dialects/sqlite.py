"""SQLite: an FTS5 table over the table of documents, kept by triggers. Tokens are taken as they come (`ascii` parts at
spaces and leaves other scripts alone)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecluster.search.dialects import Asked
    from ecluster.search.terms import Phrase, Term

MATCH = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s"

_COLUMNS = ("a", "b", "c", "d")
_NEW, _OLD = (", ".join(f"{row}.{column}" for column in ("id", *_COLUMNS)) for row in ("new", "old"))
_ADD = f"INSERT INTO search_fts (rowid, {', '.join(_COLUMNS)}) VALUES ({_NEW});"
_TAKE = f"INSERT INTO search_fts (search_fts, rowid, {', '.join(_COLUMNS)}) VALUES ('delete', {_OLD});"

CREATE = [
    "CREATE VIRTUAL TABLE search_fts USING fts5 (a, b, c, d, content='search_document', content_rowid='id', "
    "tokenize=\"ascii tokenchars '.'\", prefix='1 2 3')",
    f"CREATE TRIGGER search_fts_added AFTER INSERT ON search_document BEGIN {_ADD} END",
    f"CREATE TRIGGER search_fts_removed AFTER DELETE ON search_document BEGIN {_TAKE} END",
    f"CREATE TRIGGER search_fts_changed AFTER UPDATE ON search_document BEGIN {_TAKE} {_ADD} END",
    "INSERT INTO search_fts (search_fts) VALUES ('rebuild')",
]
DROP = [
    *(f"DROP TRIGGER IF EXISTS search_fts_{event}" for event in ("added", "removed", "changed")),
    "DROP TABLE IF EXISTS search_fts",
]
CHECK = "INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)"


def expression(asked: Asked) -> str:
    joined = (" AND " if asked.mode == "all" else " OR ").join(map(_term, asked.terms))
    return f"{{{' '.join(asked.parts)}}} : ({joined})"


def _term(term: Term) -> str:
    return f"({' OR '.join(map(_phrase, term.phrases))})"


def _phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"{" *" if phrase.open_end else ""}'
