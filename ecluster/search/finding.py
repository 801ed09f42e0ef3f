"""One box for everything: the best hits of each kind, and what a mistyped query may have meant."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models
from django.utils.safestring import SafeString

from ecluster.search.correction import correct
from ecluster.search.dialects import ALL_PARTS, Asked
from ecluster.search.highlight import highlight, snippet
from ecluster.search.queries import PUBLIC_PARTS, Total, scope, sees_members_side
from ecluster.search.ranking import RANKED, best, in_order
from ecluster.search.sources import Source, all_sources, source_of
from ecluster.search.statements import Sql, compose, rows
from ecluster.search.terms import Term, parse


@dataclass(frozen=True)
class Hit:
    """An object with its name and the line under it, the words of the query marked in what is shown anyway."""

    object: models.Model
    title: SafeString
    snippet: SafeString


@dataclass(frozen=True)
class Group:
    source: Source
    total: Total
    hits: list[Hit]


@dataclass(frozen=True)
class Findings:
    """Groups in the order of their best hit. `shown_for` is the corrected text, where the one given had no hit."""

    groups: list[Group] = field(default_factory=list)
    shown_for: str = ""


def find_any(text: str, user, kinds: Iterable[str] | None = None, limit: int = 5) -> Findings:
    """The `limit` best of each of `kinds` (all of them, where none are given). One statement, and one a kind found."""
    if not text.strip():
        return Findings([])
    sources = all_sources() if kinds is None else [source_of(kind) for kind in kinds]
    within = scope(sources, user)
    parts = ALL_PARTS if sees_members_side(user) else PUBLIC_PARTS
    groups = _groups(parse(text), within, parts, user, limit)
    if groups or not (better := correct(text, within, parts)):
        return Findings(groups)
    return Findings(_groups(parse(better), within, parts, user, limit), shown_for=better)


def _groups(terms: tuple[Term, ...], within: Sql, parts: str, user, limit: int) -> list[Group]:
    found = _best_of_each_kind(Asked(terms, parts), within, limit) if terms else []
    by_kind: dict[str, list[_Found]] = {}
    for row in found:
        by_kind.setdefault(row.kind, []).append(row)
    return [_group(source_of(kind), rows_of_kind, terms, user) for kind, rows_of_kind in by_kind.items()]


class _Found(NamedTuple):
    kind: str
    object_id: int
    of_kind: int  # how many were found of its kind
    of_all: int  # and of all kinds


def _best_of_each_kind(asked: Asked, within: Sql, limit: int) -> list[_Found]:
    order = in_order()
    ranked = compose(
        f"SELECT best.*, row_number() OVER (PARTITION BY kind ORDER BY {order}) AS place, "
        "count(*) OVER (PARTITION BY kind) AS of_kind, count(*) OVER () AS of_all FROM ({}) best",
        best(within, asked),
    )
    first = f"SELECT kind, object_id, of_kind, of_all FROM ({{}}) ranked WHERE place <= {limit} ORDER BY {order}"
    return [_Found(*row) for row in rows(compose(first, ranked))]


def _group(source: Source, found: list[_Found], terms: tuple[Term, ...], user) -> Group:
    rows = source.model.objects.visible_to(user)  # type: ignore[attr-defined]
    if source.joined:
        rows = rows.select_related(*source.joined)
    visible = rows.in_bulk([row.object_id for row in found])
    objects = [visible[row.object_id] for row in found if row.object_id in visible]
    number = Total(found[0].of_kind, capped=found[0].of_all >= RANKED)
    return Group(source, number, [_hit(source, obj, terms) for obj in objects])


def _hit(source: Source, obj: models.Model, terms: tuple[Term, ...]) -> Hit:
    return Hit(obj, highlight(str(obj), terms), snippet(source.summary(obj), terms))
