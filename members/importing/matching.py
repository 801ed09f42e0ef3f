"""Which organisation a row is about: by its registration number, its identifier in an outside list, else its name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from members import registration_number
from members.duplicates import plain_name
from members.importing.cells import plain
from members.models import Organisation

_KNOWN = ("pk", "merged_into", "registration_number", "external_id", "name_ko", "name_en")


@dataclass(frozen=True)
class Identity:
    """`ref`: the organisation's key, or the number of the row."""

    ref: int
    number: str | None
    external: str | None
    ko: str
    en: str

    @classmethod
    def of(cls, ref: int, number: str | None, external: str | None, name_ko: str, name_en: str) -> "Identity":
        return cls(ref, number or None, external or None, _plain(name_ko), _plain(name_en))

    @property
    def keys(self) -> list[tuple[str, str]]:
        pairs = (("number", self.number), ("external", self.external), ("ko", self.ko), ("en", self.en))
        return [(kind, value) for kind, value in pairs if value]

    def may_be(self, other: "Identity") -> bool:
        """Whether the same name means the same one. Identifiers that differ say no; the Korean name decides where both
        have one, since many firms share a name once it is written in English."""
        for mine, theirs in ((self.number, other.number), (self.external, other.external)):
            if mine and theirs and mine != theirs:
                return False
        return self.ko == other.ko if self.ko and other.ko else True


class Identities:
    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], list[Identity]] = defaultdict(list)

    def add(self, identity: Identity) -> None:
        for key in identity.keys:
            self._by_key[key].append(identity)

    def same_as(self, identity: Identity) -> set[int]:
        """More than one where it can't be told which."""
        sure = {same.ref for key in identity.keys[:2] if key[0] in ("number", "external") for same in self._found(key)}
        if sure:
            return sure
        named = (same for key in identity.keys if key[0] in ("ko", "en") for same in self._found(key))
        return {same.ref for same in named if identity.may_be(same)}

    def _found(self, key: tuple[str, str]) -> list[Identity]:
        return self._by_key.get(key, [])


def known_among(wanted: Iterable[Identity]) -> Identities:
    """What the portal has that bears a key of `wanted`. All organisations pass by once; only these are kept."""
    keys = {key for identity in wanted for key in identity.keys}
    found = Identities()
    for identity in _all_known():
        if not keys.isdisjoint(identity.keys):
            found.add(identity)
    return found


def known_by_words(words: Iterable[str]) -> dict[str, set[int]]:
    """{word: organisations} for words that are a name, a registration number or an identifier."""
    wanted = {word: _as_identities(word) for word in set(words)}
    known = known_among(identity for identities in wanted.values() for identity in identities)
    return {word: next(filter(None, map(known.same_as, tries)), set()) for word, tries in wanted.items()}


def _as_identities(word: str) -> list[Identity]:
    digits = "".join(c for c in word if c.isdigit())
    number = digits if len(digits) == 10 and registration_number.is_valid(digits) else None
    return [
        Identity(0, number, None, "", ""),
        Identity(0, None, word, "", ""),
        Identity.of(0, None, None, word, ""),
        Identity.of(0, None, None, "", word),
    ]


def _all_known() -> Iterator[Identity]:
    """One that was merged stands for what it became."""
    rows = Organisation.objects.order_by().values_list(*_KNOWN).iterator(2000)
    for pk, merged_into, number, external, ko, en in rows:
        yield Identity.of(merged_into or pk, number, external, ko, en)


def _plain(name: str) -> str:
    return plain_name(name) or plain(name)
