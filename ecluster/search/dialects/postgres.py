"""PostgreSQL: generated tsvector columns with GIN indexes, `tokens` of all parts, `head` of names and core, `names` (so
that ranking need not read the long texts). Tokens are taken as they come: no parser and no dictionary of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecluster.search.dialects import Asked
    from ecluster.search.terms import Phrase, Term

_PARTS_OF = {"names": "a", "head": "ab", "tokens": "abcd"}
MATCH = {column: f"{column} @@ %s::tsquery" for column in _PARTS_OF}

CREATE = [
    """
    CREATE OR REPLACE FUNCTION search_part(tokens text, weight "char") RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT setweight(coalesce(string_agg(quote_literal(token) || ':' || position, ' '), '')::tsvector, weight)
        FROM unnest(string_to_array(tokens, ' ')) WITH ORDINALITY AS parted (token, position)
        WHERE token <> ''
    $$
    """,
    """
    ALTER TABLE search_document
        ADD COLUMN names tsvector GENERATED ALWAYS AS (search_part(a, 'A')) STORED,
        ADD COLUMN head tsvector GENERATED ALWAYS AS (
            search_part(a, 'A') || search_part(b, 'B')
        ) STORED,
        ADD COLUMN tokens tsvector GENERATED ALWAYS AS (
            search_part(a, 'A') || search_part(b, 'B') || search_part(c, 'C') || search_part(d, 'D')
        ) STORED
    """,
    # Kept within the row, so that checking a hit reads no second table.
    "ALTER TABLE search_document ALTER COLUMN head SET STORAGE MAIN, ALTER COLUMN tokens SET STORAGE MAIN",
    "CREATE INDEX search_document_names ON search_document USING gin (names)",
    "CREATE INDEX search_document_head ON search_document USING gin (head)",
    "CREATE INDEX search_document_tokens ON search_document USING gin (tokens)",
    # The first of very many hits by title, without sorting them all.
    'CREATE INDEX search_document_by_title ON search_document (kind, title COLLATE "C", object_id)',
]
DROP = [
    "DROP INDEX IF EXISTS search_document_by_title",
    "ALTER TABLE search_document DROP COLUMN IF EXISTS names, DROP COLUMN IF EXISTS head, DROP COLUMN IF EXISTS tokens",
    'DROP FUNCTION IF EXISTS search_part(text, "char")',
]


def vector(parts: str) -> str:
    """The shortest column that holds these parts."""
    return next(column for column, held in _PARTS_OF.items() if set(parts) <= set(held))


def expression(asked: Asked) -> str:
    labels = "" if asked.parts == _PARTS_OF[vector(asked.parts)] else asked.parts.upper()
    return (" & " if asked.mode == "all" else " | ").join(_term(term, labels) for term in asked.terms)


def _term(term: Term, labels: str) -> str:
    return f"({' | '.join(_phrase(phrase, labels) for phrase in term.phrases)})"


def _phrase(phrase: Phrase, labels: str) -> str:
    *before, last = phrase.tokens
    tokens = [f"'{token}':{labels}" for token in before] + [f"'{last}':{'*' if phrase.open_end else ''}{labels}"]
    return f"({' <-> '.join(token.rstrip(':') for token in tokens)})"
