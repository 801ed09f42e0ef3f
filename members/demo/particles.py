"""Korean particles, which depend on how the word before them ends."""


def _ends_in_consonant(word: str) -> bool:
    last = word.rstrip(")㈜ ")[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28 != 0
    return last in "0136780lmnrLMNR"


def object_of(word: str) -> str:
    return word + ("을" if _ends_in_consonant(word) else "를")


def and_(word: str) -> str:
    return word + ("과" if _ends_in_consonant(word) else "와")
