"""Figures as pictures: plain numbers in, coordinates out. The templates of `components/` draw them as SVG.

Coordinates are percentages of the plot, so a chart fits any width while its text keeps its size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, floor, log10
from typing import TypeVar

from django.utils.functional import Promise

Text = str | Promise
Number = int | float
T = TypeVar("T")

LABELS_AT_MOST = 8
DOTS_AT_MOST = 31
COLOURS = 6


@dataclass(frozen=True)
class Series:
    """One line: a value for each label of its chart, None where nothing is known."""

    label: Text
    values: Sequence[Number | None]


@dataclass(frozen=True)
class Tick:
    at: str
    label: Text
    is_minor: bool = False


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    label: Text
    value: Number


@dataclass(frozen=True)
class Line:
    label: Text
    colour: int
    dots: list[Dot]
    strokes: list[tuple[Dot, Dot]]
    shows_dots: bool


@dataclass(frozen=True)
class LineChart:
    """Hashable by its figures, so that a chart that was drawn before is known again; its parts follow from them."""

    title: Text
    unit: Text
    labels: tuple[Text, ...]
    series: tuple[Series, ...]

    @cached_property
    def steps(self) -> list[int]:
        return _steps(max((v for s in self.series for v in s.values if v is not None), default=0))

    @cached_property
    def lines(self) -> list[Line]:
        return [_line(s, colour, self.labels, self.steps[-1]) for colour, s in _coloured(self.series)]

    @property
    def heights(self) -> list[Tick]:
        return [Tick(_percent(1 - step / self.steps[-1]), f"{step:,}") for step in self.steps]

    @property
    def label_ticks(self) -> list[Tick]:
        return _label_ticks(self.labels)

    @property
    def rows(self) -> list[tuple[Text, list[Number | None]]]:
        return [(label, [s.values[i] for s in self.series]) for i, label in enumerate(self.labels)]


@dataclass(frozen=True)
class Part:
    """A bar of a bar chart, or a segment of a whole. `share` is its part of the sum in percent."""

    label: Text
    value: Number
    url: str
    colour: int
    start: str
    width: str
    share: int


@dataclass(frozen=True)
class BarChart:
    title: Text
    unit: Text
    parts: list[Part]
    total: Number


def line_chart(title: Text, labels: Sequence[Text], series: Sequence[Series], *, unit: Text = "") -> LineChart:
    """Lines over the same `labels`, from zero up."""
    return LineChart(title, unit, tuple(labels), tuple(Series(s.label, tuple(s.values)) for s in series))


def bar_chart(title: Text, values: Iterable[tuple], *, unit: Text = "") -> BarChart:
    """Bars side by side from (label, value) or (label, value, url), as long as they are big."""
    rows = [_with_url(row) for row in values]
    longest = max((value for _, value, _ in rows), default=0) or 1
    total = sum(value for _, value, _ in rows)
    parts = [
        Part(label, value, url, 1, "0%", _percent(value / longest), _share(value, total)) for label, value, url in rows
    ]
    return BarChart(title, unit, parts, total)


def segments(title: Text, values: Iterable[tuple], *, unit: Text = "") -> BarChart:
    """The parts of one whole, one after the other, from (label, value) or (label, value, url)."""
    rows = [_with_url(row) for row in values]
    total = sum(value for _, value, _ in rows)
    parts: list[Part] = []
    before: Number = 0
    for colour, (label, value, url) in _coloured(rows):
        start, width = _percent(before / (total or 1)), _percent(value / (total or 1))
        parts.append(Part(label, value, url, colour, start, width, _share(value, total)))
        before += value
    return BarChart(title, unit, parts, total)


def _line(series: Series, colour: int, labels: Sequence[Text], top: Number) -> Line:
    dots = [
        None if value is None else Dot(_across(i, len(labels)), _percent(1 - value / top), labels[i], value)
        for i, value in enumerate(series.values)
    ]
    return Line(
        label=series.label,
        colour=colour,
        dots=[dot for dot in dots if dot],
        strokes=[(a, b) for a, b in pairwise(dots) if a and b],
        shows_dots=len(labels) <= DOTS_AT_MOST,
    )


def _steps(highest: Number) -> list[int]:
    """Round numbers from zero to at least `highest`, about five of them."""
    if highest <= 0:
        return [0, 1]
    rough = max(highest / 4, 1)
    magnitude = 10 ** floor(log10(rough))
    step: int = next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= rough)
    return [step * i for i in range(ceil(highest / step) + 1)]


def _label_ticks(labels: Sequence[Text]) -> list[Tick]:
    every = ceil(len(labels) / LABELS_AT_MOST) or 1
    shown = range(0, len(labels), every)
    return [Tick(_across(i, len(labels)), labels[i], is_minor=bool(n % 2)) for n, i in enumerate(shown)]


def _coloured(rows: Iterable[T]) -> Iterable[tuple[int, T]]:
    return ((i % COLOURS + 1, row) for i, row in enumerate(rows))


def _with_url(row: tuple) -> tuple:
    return row if len(row) == 3 else (*row, "")


def _across(index: int, count: int) -> str:
    return _percent(index / (count - 1)) if count > 1 else "50%"


def _share(value: Number, total: Number) -> int:
    return round(100 * value / total) if total else 0


def _percent(fraction: float) -> str:
    return f"{100 * fraction:.2f}%"
