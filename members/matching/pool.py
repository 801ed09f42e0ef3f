"""What the finder reads of the pool: of many candidates what speaks for them, of those shown the whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, Q, QuerySet

from ecluster.prepared import prepared
from members.matching.heard import Entry
from members.models import Engagement, Expert, Field, Term

SPECIALITIES = Expert.specialities.through


class Candidate(NamedTuple):
    pk: int
    organisation_id: int | None
    headline_ko: str
    headline_en: str
    biography_ko: str
    biography_en: str
    in_management: bool
    in_rnd: bool
    in_education: bool
    in_marketing: bool
    limit: int
    availability: str
    load: int

    @property
    def fields(self) -> frozenset[Field]:
        return _fields(self.in_management, self.in_rnd, self.in_education, self.in_marketing)


@cache
def _fields(*is_in: bool) -> frozenset[Field]:
    return frozenset(field for field, told in zip(Field, is_in, strict=True) if told)


class Work(NamedTuple):
    title_ko: str
    title_en: str


def vocabulary() -> list[Entry]:
    return [Entry(*row) for row in _vocabulary()]


@prepared()
def _vocabulary():
    return Term.objects.exclude(kind=Term.Kind.REGION).order_by("pk").values_list(*Entry._fields)


def pool(asker) -> QuerySet[Expert]:
    """Whom `asker` may be shown; nobody finds themself."""
    return Expert.objects.visible_to(asker).in_pool().exclude(user=asker)


def candidates(found: QuerySet[Expert], at_most: int) -> list[Candidate]:
    load = Count("engagements", filter=Q(engagements__ended_on=None))
    rows = found.annotate(load=load).order_by("pk").values_list(*Candidate._fields)
    return [Candidate(*row) for row in rows[:at_most]]


def with_speciality(terms: Iterable[int]) -> Q:
    return Q(pk__in=SPECIALITIES.objects.filter(term__in=list(terms)).values("expert"))


def specialities(experts: Collection[int]) -> dict[int, set[int]]:
    """{expert: keys of terms}"""
    found: dict[int, set[int]] = defaultdict(set)
    for expert, term in SPECIALITIES.objects.filter(expert__in=experts).values_list("expert_id", "term_id"):
        found[expert].add(term)
    return found


def past_work(experts: Collection[int], asker) -> dict[int, list[Work]]:
    """By expert, the latest first, as far as `asker` is told of it."""
    closed = Engagement.objects.visible_to(asker).closed().filter(expert__in=experts)
    found: dict[int, list[Work]] = defaultdict(list)
    for expert, title_ko, title_en in closed.values_list("expert_id", "title_ko", "title_en"):
        found[expert].append(Work(title_ko, title_en))
    return found


def shown(experts: list[int]) -> dict[int, Expert]:
    return {expert.pk: expert for expert in _shown(experts=experts)} if experts else {}


@prepared(experts=BigIntegerField())
def _shown(experts):
    return Expert.objects.filter(pk__in=experts).with_load().select_related("user", "organisation")
