"""Who asks for what, and which documents answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ecluster.accounts.access import can
from ecluster.accounts.permissions import Permission
from ecluster.search.dialects import ALL_PARTS, Asked, answers
from ecluster.search.models import Audience, DocumentFacet, SearchDocument
from ecluster.search.sources import Source, source_of
from ecluster.search.statements import NOTHING, Sql, compose, joined, one_of, rows, subquery
from ecluster.search.terms import Mode, Term, parse

LIMIT = 5_000  # hits are counted exactly up to here; beyond it a count is told as "5,000+"

PUBLIC_PARTS = "abc"
PUBLIC_AUDIENCES = (Audience.PUBLIC.value,)
MEMBERS_AUDIENCES = (Audience.PUBLIC.value, Audience.MEMBERS.value)


class Total(NamedTuple):
    """How many; `capped`: at least so many."""

    number: int
    capped: bool = False


@dataclass(frozen=True)
class Query:
    """What `user` asks of one kind: words, and {facet: the values of which one must be there}; `among`: of these
    objects alone, a QuerySet of them, or SQL of their keys, that may hold more than the index does."""

    kind: str
    text: str = ""
    user: Any = None
    selected: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mode: Mode = "all"
    among: QuerySet | Sql | None = None

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
        return not self.source.restricted and self.among is None and self.audiences == self.audiences_as_a_whole

    @property
    def audiences_as_a_whole(self) -> tuple[str, ...]:
        return MEMBERS_AUDIENCES if self.members_side else PUBLIC_AUDIENCES

    @cached_property
    def audiences(self) -> tuple[str, ...]:
        """Those of the documents that the asker sees, RESTRICTED where they see some of these."""
        sees_more = self.user is not None and self.source.beyond(self.user) is not None
        return (*self.audiences_as_a_whole, *([Audience.RESTRICTED.value] if sees_more else []))

    @property
    def asked(self) -> Asked:
        return Asked(self.terms, self.parts, self.mode)

    @property
    def parts(self) -> str:
        return ALL_PARTS if self.members_side else PUBLIC_PARTS

    @cached_property
    def groups(self) -> dict[str, list[int]]:
        """The facets with a selection, each with the keys of its values (none, where no document has them)."""
        wanted = {facet: set(values) for facet, values in self.selected.items() if values}
        found: dict[str, list[int]] = {facet: [] for facet in wanted}
        for facet, value, key in _known_values(self.kind, wanted) if wanted else ():
            if value in wanted[facet]:
                found[facet].append(key)
        return found


def _known_values(kind: str, wanted: Mapping[str, set[str]]) -> list[tuple[str, str, int]]:
    known = one_of("kind", [kind]) & one_of("facet", wanted) & one_of("value", set().union(*wanted.values()))
    return rows(compose("SELECT facet, value, id FROM search_facet_value WHERE {}", known))


def sees_members_side(user) -> bool:
    return user is not None and can(user, Permission.VIEW_MEMBERS_SIDE)


def scope(sources: Iterable[Source], user) -> Sql:
    """Of the documents `d` those of `sources` that `user` may know to exist."""
    audiences = MEMBERS_AUDIENCES if sees_members_side(user) else PUBLIC_AUDIENCES
    told = [_of_source(source, user, audiences) for source in sources]
    return compose("({})", joined(" OR ", told)) if told else NOTHING


def _of_source(source: Source, user, audiences: tuple[str, ...]) -> Sql:
    of_kind = Sql("d.kind = %s", (source.kind,))
    if source.restricted:
        return of_kind & _one_of_these(source.model.objects.visible_to(user))  # type: ignore[attr-defined]
    of_audience = one_of("d.audience", audiences)
    beyond = source.beyond(user) if user is not None else None
    if beyond is None:
        return of_kind & of_audience
    theirs = Sql("d.audience = %s", (Audience.RESTRICTED.value,)) & _one_of_these(beyond)
    return of_kind & compose("({} OR {})", of_audience, theirs)


def _one_of_these(objects: QuerySet | Sql) -> Sql:
    keys = objects if isinstance(objects, Sql) else subquery(objects.order_by().values("pk"))
    return compose("d.object_id IN ({})", keys) if keys else NOTHING


def narrowed(query: Query, *, without: str = "") -> Sql:
    """Of the documents `d` those in scope that have what is selected; the facet `without` may have any value."""
    found = scope([query.source], query.user)
    if query.among is not None:
        found &= _one_of_these(query.among)
    for facet, values in query.groups.items():
        if facet != without:
            having = one_of("value_id", values)
            found &= compose("d.id IN (SELECT document_id FROM search_document_facet WHERE {})", having)
    return found


def answering(query: Query, *, without: str = "") -> Sql:
    """Of the documents `d` those that answer `query`."""
    if query.is_impossible:
        return NOTHING
    found = narrowed(query, without=without)
    return found & answers(query.asked) if query.terms else found


def matching(query: Query) -> RawSQL:
    """The keys of the objects that answer, for `.filter(pk__in=matching(query))`."""
    keys = compose("SELECT d.object_id FROM search_document d WHERE {}", answering(query))
    return RawSQL(keys.text, keys.values)  # noqa: S611  its text is ours


def objects_having(kind: str, groups: Iterable[Sequence[Any]], audiences: Sequence[str]) -> QuerySet:
    """As `matching`, of a kind that is not restricted, where no words are asked: those that have one facet value at
    least of each of `groups`. Which of RESTRICTED are seen, the rows have to say among which these are looked for."""
    found = SearchDocument.objects.filter(kind=kind, audience__in=audiences)
    for values in groups:
        found = found.filter(pk__in=DocumentFacet.objects.filter(value__pk__in=values).values("document"))
    return found.values("object_id")
