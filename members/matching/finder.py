"""The finder: reads what the asker may know, and has it weighed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch

from ecluster.search import engine as search
from ecluster.search.tokens import index_text
from members.belonging import own_organisation_ids
from members.matching.fields import EVERYBODYS
from members.matching.heard import Heard, listen
from members.matching.reasons import Evidence, Match, rarity, reasons_for
from members.matching.wording import first_found, tokens_of
from members.models import Engagement, Expert, Term
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
    heard = listen(problem, Term.objects.exclude(kind=Term.Kind.REGION).order_by("pk"))
    query = search.Query(EXPERT, problem, asker, mode="any")
    experts = _candidates(query, heard)
    evidence = _evidence(query, heard, experts)
    worth = _worth(evidence.values(), search.total(search.Query(EXPERT, user=asker)).number)
    own = set(own_organisation_ids(asker) if organisation_ids is None else organisation_ids)
    matches = [Match(e, reasons_for(heard, evidence[e.pk], worth), e.organisation_id in own) for e in experts]
    matches = [match for match in matches if match.reasons]
    # Of two who answer alike, the one with less to do comes first.
    matches.sort(key=lambda match: (-match.points, match.expert.load, match.expert.pk))  # type: ignore[attr-defined]
    return Found(heard, matches[:limit], len(matches))


def _candidates(query: search.Query, heard: Heard) -> list[Expert]:
    """Those the search finds by the problem's words or by its terms' words in the other language, or by speciality;
    where there are none, those of its field."""
    asker = query.user
    ids = set(search.ranked_ids(query, 0, CANDIDATES)) if query.terms else set()
    in_both_languages = search.Query(EXPERT, heard.all_words, asker, mode="any")
    if in_both_languages.terms:
        ids |= set(search.ranked_ids(in_both_languages, 0, CANDIDATES))
    pool = Expert.objects.visible_to(asker).in_pool().exclude(user=asker)
    ids |= set(pool.filter(specialities__in=[term.pk for term in heard.terms]).values_list("pk", flat=True))
    return _read(pool.filter(pk__in=ids), asker) or _read(_of_field(pool, heard), asker)


def _of_field(pool, heard: Heard):
    fields = sorted((len(words), field.value) for field, words in heard.fields)
    return pool.filter(**{f"in_{fields[-1][1]}": True}) if fields else pool.none()


def _read(experts, asker) -> list[Expert]:
    past_work = Engagement.objects.visible_to(asker).closed()
    return list(
        experts.with_load()
        .select_related("user", "organisation")
        .prefetch_related("specialities", Prefetch("engagements", past_work, to_attr="past_work"))
        .order_by("pk")[: 2 * CANDIDATES]
    )


def _evidence(query: search.Query, heard: Heard, experts: list[Expert]) -> dict[int, Evidence]:
    said = search.explain(query, [expert.pk for expert in experts]) if query.terms else {}
    return {expert.pk: _of_one(query, heard, expert, said.get(expert.pk, [])) for expert in experts}


def _of_one(query: search.Query, heard: Heard, expert: Expert, said: Iterable[search.Reason]) -> Evidence:
    titles = [title for work in expert.past_work for title in (work.title_ko, work.title_en)]  # type: ignore[attr-defined]
    own_words = [expert.headline_ko, expert.headline_en, expert.biography_ko, expert.biography_en]
    names = [name for term in expert.specialities.all() for name in (term.name_ko, term.name_en)]
    tokens, with_names = tokens_of([*own_words, *titles]), tokens_of([*own_words, *titles, *names])
    plain = {term.word for term in query.terms if term.is_in(with_names)} - EVERYBODYS
    return Evidence(
        speciality_ids=frozenset(term.pk for term in expert.specialities.all()),
        mentioned=frozenset(term.pk for term in heard.terms if first_found(term.words, tokens)),
        # Other words for a speciality were heard as the speciality itself, and a number alone says nothing.
        words={r.word: r.parts for r in said if r.word in plain and not r.word.isnumeric()},
        past_work=_past_work(query, expert),
        fields=frozenset(expert.fields),
        load=expert.load,  # type: ignore[attr-defined]
        limit=expert.limit,
        availability=expert.availability,
    )


def _past_work(query: search.Query, expert: Expert) -> dict[str, str]:
    """{word of the problem: the first piece of past work in whose title it stands}."""
    found: dict[str, str] = {}
    for work in expert.past_work:  # type: ignore[attr-defined]
        tokens = index_text([work.title_ko, work.title_en])
        for term in query.terms:
            if term.is_in(tokens):
                found.setdefault(term.word, work.title)
    return found


def _worth(evidence: Iterable[Evidence], pool: int) -> Mapping[str | int, float]:
    having: Counter[str | int] = Counter()
    for one in evidence:
        having.update(one.words.keys())
        having.update(one.speciality_ids | one.mentioned)
    return {key: rarity(number, pool) for key, number in having.items()}
