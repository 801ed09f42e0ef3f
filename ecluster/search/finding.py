"""One box for everything: the best hits of each kind, and what a mistyped query may have meant."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.safestring import SafeString

from ecluster.search.correction import correct
from ecluster.search.dialects import ALL_PARTS, Answers, Asked
from ecluster.search.highlight import highlight, snippet
from ecluster.search.models import SearchDocument
from ecluster.search.queries import PUBLIC_PARTS, Total, in_scope, sees_members_side
from ecluster.search.ranking import RANKED, best, by_title, with_score
from ecluster.search.sources import Source, all_sources, source_of
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
    sources = all_sources() if kinds is None else [source_of(kind) for kind in kinds]
    scope = in_scope(sources, user)
    parts = ALL_PARTS if sees_members_side(user) else PUBLIC_PARTS
    groups = _groups(parse(text), scope, parts, user, limit)
    if groups or not (better := correct(text, scope, parts)):
        return Findings(groups)
    return Findings(_groups(parse(better), scope, parts, user, limit), shown_for=better)


def _groups(terms: tuple[Term, ...], scope: QuerySet[SearchDocument], parts: str, user, limit: int) -> list[Group]:
    rows = _best_of_each_kind(terms, scope, parts, limit) if terms else []
    by_kind: dict[str, list[SearchDocument]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return [_group(source_of(kind), found, terms, user) for kind, found in by_kind.items()]


def _best_of_each_kind(
    terms: tuple[Term, ...], scope: QuerySet[SearchDocument], parts: str, limit: int
) -> list[SearchDocument]:
    asked = Asked(terms, parts)
    order = [F("score").desc(), by_title(), F("object_id").asc()]
    found = with_score(best(scope.filter(Answers(asked)), asked), [(term, 1) for term in terms], asked).annotate(
        place=Window(RowNumber(), partition_by=F("kind"), order_by=order),
        of_kind=Window(Count("*"), partition_by=F("kind")),
        of_all=Window(Count("*")),
    )
    return list(found.filter(place__lte=limit).order_by("-score", by_title(), "object_id").only("kind", "object_id"))


def _group(source: Source, rows: list[SearchDocument], terms: tuple[Term, ...], user) -> Group:
    visible = source.model.objects.visible_to(user).in_bulk([row.object_id for row in rows])  # type: ignore[attr-defined]
    objects = [visible[row.object_id] for row in rows if row.object_id in visible]
    number, of_all = rows[0].of_kind, rows[0].of_all  # type: ignore[attr-defined]
    return Group(source, Total(number, capped=of_all >= RANKED), [_hit(source, obj, terms) for obj in objects])


def _hit(source: Source, obj: models.Model, terms: tuple[Term, ...]) -> Hit:
    return Hit(obj, highlight(str(obj), terms), snippet(source.summary(obj), terms))
