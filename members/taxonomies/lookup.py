"""Finding an industry by a part of its code or its name, and walking down the tree."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from members.models import Industry
from members.querysets.taxonomy import IndustryQuerySet

MOST_SHOWN = 50


@dataclass(frozen=True)
class Found:
    """`more` where there are others beyond those shown."""

    industries: list[Industry]
    more: bool


def find_industries(words: str, scheme: str = "", most: int = MOST_SHOWN) -> Found:
    """Those whose code begins with `words`, or whose name has each of them; spaces within names don't matter."""
    industries = _of_scheme(scheme)
    for word in words.split():
        industries = industries.filter(
            Q(code__istartswith=word) | Q(in_ko__icontains=word) | Q(name_en__icontains=word)
        )
    found = list(industries.order_by("level", "scheme", "code")[: most + 1])
    return Found(found[:most], more=len(found) > most)


def path_to(industry: Industry) -> list[Industry]:
    """From its section down to itself."""
    path: list[Industry] = []
    step: Industry | None = industry
    while step:
        path.insert(0, step)
        step = step.parent
    return path


def below(scheme: str, code: str = "") -> QuerySet[Industry]:
    """The sections of `scheme`, or what an entry of it falls into."""
    parent = {"parent__code": code} if code else {"parent": None}
    return Industry.objects.filter(scheme=scheme, **parent).with_children_count().order_by("code")


def _of_scheme(scheme: str) -> IndustryQuerySet:
    industries = Industry.objects.annotate(in_ko=Replace(F("name_ko"), Value(" "), Value("")))
    return industries.filter(scheme=scheme) if scheme in Industry.Scheme.values else industries
