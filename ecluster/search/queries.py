"""Who asks for what, and which documents answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.search.dialects import ALL_PARTS, Answers, Asked
from ecluster.search.models import Audience, DocumentFacet, FacetValue, SearchDocument
from ecluster.search.sources import Source, source_of
from ecluster.search.terms import Mode, Term, parse

LIMIT = 5_000  # hits are counted exactly up to here; beyond it a count is told as "5,000+"

PUBLIC_PARTS = "abc"
PUBLIC_AUDIENCES = (Audience.PUBLIC,)
MEMBERS_AUDIENCES = (Audience.PUBLIC, Audience.MEMBERS)


@dataclass(frozen=True)
class Total:
    """How many; `capped`: at least so many."""

    number: int
    capped: bool = False


@dataclass(frozen=True)
class Query:
    """What `user` asks of one kind: words, and {facet: the values of which one must be there}; `among`: of these
    objects alone, a QuerySet that may hold more than the index does."""

    kind: str
    text: str = ""
    user: Any = None
    selected: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mode: Mode = "all"
    among: QuerySet | None = None

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return parse(self.text, self.mode)

    @cached_property
    def source(self) -> Source:
        return source_of(self.kind)

    @property
    def has_text(self) -> bool:
        return bool(self.text.strip())

    @property
    def is_impossible(self) -> bool:
        """Something was typed, and nothing in it can be looked for."""
        return self.has_text and not self.terms

    @cached_property
    def members_side(self) -> bool:
        return sees_members_side(self.user)

    @cached_property
    def is_of_audience_alone(self) -> bool:
        """Whether nothing but the audience says which documents there are, as the stored totals have it."""
        source = self.source
        return not source.restricted and self.among is None and (self.user is None or source.beyond(self.user) is None)

    @property
    def parts(self) -> str:
        return ALL_PARTS if self.members_side else PUBLIC_PARTS

    @cached_property
    def groups(self) -> dict[str, list[int]]:
        """The facets with a selection, each with the keys of its values (none, where no document has them)."""
        wanted = {facet: set(values) for facet, values in self.selected.items() if values}
        found: dict[str, list[int]] = {facet: [] for facet in wanted}
        rows = FacetValue.objects.filter(kind=self.kind, facet__in=wanted, value__in=set().union(*wanted.values()))
        for row in rows if wanted else ():
            if row.value in wanted[row.facet]:
                found[row.facet].append(row.pk)
        return found


def sees_members_side(user) -> bool:
    return user is not None and can(user, Permission.VIEW_MEMBERS_SIDE)


def in_scope(sources: Iterable[Source], user) -> QuerySet[SearchDocument]:
    """The documents of `sources` that `user` may know to exist."""
    audiences = MEMBERS_AUDIENCES if sees_members_side(user) else PUBLIC_AUDIENCES
    scope = Q()
    for source in sources:
        if source.restricted:
            visible = source.model.objects.visible_to(user).order_by().values("pk")  # type: ignore[attr-defined]
            scope |= Q(kind=source.kind, object_id__in=visible)
        else:
            scope |= Q(kind=source.kind, audience__in=audiences)
            if user is not None and (beyond := source.beyond(user)) is not None:
                mine = beyond.order_by().values("pk")
                scope |= Q(kind=source.kind, audience=Audience.RESTRICTED, object_id__in=mine)
    return SearchDocument.objects.filter(scope) if scope else SearchDocument.objects.none()


def documents(query: Query, *, without: str = "") -> QuerySet[SearchDocument]:
    """The documents that answer `query`, the selection in the facet `without` left out."""
    if query.is_impossible:
        return SearchDocument.objects.none()
    found = in_scope([query.source], query.user)
    if query.among is not None:
        found = found.filter(object_id__in=query.among.order_by().values("pk"))
    if query.terms:
        found = found.filter(Answers(Asked(query.terms, query.parts, query.mode)))
    for facet, values in query.groups.items():
        if facet != without:
            having = DocumentFacet.objects.filter(value__in=values)
            found = found.filter(pk__in=having.values("document"))
    return found


def matching(query: Query) -> QuerySet:
    """The keys of the objects that answer, for `.filter(pk__in=matching(query))`."""
    return documents(query).values("object_id")


def compiled(found: QuerySet, limit: int) -> tuple[str, tuple]:
    """SQL of the keys of the first `limit` of `found`, to stand in a statement of ours."""
    try:
        return found.order_by().values("pk")[:limit].query.sql_with_params()
    except EmptyResultSet:
        return "SELECT id FROM search_document WHERE 1 = 0", ()
