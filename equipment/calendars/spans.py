"""Stretches of time: what is left of one when others are taken out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Block:
    """Something that keeps a machine from being booked; `label` and `url` only as far as the reader may know."""

    kind: str  # booking, mine, request, outage, offer
    starts_at: datetime
    ends_at: datetime
    label: str
    url: str = ""

    @property
    def keeps_others_off(self) -> bool:
        return self.kind != "request"


def within(spans: Iterable[Span], starts_at: datetime, ends_at: datetime) -> list[Span]:
    cut = ((max(start, starts_at), min(end, ends_at)) for start, end in spans)
    return [(start, end) for start, end in cut if start < end]


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """`spans`, which are in order and apart, less `taken`, which may be in any order and overlap."""
    left = list(spans)
    for from_, to in sorted(taken):
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, from_)), (max(start, to), end))
            if piece[0] < piece[1]
        ]
    return left


def minutes(spans: Iterable[Span]) -> int:
    return round(sum((end - start).total_seconds() for start, end in spans) / 60)
