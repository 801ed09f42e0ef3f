"""Reads the tables in `data/` (its LICENCE.md says where they come from)."""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def trades() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in table("trades")}


def pairs(text: str) -> list[tuple[str, str]]:
    """“고속 주축=high-speed spindle|…” as pairs of Korean and English."""
    return [tuple(part.split("=", 1)) for part in text.split("|") if part]  # type: ignore[misc]
