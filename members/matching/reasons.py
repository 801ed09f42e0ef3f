"""Why somebody was found: a small sum, each part of it told in words. Pure; nothing else moves anybody up or down.

| what | points |
|---|---|
| a speciality the problem speaks of | 10 |
| a term it speaks of, in what they write of themselves or worked on | 6 |
| another word of the problem, in headline or specialities | 4 |
| … in past work | 3 |
| … in the biography | 2 |
| a field it speaks of | 3 |

A word or term counts in full where hardly anybody has it, and a fifth of that where everybody does. Then, of the sum:
away −60 %, at the limit −50 %, for short questions only −20 %.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import log

from members.matching.heard import Heard, HeardTerm
from members.models import Availability, Expert, Field

SPECIALITY, MENTION, FIELD = 10, 6, 3
WORD = {"b": 4, "d": 3, "c": 2}  # parts of the search index: headline and specialities, past work, biography
AWAY, FULL, LIMITED = 0.6, 0.5, 0.2
COMMONEST = 0.2  # what a word is worth that everybody has


class Kind(StrEnum):
    SPECIALITY = "speciality"
    MENTION = "mention"
    WORD = "word"
    PAST_WORK = "past_work"
    FIELD = "field"
    AWAY = "away"
    FULL = "full"
    LIMITED = "limited"


@dataclass(frozen=True)
class Reason:
    kind: Kind
    points: float
    said: str = ""  # as the problem has it
    subject: HeardTerm | Field | str = ""  # the term, the field, the title of the past work

    @property
    def is_for(self) -> bool:
        return self.points > 0


@dataclass(frozen=True)
class Evidence:
    """What is known of one expert, as far as the asker may know it."""

    speciality_ids: frozenset[int] = frozenset()
    mentioned: frozenset[int] = frozenset()  # keys of heard terms that stand in their own words or past work
    words: Mapping[str, str] = field(default_factory=dict)  # word of the problem -> parts of the index
    past_work: Mapping[str, str] = field(default_factory=dict)  # word of the problem -> title of what they did
    fields: frozenset[Field] = frozenset()
    load: int = 0
    limit: int = 3
    availability: str = Availability.OPEN


@dataclass
class Match:
    expert: Expert
    reasons: list[Reason]
    has_conflict: bool = False

    @property
    def points(self) -> float:
        return points_of(self.reasons)

    @property
    def is_free(self) -> bool:
        return all(reason.is_for for reason in self.reasons)


def points_of(reasons: Iterable[Reason]) -> float:
    return round(sum([reason.points for reason in reasons]), 1)


def rarity(having: int, of: int) -> float:
    """From 1 for what hardly anybody has to COMMONEST for what all have."""
    if of <= 1 or having <= 1:
        return 1.0
    return round(COMMONEST + (1 - COMMONEST) * (1 - log(having) / log(max(of, having))), 3)


def reasons_for(heard: Heard, evidence: Evidence, worth: Mapping[str | int, float]) -> list[Reason]:
    """`worth`: rarity by word, and by key for terms. Best reasons first, what speaks against last."""
    found = [*_terms(heard, evidence, worth)]
    found += _words(evidence, worth, [term.bare_words for term in heard.terms if _has(term, evidence)])
    found += [Reason(Kind.FIELD, FIELD, ", ".join(words), f) for f, words in heard.fields if f in evidence.fields]
    if not found:
        return []
    found.sort(key=lambda reason: -reason.points)
    return found + _against(evidence, sum(reason.points for reason in found))


def _has(term: HeardTerm, evidence: Evidence) -> bool:
    return term.pk in evidence.speciality_ids or term.pk in evidence.mentioned


def _terms(heard: Heard, evidence: Evidence, worth: Mapping[str | int, float]):
    for term in heard.terms:
        if term.pk in evidence.speciality_ids:
            yield Reason(Kind.SPECIALITY, _points(SPECIALITY, worth, term.pk), term.said, term)
        elif term.pk in evidence.mentioned:
            yield Reason(Kind.MENTION, _points(MENTION, worth, term.pk), term.said, term)


def _words(evidence: Evidence, worth: Mapping[str | int, float], known: Sequence[str]):
    """A word that is a part of one that counted already is not counted again."""
    counted = "\n".join(known)
    for word in sorted(evidence.words, key=len, reverse=True):
        parts = evidence.words[word]
        part = "b" if "b" in parts else "d" if "d" in parts else "c" if "c" in parts else ""
        if part and word not in counted:
            counted += f"\n{word}"
            kind = Kind.PAST_WORK if part == "d" else Kind.WORD
            yield Reason(kind, _points(WORD[part], worth, word), word, evidence.past_work.get(word, ""))


def _points(full: int, worth: Mapping[str | int, float], key: str | int) -> float:
    return round(full * worth.get(key, 1.0), 1)


def _against(evidence: Evidence, points: float) -> list[Reason]:
    """The gravest alone: who is away is not also busy."""
    if evidence.availability == Availability.AWAY:
        return [Reason(Kind.AWAY, -round(points * AWAY, 1))]
    if evidence.load >= evidence.limit:
        return [Reason(Kind.FULL, -round(points * FULL, 1))]
    if evidence.availability == Availability.LIMITED:
        return [Reason(Kind.LIMITED, -round(points * LIMITED, 1))]
    return []
