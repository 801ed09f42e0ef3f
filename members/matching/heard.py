"""What a problem speaks of: terms of the vocabulary in either language, and fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from ecluster.bilingual import BilingualName
from members.matching.fields import KEYWORDS
from members.matching.wording import Text, any_of, text_of
from members.models import Field, Term


class Entry(NamedTuple):
    """A term of the vocabulary, as far as it is listened for."""

    pk: int
    kind: str
    name_ko: str
    name_en: str
    synonyms: str


@dataclass(frozen=True)
class HeardTerm(BilingualName):
    """A term of the vocabulary that the problem speaks of, and as which word it was said."""

    pk: int
    name_ko: str
    name_en: str
    words: tuple[str, ...]  # all its words, the longest first
    said: str
    is_technical: bool = True

    @cached_property
    def bare_words(self) -> str:
        """Its words as the search spells them, one a line."""
        return "\n".join("".join(word.split()).casefold() for word in self.words)


@dataclass(frozen=True)
class Heard:
    terms: tuple[HeardTerm, ...] = ()
    fields: tuple[tuple[Field, tuple[str, ...]], ...] = ()  # each with the words that speak of it

    @property
    def all_words(self) -> str:
        """The words of its terms in both languages, to search with."""
        return " ".join(word for term in self.terms for word in term.words)


def listen(problem: str, vocabulary: Iterable[Entry | Term]) -> Heard:
    """Pure: reads nothing but what it is given."""
    text = text_of(problem)
    terms = tuple(heard for term in vocabulary if (heard := _heard(term, text)))
    return Heard(terms, _fields(text, terms))


@lru_cache(maxsize=2_000)
def _words(name_ko: str, name_en: str, synonyms: str) -> tuple[str, ...]:
    named = [name_ko, name_en, *(word.strip() for word in synonyms.split(","))]
    return tuple(sorted(dict.fromkeys(filter(None, named)), key=len, reverse=True))


def _heard(term: Entry | Term, text: Text) -> HeardTerm | None:
    words = _words(term.name_ko, term.name_en, term.synonyms)
    said = any_of(words).found_in(text)
    if not said:
        return None
    is_technical = term.kind != Term.Kind.CERTIFICATE
    return HeardTerm(term.pk, term.name_ko, term.name_en, words, said[0], is_technical)


def _fields(text: Text, terms: Sequence[HeardTerm]) -> tuple[tuple[Field, tuple[str, ...]], ...]:
    """A process, material or technology speaks of R&D, too."""
    found = {field: any_of(words).found_in(text) for field, words in KEYWORDS.items()}
    found[Field.RND] += [term.said for term in terms if term.is_technical and term.said not in found[Field.RND]]
    return tuple((field, tuple(words)) for field, words in found.items() if words)
