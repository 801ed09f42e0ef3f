"""What Korean grammar hangs on a noun, taken off a reader's word; a text's own words stay as they are.

The particles that have two shapes tell a particle from a noun's last syllable: 전문가 keeps its 가, because the
particle 가 never follows a final consonant.
"""

from collections.abc import Iterator

_AFTER_CONSONANT = ("으로서", "으로써", "으로", "이나", "이랑", "을", "은", "이", "과")
_AFTER_VOWEL = ("를", "는", "가", "와")
_AFTER_ANY = ("에서의", "에서는", "에서", "에게", "에는", "에도", "으로의", "부터", "까지", "처럼", "보다", "의", "에")
# Last syllables of many nouns too (전기로, 정밀도): taken for particles only in whole sentences.
_IN_SENTENCES = ("라서", "이라", "로", "도", "만")
_VERB_ENDINGS = (
    "했습니다", "됐습니다", "되었습니다", "하였습니다", "하고자", "하려고", "합니다", "입니다", "습니다", "됩니다",
    "하는데", "되는데", "하면서", "되면서", "하기", "하는", "되는", "하고", "되고", "하여", "되어", "해서", "돼서",
    "하면", "되면", "시키는", "시킬", "하려", "했는데", "한다", "된다", "할", "한", "된", "될", "해",
)  # fmt: skip


def without_particle(run: str, *, sentence: bool = False, at_least: int = 2) -> str:
    """`run` without the particle (in a sentence also the verb ending) at its end, where `at_least` syllables stay."""
    longest = max(_endings(run, sentence, at_least), key=len, default="")
    return run[: len(run) - len(longest)]


def halves(run: str) -> tuple[str, ...]:
    """The likely nouns of a compound: most are made of two syllables each (사출성형 -> 사출, 성형)."""
    return (run[:2], run[-2:]) if len(run) >= 4 else ()


def _endings(run: str, sentence: bool, at_least: int) -> Iterator[str]:
    for ending in _AFTER_ANY + _AFTER_CONSONANT + _AFTER_VOWEL + (_IN_SENTENCES + _VERB_ENDINGS if sentence else ()):
        rest = run.removesuffix(ending)
        if rest != run and len(rest) >= at_least and _agrees(rest, ending):
            yield ending


def _agrees(rest: str, ending: str) -> bool:
    if not rest or not "가" <= rest[-1] <= "힣":
        return True
    has_final_consonant = (ord(rest[-1]) - ord("가")) % 28 != 0
    if ending in _AFTER_CONSONANT:
        return has_final_consonant
    return ending not in _AFTER_VOWEL or not has_final_consonant
