"""What an expert's profile is made of, and how each fact is written."""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ecluster.audit.actions import differences, record
from ecluster.search import engine as search
from members import cleaning
from members.languages import LANGUAGES
from members.models import Availability, Expert, Term

_WRITTEN: dict[str, Callable] = {
    "headline_ko": cleaning.line,
    "headline_en": cleaning.line,
    "biography_ko": cleaning.paragraphs,
    "biography_en": cleaning.paragraphs,
    "employer": cleaning.line,
    "position": cleaning.line,
    "languages": lambda codes: [code for code in LANGUAGES if code in set(codes)],
}
# A person's own words about themself: who closes their account has them erased, so the trail keeps that they changed.
_OWN_WORDS = frozenset({"headline_ko", "headline_en", "biography_ko", "biography_en", "employer", "position"})
FACTS = frozenset(_WRITTEN) | {
    *("organisation", "is_public", "in_management", "in_rnd", "in_education", "in_marketing"),
    *("availability", "away_until", "limit", "specialities"),
}


def own(expert: Expert, by) -> Expert:
    """The expert as they are now, held until the transaction ends; nobody writes another's profile."""
    if by.pk != expert.user_id:
        raise PermissionDenied(f"{by} may not edit the profile of {expert}")
    return Expert.objects.select_for_update(of=("self",)).select_related("user", "organisation").get(pk=expert.pk)


def write(expert: Expert, facts: dict) -> dict[str, list]:
    """Sets `facts`, saves and answers what changed, for the trail. ValidationError by field."""
    if unknown := facts.keys() - FACTS:
        raise TypeError(f"An expert has no {', '.join(sorted(unknown))}.")
    values = {field: _WRITTEN[field](value) if field in _WRITTEN else value for field, value in facts.items()}
    terms: Iterable[Term] | None = values.pop("specialities", None)
    changes = differences(expert, values)
    for field, value in values.items():
        setattr(expert, field, value)
    _check(expert)
    expert.save()
    return _told(changes) | ({} if terms is None else _set_specialities(expert, terms))


def finish(expert: Expert, *, action: str, by, changes: dict[str, list]) -> None:
    """Records what changed and tells the index; who changes or confirms a profile has read it today."""
    if changes:
        record(target=expert, action=action, by=by, changes=changes)
    search.index([expert])


def _check(expert: Expert) -> None:
    """ValidationError by field, before the database says it in its own words."""
    if expert.availability != Availability.AWAY:
        expert.away_until = None
    elif expert.away_until and expert.away_until < timezone.localdate():
        raise ValidationError({"away_until": _("This day is over.")})
    expert.clean_fields(exclude={"user", "organisation"})


def _set_specialities(expert: Expert, terms: Iterable[Term]) -> dict[str, list]:
    new = {term.pk: term for term in terms}
    old = {term.pk: term for term in expert.specialities.all()}
    if new.keys() == old.keys():
        return {}
    if any(term.kind == Term.Kind.REGION for term in new.values()):
        raise ValidationError({"specialities": _("A region is no speciality.")})
    expert.specialities.set(new)
    return {"specialities": [_in_one(term.slug for term in named.values()) for named in (old, new)]}


def _told(changes: dict[str, list]) -> dict[str, list]:
    return {f: ["•" if v else "" for v in pair] if f in _OWN_WORDS else _plain(pair) for f, pair in changes.items()}


def _plain(pair: list) -> list:
    return [_in_words(value) for value in pair]


def _in_words(value):
    if isinstance(value, list):
        return _in_one(value)
    return value if isinstance(value, bool | int | str | None) else str(value)


def _in_one(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))
