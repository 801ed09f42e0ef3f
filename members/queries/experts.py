"""Reads of experts that are bigger than a QuerySet method: what lists and exports tell of each."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Avg, BigIntegerField, Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ecluster.accounts.access import can
from ecluster.accounts.contact import contact_of
from ecluster.accounts.permissions import Permission
from ecluster.export import Column
from ecluster.prepared import prepared
from members.languages import language_names
from members.models import Engagement, Expert, Field

_NAMES = [
    f"{text}_{language}" for text in ("user__name", "headline", "organisation__name") for language in ("ko", "en")
]
_WORKPLACE = ("user__email", "employer", "position")
_STATE = ("availability", "away_until", "limit", "load", "helped", "rating")
_FIELDS = [f"in_{field.value}" for field in Field]


class Row(NamedTuple):
    """What the list tells of an expert; `rating` is None where nobody rated their work."""

    pk: int
    name: str
    headline: str
    workplace: str
    position: str
    specialities: list[str]
    fields: list[str]
    availability: str
    away_until: date | None
    limit: int
    load: int
    helped: int
    rating: float | None


def pool(viewer) -> QuerySet[Expert]:
    """Those of the pool that `viewer` may know, with all that a sheet tells, and `sort_name` as in the list."""
    visible = Expert.objects.visible_to(viewer).in_pool().with_load().annotate(sort_name=_sort_name(_in_korean()))
    return visible.select_related("user", "organisation").prefetch_related("specialities")


@prepared()
def listed(members_side: bool, in_korean: bool) -> QuerySet:
    """All of the pool for the members' side, for others those who agreed to be shown to everyone."""
    in_pool = Expert.objects.in_pool() if members_side else Expert.objects.in_pool().filter(is_public=True)
    work = Engagement.objects.filter(expert=OuterRef("pk")).order_by().values("expert")
    return in_pool.annotate(
        sort_name=_sort_name(in_korean),
        load=_number(work.filter(ended_on=None).values(number=Count("pk"))),
        helped=_number(work.filter(ended_on__isnull=False).values(number=Count("pk"))),
        rating=Subquery(work.values(mean=Avg("rating"))),
    ).values_list("pk", *_NAMES, *_WORKPLACE, *_STATE, *_FIELDS)


def told(experts: Sequence[tuple]) -> list[Row]:
    """The rows of `listed` in the reader's language; one query more for all."""
    in_korean = _in_korean()
    specialities: dict[int, list[str]] = {row[0]: [] for row in experts}
    for pk, name_ko, name_en in _specialities(pks=list(specialities)):
        specialities[pk].append(name_ko if in_korean else name_en)
    return [_told(row, specialities[row[0]], in_korean) for row in experts]


def _told(row: tuple, specialities: list[str], in_korean: bool) -> Row:
    pk, *names, email, employer, position = row[:10]
    name, headline, organisation = (
        (ko or en) if in_korean else (en or ko) for ko, en in zip(names[::2], names[1::2], strict=True)
    )
    fields = [str(field.label) for field, is_own in zip(Field, row[-len(Field) :], strict=True) if is_own]
    who = (name or email.partition("@")[0], headline, organisation or employer, position)
    return Row(pk, *who, specialities, fields, *row[10 : -len(Field)])


@prepared(pks=BigIntegerField())
def _specialities(pks: list[int]) -> QuerySet:
    terms = Expert.specialities.through.objects.filter(expert__pk__in=pks)
    return terms.order_by("term__kind", "term__name_en").values_list("expert_id", "term__name_ko", "term__name_en")


def _in_korean() -> bool:
    return (get_language() or "").startswith("ko")


def _sort_name(in_korean: bool) -> Lower:
    first, second = ("ko", "en") if in_korean else ("en", "ko")
    return Lower(Coalesce(NullIf(f"user__name_{first}", Value("")), f"user__name_{second}"))


def _number(counted: QuerySet) -> Coalesce:
    return Coalesce(Subquery(counted), 0)


def export_columns(viewer) -> list[Column]:
    """What `viewer` sees of each expert, as the columns of a sheet."""
    columns = [
        Column(_("Name in Korean"), "user.name_ko"),
        Column(_("Name in English"), "user.name_en"),
        Column(_("In one line"), "headline"),
        Column(_("Workplace"), "workplace"),
        Column(_("Position"), "position"),
        Column(_("Fields"), lambda expert: [field.label for field in expert.fields]),
        Column(_("Specialities"), lambda expert: list(expert.specialities.all())),
        Column(_("Languages"), lambda expert: language_names(expert.languages)),
        Column(_("Availability"), lambda expert: expert.get_availability_display()),
        Column(_("Away until"), "away_until"),
        Column(_("E-mail"), lambda expert: contact_of(expert.user, viewer).email),
        Column(_("Telephone"), lambda expert: contact_of(expert.user, viewer).phone),
    ]
    return columns + (_members_columns() if can(viewer, Permission.VIEW_MEMBERS_SIDE) else [])


def _members_columns() -> list[Column]:
    return [
        Column(_("At work on"), "load"),
        Column(_("At most"), "limit"),
        Column(_("Cases helped with"), "helped"),
        Column(_("Mean rating, 1 to 5"), _rating),
    ]


def _rating(expert: Any) -> float | None:
    return None if expert.rating is None else round(expert.rating, 2)
