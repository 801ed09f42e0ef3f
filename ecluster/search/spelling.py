"""Words as they are written, and the nearest of them to a word that nothing answers."""

import unicodedata
from collections.abc import Iterable, Iterator

from django.db.models import Q

from ecluster.search import korean
from ecluster.search.models import Word
from ecluster.search.sources import Document
from ecluster.search.tokens import words

MIN_LETTERS = 4  # of one typo in a shorter word anything can come; 금 has three
MAX_CANDIDATES = 5_000
_BATCH = 500


def add_words(documents: Iterable[Document]) -> None:
    """Notes the words of `documents`. A word outlives its last document: what is suggested is looked up first."""
    public: set[str] = set()  # texts, each once however many documents have it
    members: set[str] = set()
    for document in documents:
        public.update(document.text_a, document.text_b, document.text_c)
        members.update(document.text_d)
    of_public = set(_words(public))
    _note(of_public, is_public=True)
    _note(set(_words(members)) - of_public, is_public=False)


def nearest(word: str, *, members_side: bool, limit: int = 3) -> list[str]:
    """The written words that differ from `word` by a slip of the finger, the likeliest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    letters = jamo(word)
    if len(letters) < MIN_LETTERS:
        return []
    slips = 1 if len(letters) < 8 else 2
    written = {candidate: jamo(candidate) for candidate in _candidates(letters, slips, members_side)}
    found = process.extract(letters, written, scorer=OSA.distance, score_cutoff=slips, limit=None)
    ranked = sorted((distance, candidate) for _letters, distance, candidate in found if candidate != word)
    return [candidate for _distance, candidate in ranked[:limit]]


def jamo(word: str) -> str:
    """Letters, syllables taken apart: one slip in 금헝 is one of its six letters."""
    return unicodedata.normalize("NFD", word)


def _candidates(letters: str, slips: int, members_side: bool) -> Iterator[str]:
    near = Word.objects.filter(
        Q(head=letters[:2]) | Q(tail=letters[-2:]), length__range=(len(letters) - slips, len(letters) + slips)
    )
    if not members_side:
        near = near.filter(is_public=True)
    return near.order_by("pk").values_list("word", flat=True)[:MAX_CANDIDATES].iterator()


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for word in words(text):
            for piece in word:
                if piece.kind == "letters":
                    yield piece.text
                elif piece.kind == "syllables":
                    noun = korean.without_particle(piece.text)[:20]
                    yield from (noun, *korean.halves(noun))


def _note(found: set[str], *, is_public: bool) -> None:
    """Adds what is new, in one order for all who write; a word of the members' side may become everyone's."""
    told = sorted(word for word in found if len(jamo(word)) >= MIN_LETTERS)
    for start in range(0, len(told), _BATCH):
        batch = told[start : start + _BATCH]
        known = dict(Word.objects.filter(word__in=batch).values_list("word", "is_public"))
        new = [_row(word, is_public) for word in batch if word not in known]
        Word.objects.bulk_create(new, ignore_conflicts=True)
        if is_public and not all(known.values()):
            Word.objects.filter(word__in=batch, is_public=False).update(is_public=True)


def _row(word: str, is_public: bool) -> Word:
    letters = jamo(word)
    return Word(word=word, is_public=is_public, length=len(letters), head=letters[:2], tail=letters[-2:])
