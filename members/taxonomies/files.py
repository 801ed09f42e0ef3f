"""Reads the tables in this folder (LICENCE.md says where they come from)."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from members.models import Industry

FOLDER = Path(__file__).parent
CLASSIFICATIONS: dict[str, str] = {Industry.Scheme.KSIC: "ksic10.csv", Industry.Scheme.NACE: "nace2.csv"}
NAMED_IN: dict[str, str] = {Industry.Scheme.KSIC: "name_ko", Industry.Scheme.NACE: "name_en"}


class Entry(NamedTuple):
    code: str
    parent: str
    level: int
    name: str


def classification(scheme: str) -> list[Entry]:
    """All entries of `scheme`, sections first."""
    rows = _rows(CLASSIFICATIONS[scheme])
    entries = [Entry(row["code"], row["parent"], int(row["level"]), row["name"]) for row in rows]
    return sorted(entries, key=lambda entry: (entry.level, entry.code))


def vocabulary() -> list[dict[str, str]]:
    """The starting vocabulary: rows of kind, slug, name_ko, name_en, synonyms."""
    return list(_rows("terms.csv"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
