"""The finder: reads what the asker may know, has it weighed, and fetches those who come first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from ecluster.search import engine as search
from members.belonging import own_organisation_ids
from members.matching import pool
from members.matching.heard import Heard, listen
from members.matching.pool import Candidate
from members.matching.reading import Reading, worth
from members.matching.reasons import Match, Reason, points_of, reasons_for
from members.search.experts import EXPERT

CANDIDATES = 400  # the best answers of the search that are weighed


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
    told = [(candidate, reasons) for candidate, reasons in weighed if reasons]
    # Of two who answer alike, the one with less to do comes first.
    told.sort(key=lambda pair: (-points_of(pair[1]), pair[0].load, pair[0].pk))
    own = set(own_organisation_ids(asker) if organisation_ids is None else organisation_ids)
    return Found(heard, _matches(told[:limit], own), len(told))


def _candidates(query: search.Query, heard: Heard) -> list[Candidate]:
    """Those the search finds by the problem's words or by its terms' words in the other language, or by speciality;
    where there are none, those of its field."""
    asker = query.user
    in_both_languages = search.Query(EXPERT, heard.all_words, asker, mode="any")
    ids = {
        key for asked in (query, in_both_languages) if asked.terms for key in search.ranked_ids(asked, 0, CANDIDATES)
    }
    everybody = pool.pool(asker)
    found = everybody.filter(Q(pk__in=ids) | pool.with_speciality(term.pk for term in heard.terms))
    return pool.candidates(found, 2 * CANDIDATES) or pool.candidates(_of_field(everybody, heard), 2 * CANDIDATES)


def _of_field(everybody, heard: Heard):
    fields = sorted((len(words), field.value) for field, words in heard.fields)
    return everybody.filter(**{f"in_{fields[-1][1]}": True}) if fields else everybody.none()


def _matches(best: Sequence[tuple[Candidate, list[Reason]]], own: set[int]) -> list[Match]:
    experts = pool.shown([candidate.pk for candidate, _reasons in best])
    return [Match(experts[one.pk], reasons, one.organisation_id in own) for one, reasons in best]
