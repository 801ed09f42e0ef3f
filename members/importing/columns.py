"""What a kind of import is, as data: a table of columns, and a planner that knows what its rows change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from members.importing.cells import Parser

if TYPE_CHECKING:
    from members.importing.rows import Planner
    from members.importing.vocabulary import Vocabulary


@dataclass(frozen=True)
class Column:
    """`synonyms`: headings it goes by, beside its label in Korean and English.

    `choices`: the few values it may have; the person says which word of the sheet means which.
    `is_one_for_all`: a text may be given for the rows where it is blank.
    `has_words`: its words are looked up, and the person may have unknown ones left out.
    `fits`: whether these values of the sheet look like it, where the heading alone doesn't tell.
    """

    key: str
    label: str | Promise
    parse: Parser
    synonyms: tuple[str | Promise, ...] = ()
    help_text: str | Promise = ""
    is_required: bool = False
    choices: "Callable[[Vocabulary], list[tuple[str, str]]] | None" = None
    has_words: bool = False
    is_one_for_all: bool = False
    fits: "Callable[[dict[str, int], Vocabulary], bool] | None" = None


@dataclass(frozen=True)
class Kind:
    """`one_of`: at least one of these columns must be in the sheet, and filled in every row."""

    key: str
    label: str | Promise
    lead: str | Promise
    columns: tuple[Column, ...]
    planner: "type[Planner]"
    one_of: tuple[str, ...] = ()

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)
