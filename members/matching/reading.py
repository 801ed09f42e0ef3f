"""What each candidate has to do with a problem: which of its words and terms stand where in what is known of them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ecluster.bilingual import in_language
from ecluster.search import engine as search
from members.matching import pool
from members.matching.fields import EVERYBODYS
from members.matching.heard import Entry, Heard
from members.matching.pool import Candidate, Work
from members.matching.reasons import Evidence, rarity
from members.matching.wording import Sought, Text, phrases_of, text_of


class Reading:
    """A problem, prepared to be looked for in the texts of many."""

    def __init__(self, query: search.Query, heard: Heard, vocabulary: Sequence[Entry]) -> None:
        # Every problem has everybody's words, and a number alone says nothing.
        telling = [t for t in query.terms if t.word not in EVERYBODYS and not t.word.isnumeric()]
        self.asker = query.user
        self.words = Sought((term.word, phrase) for term in telling for phrase in term.phrases)
        self.terms = Sought((t.pk, phrase) for t in heard.terms for words in t.words for phrase in phrases_of(words))
        self.entries = {entry.pk: entry for entry in vocabulary}
        self.named: dict[int, list[str]] = {}

    def evidence(self, candidates: Sequence[Candidate]) -> dict[int, Evidence]:
        keys = [candidate.pk for candidate in candidates]
        specialities, works = pool.specialities(keys), pool.past_work(keys, self.asker)
        return {one.pk: self._of(one, specialities.get(one.pk, set()), works.get(one.pk, [])) for one in candidates}

    def _of(self, one: Candidate, specialities: set[int], works: Sequence[Work]) -> Evidence:
        own_words = [text_of(one.headline_ko, one.headline_en), text_of(one.biography_ko, one.biography_en)]
        titles = [(work, text_of(work.title_ko, work.title_en)) for work in works]
        past_work = self._past_work(titles)
        return Evidence(
            speciality_ids=frozenset(specialities),
            mentioned=frozenset().union(
                *map(self.terms.found_in, own_words), *(self.terms.found_in(t) for _w, t in titles)
            ),
            words=self._parts(own_words, specialities, past_work),
            past_work=past_work,
            fields=one.fields,
            load=one.load,
            limit=one.limit,
            availability=one.availability,
        )

    def _past_work(self, titles: Iterable[tuple[Work, Text]]) -> dict[str, str]:
        """{word of the problem: the latest piece of past work in whose title it stands}."""
        found: dict[str, str] = {}
        for work, text in titles:
            for word in self.words.found_in(text):
                found.setdefault(word, in_language(work, "title"))
        return found

    def _parts(
        self, own_words: Sequence[Text], specialities: Iterable[int], past_work: Iterable[str]
    ) -> dict[str, str]:
        """{word: the parts of the search index it is found in}; of a speciality its names alone, as other words for it
        were heard as the speciality itself."""
        headline, biography = map(self.words.found_in, own_words)
        parts = dict.fromkeys(headline, "b")
        for term in specialities:
            for word in self._in_name_of(term):
                parts[word] = "b"
        for part, words in (("c", biography), ("d", past_work)):
            for word in words:
                parts[word] = parts.get(word, "") + part
        return parts

    def _in_name_of(self, term: int) -> list[str]:
        if term not in self.named:
            entry = self.entries.get(term)
            self.named[term] = self.words.found_in(text_of(entry.name_ko, entry.name_en)) if entry else []
        return self.named[term]


def worth(evidence: Iterable[Evidence], of: int) -> dict[str | int, float]:
    """How rare each word and term is among `of` experts."""
    having: Counter[str | int] = Counter()
    for one in evidence:
        having.update(one.words.keys())
        having.update(one.speciality_ids | one.mentioned)
    return {key: rarity(number, of) for key, number in having.items()}
