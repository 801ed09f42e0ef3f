"""Uploading a sheet, and saying which of its columns is which."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecluster.files.forms import CheckedFileField
from ecluster.files.kinds import SHEETS
from members.importing.columns import Column, Kind
from members.importing.mapping import LEAVE_BLANK, Heading, Mapping, meaning
from members.importing.vocabulary import Vocabulary
from members.models.imports import kind_choices

MOST_WORDS = 40


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What does it list?"),
        choices=kind_choices,
        widget=forms.RadioSelect,
        initial="organisations",
    )
    file = CheckedFileField(
        label=gettext_lazy("Spreadsheet"),
        kinds=SHEETS,
        help_text=gettext_lazy(
            "XLSX or CSV, with headings in the first row. CSV may be in UTF-8 or, as Korean Excel saves it, CP949."
        ),
    )


@dataclass
class ColumnFields:
    """The fields for one column of the portal, as the page draws them."""

    column: Column
    heading: BoundField
    fixed: BoundField | None
    samples: list[str]
    meanings: list[BoundField] = field(default_factory=list)
    lenient: BoundField | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.meanings or self.lenient)


class MappingForm(forms.Form):
    """A choice of heading for each column of `kind`; for what is one of a few values, what the sheet's words mean."""

    def __init__(self, data=None, *, kind: Kind, headings: list[Heading], mapping: Mapping) -> None:
        super().__init__(data, initial=_initial(mapping))
        self.kind, self.headings = kind, {heading.heading: heading for heading in headings}
        self.vocabulary, self.old = Vocabulary(), mapping
        self._words: dict[str, dict[str, str]] = {}  # column -> {field: word of the sheet}
        for column in kind.columns:
            self._add(column)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        for column in self.kind.columns:
            if column.is_required and not (cleaned.get(f"heading_{column.key}") or cleaned.get(f"fixed_{column.key}")):
                self.add_error(f"heading_{column.key}", _("Say which column it is, or give one value for all rows."))
        if self.kind.one_of and not any(cleaned.get(f"heading_{key}") for key in self.kind.one_of):
            names = ", ".join(str(self.kind.column(key).label) for key in self.kind.one_of)
            error = _("One of these must be in the sheet: %(columns)s.") % {"columns": names}
            self.add_error(f"heading_{self.kind.one_of[0]}", ValidationError(error))
        return cleaned

    def mapping(self) -> Mapping:
        return self._mapping_of(self.cleaned_data)

    def mapping_so_far(self) -> Mapping:
        """Of what was sent, sound or not: to ask what the words of newly chosen columns mean."""
        return self._mapping_of({name: self.data.get(name, "") for name in self.fields})

    @property
    def rows(self) -> Iterator[ColumnFields]:
        for column in self.kind.columns:
            fixed, lenient = f"fixed_{column.key}", f"lenient_{column.key}"
            chosen = self.headings.get(self._chosen(column))
            yield ColumnFields(
                column,
                self[f"heading_{column.key}"],
                self[fixed] if fixed in self.fields else None,
                chosen.samples if chosen else [],
                [self[name] for name in self._words.get(column.key, {})],
                self[lenient] if lenient in self.fields else None,
            )

    def _add(self, column: Column) -> None:
        headings = [("", _("not in the sheet")), *((name, name) for name in self.headings)]
        self.fields[f"heading_{column.key}"] = forms.ChoiceField(
            label=str(column.label), choices=headings, required=False, help_text=str(column.help_text)
        )
        if column.choices:
            options = column.choices(self.vocabulary)
            self.fields[f"fixed_{column.key}"] = forms.ChoiceField(
                label=_("%(column)s where it is blank") % {"column": column.label},
                choices=[("", _("leave blank")), *options],
                required=False,
            )
            self._add_meanings(column, options)
        elif column.is_one_for_all:
            self.fields[f"fixed_{column.key}"] = forms.CharField(
                label=_("%(column)s where it is blank") % {"column": column.label}, max_length=200, required=False
            )
        if column.has_words and self._chosen(column):
            self.fields[f"lenient_{column.key}"] = forms.BooleanField(
                label=_("Leave out words that are not known here, instead of telling them as errors"), required=False
            )

    def _add_meanings(self, column: Column, options: list[tuple[str, str]]) -> None:
        """What is understood is shown where it is one of a few fixed values; of terms only what is not known."""
        heading = self.headings.get(self._chosen(column))
        words: dict[str, str] = {}
        for word, times in heading.values.items() if heading else []:
            known = meaning(column.parse, word, self.vocabulary)
            if len(words) == MOST_WORDS or (known and not isinstance(known, str)):
                continue
            name = f"meaning_{column.key}_{_short(heading.heading, word)}"  # type: ignore[union-attr]
            words[name] = word
            self.fields[name] = forms.ChoiceField(
                label=f"{word} ({times})",
                choices=[("", _("an error")), *options, (LEAVE_BLANK, _("leave blank"))],
                required=False,
                initial=self.old.meanings.get(column.key, {}).get(word) or known or "",
            )
        self._words[column.key] = words

    def _chosen(self, column: Column) -> str:
        name = f"heading_{column.key}"
        return self.data.get(name, "") if self.is_bound else self.initial.get(name, "")

    def _mapping_of(self, values: dict) -> Mapping:
        columns = self.kind.columns
        given = {c.key: {w: values[n] for n, w in self._words.get(c.key, {}).items() if values.get(n)} for c in columns}
        return Mapping(
            headings={c.key: values[f"heading_{c.key}"] for c in columns if values.get(f"heading_{c.key}")},
            fixed={c.key: values[f"fixed_{c.key}"] for c in columns if values.get(f"fixed_{c.key}")},
            meanings={key: words for key, words in given.items() if words},
            lenient=[c.key for c in columns if values.get(f"lenient_{c.key}")],
        )


def _initial(mapping: Mapping) -> dict:
    headings = {f"heading_{key}": heading for key, heading in mapping.headings.items()}
    fixed = {f"fixed_{key}": text for key, text in mapping.fixed.items()}
    return headings | fixed | {f"lenient_{key}": True for key in mapping.lenient}


def _short(heading: str, word: str) -> str:
    """The same word under another heading is another question."""
    return hashlib.sha256(f"{heading}\0{word}".encode()).hexdigest()[:10]
