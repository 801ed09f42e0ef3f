"""What each candidate has to do with a problem: which of its words and terms stand where in what is known of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ecluster.bilingual import in_language
from ecluster.search import engine as search
from members.matching import pool
from members.matching.fields import EVERYBODYS
from members.matching.heard import Heard
from members.matching.pool import Candidate, Entry, Work
from members.matching.reasons import Evidence, rarity
from members.matching.wording import Sought, phrases_of, tokens_of
from members.models import Field

_FIELDS = tuple((field, f"in_{field.value}") for field in Field)


class Reading:
    """A problem, prepared to be looked for in the texts of many."""

    def __init__(self, query: search.Query, heard: Heard, vocabulary: Sequence[Entry]) -> None:
        # Every problem has everybody's words, and a number alone says nothing.
        telling = [t for t in query.terms if t.word not in EVERYBODYS and not t.word.isnumeric()]
        self.asker = query.user
        self.in_order = [term.word for term in telling]
        self.words = Sought((term.word, phrase) for term in telling for phrase in term.phrases)
        self.terms = Sought((t.pk, phrase) for t in heard.terms for words in t.words for phrase in phrases_of(words))
        self.entries = {entry.pk: entry for entry in vocabulary}
        self.named: dict[int, list[str]] = {}

    def evidence(self, candidates: Sequence[Candidate]) -> dict[int, Evidence]:
        keys = [candidate.pk for candidate in candidates]
        specialities, works = pool.specialities(keys), pool.past_work(keys, self.asker)
        return {one.pk: self._of(one, specialities.get(one.pk, set()), works.get(one.pk, [])) for one in candidates}

    def _of(self, one: Candidate, specialities: set[int], works: Sequence[Work]) -> Evidence:
        headline = tokens_of(one.headline_ko, one.headline_en)
        biography = tokens_of(one.biography_ko, one.biography_en)
        past_work = self._past_work(works)
        core = {*self.words.found_in(headline), *(word for term in specialities for word in self._in_name_of(term))}
        return Evidence(
            speciality_ids=frozenset(specialities),
            mentioned=frozenset(self._mentioned(headline, biography, works)),
            words=self._parts({"b": core, "c": set(self.words.found_in(biography)), "d": past_work.keys()}),
            past_work=past_work,
            fields=frozenset([field for field, name in _FIELDS if getattr(one, name)]),
            load=one.load,
            limit=one.limit,
            availability=one.availability,
        )

    def _past_work(self, works: Sequence[Work]) -> dict[str, str]:
        """{word of the problem: the latest piece of past work in whose title it stands}."""
        found: dict[str, str] = {}
        for work in works:
            for word in self.words.found_in(tokens_of(work.title_ko, work.title_en)):
                found.setdefault(word, in_language(work, "title"))
        return found

    def _mentioned(self, headline: str, biography: str, works: Sequence[Work]) -> Iterator[int]:
        yield from self.terms.found_in(headline)
        yield from self.terms.found_in(biography)
        for work in works:
            yield from self.terms.found_in(tokens_of(work.title_ko, work.title_en))

    def _in_name_of(self, term: int) -> list[str]:
        """Words in the names of a term alone: other words for it were heard as the term itself."""
        if term not in self.named:
            entry = self.entries.get(term)
            self.named[term] = self.words.found_in(tokens_of(entry.name_ko, entry.name_en)) if entry else []
        return self.named[term]

    def _parts(self, found: Mapping[str, Collection[str]]) -> dict[str, str]:
        """{word: the parts of the search index it was found in}, in the order of the problem."""
        told = set().union(*found.values())
        return {
            word: "".join([part for part, words in found.items() if word in words])
            for word in self.in_order
            if word in told
        }


def worth(evidence: Iterable[Evidence], of: int) -> dict[str | int, float]:
    """How rare each word and term is among `of` experts."""
    having: Counter[str | int] = Counter()
    for one in evidence:
        having.update(one.words.keys())
        having.update(one.speciality_ids | one.mentioned)
    return {key: rarity(number, of) for key, number in having.items()}
