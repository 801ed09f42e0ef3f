"""What can be searched: each app's `search.py` registers a `Source` a kind, and says what its documents are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise

from ecluster.search.models import Audience
from ecluster.search.statements import Sql


@dataclass(frozen=True)
class Document:
    """An object as the index sees it. Each text is a list of strings; nothing is found across two of them.

    `facets` is {facet: values}. Counts are shown to all of the audience: a facet tells nothing that the audience may
    not see.
    """

    title: str
    text_a: Iterable[str] = ()  # its names
    text_b: Iterable[str] = ()  # what it is at its core
    text_c: Iterable[str] = ()  # what it only mentions
    text_d: Iterable[str] = ()  # what only the members' side sees of it
    audience: Audience = Audience.PUBLIC
    facets: Mapping[str, Iterable[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A kind of thing that is found. `to_document` answers None for an object that is not listed.

    `summary` is the line under a hit, in the reader's language, from texts that everybody who sees the object may read.
    A `restricted` kind has rows for some eyes only: its hits are those of `model.objects.visible_to(user)`.
    Where single objects are: their documents' audience is RESTRICTED, and `beyond` answers which of those objects a
    person sees (or SQL of their keys; None: none, which keeps the stored counts true for them).
    `list_url` names the address of its list, which takes `?q=`. `prefetch`: what `to_document` reads besides an
    object's own fields, so that many objects take as many statements as one; `joined`: what its name and summary read.
    """

    kind: str
    model: type[models.Model]
    label: str | Promise
    to_document: Callable[[Any], Document | None]
    summary: Callable[[Any], str] = lambda obj: ""
    restricted: bool = False
    beyond: Callable[[Any], models.QuerySet | Sql | None] = lambda user: None
    list_url: str = ""
    prefetch: Sequence[str] = ()
    joined: Sequence[str] = ()


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    other = _sources.setdefault(source.kind, source)
    if other.model is not source.model:
        raise ValueError(f"The kind {source.kind!r} is {other.model.__name__}'s already.")


def source_of(kind: str) -> Source:
    return _sources[kind]


def source_for(obj: models.Model) -> Source:
    return next(source for source in _sources.values() if isinstance(obj, source.model))


def all_sources() -> list[Source]:
    return list(_sources.values())
