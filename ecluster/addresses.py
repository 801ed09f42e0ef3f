"""The links of a list: the address it was asked for with a word more, or some fewer."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import QueryDict

# Words of the address that say which part of the list is shown, not which list: they fall away when filters change.
PLACE = ("page", "after", "before", "format")


class Address:
    """The words of an address but those of PLACE, each encoded once however many links are made of them.

    What it answers is a query string without the question mark.
    """

    def __init__(self, params: QueryDict) -> None:
        asked = [(name, value) for name, values in params.lists() if name not in PLACE for value in values]
        self.words = [(name, value, urlencode([(name, value)])) for name, value in asked]

    def but(self, *names: str) -> str:
        return self._of(lambda name, value: name not in names)

    def but_value(self, name: str, value: str) -> str:
        """One of the values of a word away, the others stay."""
        return self._of(lambda other, its_value: (other, its_value) != (name, value))

    def adding(self, **words: str | int) -> str:
        return "&".join([*(encoded for _name, _value, encoded in self.words), urlencode(words)])

    def saying(self, name: str, value: str) -> str:
        """`name` has this value and no other."""
        others = [encoded for other, _value, encoded in self.words if other != name]
        return "&".join([*others, urlencode([(name, value)])])

    def _of(self, is_kept: Callable[[str, str], bool]) -> str:
        return "&".join(encoded for name, value, encoded in self.words if is_kept(name, value))
