"""What a problem speaks of: terms of the vocabulary in either language, and fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ecluster.bilingual import BilingualName
from members.matching.fields import KEYWORDS
from members.matching.wording import first_found, tokens_of
from members.models import Field, Term


@dataclass(frozen=True)
class HeardTerm(BilingualName):
    """A term of the vocabulary that the problem speaks of, and as which word it was said."""

    pk: int
    name_ko: str
    name_en: str
    words: tuple[str, ...]  # all its words, the longest first
    said: str
    is_technical: bool = True


@dataclass(frozen=True)
class Heard:
    terms: tuple[HeardTerm, ...] = ()
    fields: tuple[tuple[Field, tuple[str, ...]], ...] = ()  # each with the words that speak of it

    @property
    def all_words(self) -> str:
        """The words of its terms in both languages, to search with."""
        return " ".join(word for term in self.terms for word in term.words)


def listen(problem: str, vocabulary: Iterable[Term]) -> Heard:
    """Pure: reads nothing but what it is given."""
    tokens = tokens_of([problem])
    terms = tuple(heard for term in vocabulary if (heard := _heard(term, tokens)))
    return Heard(terms, _fields(tokens, terms))


def words_of(term: Term) -> tuple[str, ...]:
    named = [term.name_ko, term.name_en, *(word.strip() for word in term.synonyms.split(","))]
    return tuple(sorted(dict.fromkeys(filter(None, named)), key=len, reverse=True))


def _heard(term: Term, tokens: str) -> HeardTerm | None:
    words = words_of(term)
    said = first_found(words, tokens)
    if not said:
        return None
    is_technical = term.kind != Term.Kind.CERTIFICATE
    return HeardTerm(term.pk, term.name_ko, term.name_en, words, said, is_technical)


def _fields(tokens: str, terms: Sequence[HeardTerm]) -> tuple[tuple[Field, tuple[str, ...]], ...]:
    """A process, material or technology speaks of R&D, too."""
    found = {field: [word for word in words if first_found([word], tokens)] for field, words in KEYWORDS.items()}
    found[Field.RND] += [term.said for term in terms if term.is_technical and term.said not in found[Field.RND]]
    return tuple((field, tuple(words)) for field, words in found.items() if words)
