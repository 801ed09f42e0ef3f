"""The finder: reads what the asker may know, has it weighed, and fetches those who come first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from ecluster.search import engine as search
from members.belonging import own_organisation_ids
from members.matching import pool
from members.matching.heard import Heard, listen
from members.matching.pool import Candidate
from members.matching.reading import Reading, worth
from members.matching.reasons import Match, Reason, points_of, reasons_for
from members.search.experts import EXPERT

MOST = 800  # experts are weighed; where more answer, those that the search ranks first


@dataclass
class Found:
    heard: Heard
    matches: list[Match] = field(default_factory=list)
    total: int = 0  # how many there were before the list was cut


def find_experts(problem: str, asker, *, limit: int = 20, organisation_ids: Iterable[int] | None = None) -> Found:
    """The experts of the pool that speak to `problem`, the best first. A fixed number of queries.

    `organisation_ids`: whose problem it is, where that is not the asker's own organisations.
    """
    vocabulary = pool.vocabulary()
    heard = listen(problem, vocabulary)
    query = search.Query(EXPERT, problem, asker, mode="any")
    candidates = _candidates(query, heard)
    evidence = Reading(query, heard, vocabulary).evidence(candidates)
    worths = worth(evidence.values(), search.total(search.Query(EXPERT, user=asker)).number)
    weighed = [(candidate, reasons_for(heard, evidence[candidate.pk], worths)) for candidate in candidates]
    # Of two who answer alike, the one with less to do comes first.
    best = sorted((-points_of(reasons), one.load, one.pk, one, reasons) for one, reasons in weighed if reasons)
    own = set(own_organisation_ids(asker) if organisation_ids is None else organisation_ids)
    return Found(heard, _matches([told[3:] for told in best[:limit]], own), len(best))


def _candidates(query: search.Query, heard: Heard) -> list[Candidate]:
    """Those the search finds by the problem's words or by its terms' words in the other language, or by speciality;
    where there are none, those of its field."""
    in_both_languages = search.Query(EXPERT, heard.all_words, query.user, mode="any")
    asked = [each for each in (query, in_both_languages) if each.terms]
    everybody = pool.pool(query.user)
    special = pool.with_speciality(term.pk for term in heard.terms)
    found = pool.candidates(everybody.filter(_any_of(special, map(search.matching, asked))), MOST + 1)
    if len(found) > MOST:
        best = [search.ranked_ids(each, 0, MOST // 2) for each in asked]
        found = pool.candidates(everybody.filter(_any_of(special, best)), MOST)
    return found or pool.candidates(_of_field(everybody, heard), MOST)


def _any_of(special: Q, keys: Iterable) -> Q:
    return reduce(or_, [Q(pk__in=each) for each in keys], special)


def _of_field(everybody, heard: Heard):
    fields = sorted((len(words), field.value) for field, words in heard.fields)
    return everybody.filter(**{f"in_{fields[-1][1]}": True}) if fields else everybody.none()


def _matches(best: Sequence[tuple[Candidate, list[Reason]]], own: set[int]) -> list[Match]:
    experts = pool.shown([candidate.pk for candidate, _reasons in best])
    return [Match(experts[one.pk], reasons, one.organisation_id in own) for one, reasons in best]
