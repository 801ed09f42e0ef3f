"""Putting objects into the index and taking them out, with totals that are exact at every commit."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from django.db import connection, models, transaction
from django.db.models import Max

from ecluster.search.models import Audience, DocumentFacet, FacetValue, SearchDocument, Word
from ecluster.search.sources import Document, Source, source_for, source_of
from ecluster.search.spelling import add_words
from ecluster.search.tokens import index_text
from ecluster.together import put_off

CHUNK = 500
_FIELDS = ("title", "audience", "a", "b", "c", "d", "signs")

Pair = tuple[str, str]  # a facet and its value
ValuesOf = dict[int, list[FacetValue]]  # by object
Totals = Counter[tuple[int, str]]  # (facet value, audience) -> change
ALL_OF_KIND: Pair = ("", "")


def index(objects: Iterable[models.Model]) -> None:
    """Brings the index in line with `objects`; call it inside the transaction that changed them."""
    for source, rows in _by_source(objects):
        if put_off(bring_in_line, _keys(source, rows)):
            continue
        for start in range(0, len(rows), CHUNK):
            _index_chunk(source, rows[start : start + CHUNK])


def remove(objects: Iterable[models.Model]) -> None:
    """Takes `objects` out; before or after they are deleted, while they still know their keys."""
    for source, rows in _by_source(objects):
        if not put_off(bring_in_line, _keys(source, rows)):
            _remove(source.kind, [row.pk for row in rows])


def bring_in_line(keys: list[tuple[str, int]]) -> None:
    """As `index()` and `remove()`, whichever each (kind, object) calls for now."""
    for kind, group in groupby(sorted(keys), key=itemgetter(0)):
        source, object_ids = source_of(kind), [object_id for _kind, object_id in group]
        for start in range(0, len(object_ids), CHUNK):
            chunk = object_ids[start : start + CHUNK]
            rows = list(source.model._default_manager.filter(pk__in=chunk))
            _remove(kind, sorted(set(chunk) - {row.pk for row in rows}))
            _index_chunk(source, rows)


def rebuild(kind: str) -> int:
    """Makes the index of one kind anew from its objects and answers how many there are. Readers see the old one until
    it is done (on SQLite writers wait)."""
    source = source_of(kind)
    with transaction.atomic():
        SearchDocument.objects.filter(kind=kind).delete()
        FacetValue.objects.filter(kind=kind).delete()
        rows: list[models.Model] = []
        for row in source.model._default_manager.order_by("pk").iterator(chunk_size=CHUNK):
            rows.append(row)
            if len(rows) == CHUNK:
                _index_chunk(source, rows)
                rows = []
        _index_chunk(source, rows)
        return SearchDocument.objects.filter(kind=kind).count()


def forget_words() -> None:
    """Drops the words that typos are measured against; rebuilding every kind brings the living ones back."""
    Word.objects.all().delete()


def _keys(source: Source, rows: list[models.Model]) -> list[tuple[str, int]]:
    return [(source.kind, row.pk) for row in rows]


def _by_source(objects: Iterable[models.Model]) -> Iterator[tuple[Source, list[models.Model]]]:
    grouped: dict[str, list[models.Model]] = {}
    for obj in objects:
        grouped.setdefault(source_for(obj).kind, []).append(obj)
    return ((source_of(kind), rows) for kind, rows in grouped.items())


def _hold(kind: str) -> None:
    """Who changes the index of one kind waits here for who does so already, so that no two hold its rows crosswise."""
    if connection.features.has_select_for_update:  # SQLite has one writer at a time anyway
        list(FacetValue.objects.select_for_update().filter(kind=kind, facet=ALL_OF_KIND[0]).order_by("pk"))


@transaction.atomic
def _index_chunk(source: Source, rows: list[models.Model]) -> None:
    _hold(source.kind)
    models.prefetch_related_objects(rows, *source.prefetch)
    documents = {row.pk: source.to_document(row) for row in rows}
    _remove(source.kind, [pk for pk, document in documents.items() if document is None])
    listed = {pk: document for pk, document in documents.items() if document is not None}
    if not listed:
        return
    old = _locked(source.kind, list(listed))
    audiences_before = {pk: row.audience for pk, row in old.items()}
    known = _facet_values(source.kind, {ALL_OF_KIND, *(pair for d in listed.values() for pair in _pairs(d))})
    values = {pk: [known[pair] for pair in {ALL_OF_KIND, *_pairs(document)}] for pk, document in listed.items()}
    _write(source.kind, listed, values, old)
    now = {row.object_id: row for row in SearchDocument.objects.filter(kind=source.kind, object_id__in=listed)}
    _write_facets(values, now, audiences_before)
    add_words(listed.values())


def _locked(kind: str, object_ids: list[int]) -> dict[int, SearchDocument]:
    found = SearchDocument.objects.select_for_update().filter(kind=kind, object_id__in=object_ids).order_by("pk")
    return {row.object_id: row for row in found}


def _write(kind: str, listed: dict[int, Document], values: ValuesOf, old: dict[int, SearchDocument]) -> None:
    rows = (_row(kind, pk, document, values[pk]) for pk, document in listed.items())
    changed = [row for row in rows if row.object_id not in old or _differs(row, old[row.object_id])]
    SearchDocument.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=_FIELDS
    )


def _row(kind: str, object_id: int, document: Document, values: list[FacetValue]) -> SearchDocument:
    return SearchDocument(
        kind=kind,
        object_id=object_id,
        title=document.title.replace("\0", "")[:300],
        audience=document.audience,
        a=index_text(document.text_a),
        b=index_text(document.text_b),
        c=index_text(document.text_c),
        d=index_text(document.text_d),
        signs="".join(sorted(value.sign for value in values if value.facet)),
    )


def _differs(row: SearchDocument, other: SearchDocument) -> bool:
    return any(getattr(row, field) != getattr(other, field) for field in _FIELDS)


def _write_facets(values: ValuesOf, now: dict[int, SearchDocument], audiences_before: dict[int, str]) -> None:
    """Facet rows as the documents say, and the totals moved by the difference."""
    wanted = {(value.pk, now[pk].pk) for pk, of_object in values.items() for value in of_object}
    had = set(DocumentFacet.objects.filter(document__in=now.values()).values_list("value_id", "document_id"))
    before = {now[pk].pk: audience for pk, audience in audiences_before.items()}
    after = {row.pk: row.audience for row in now.values()}
    changes: Totals = Counter((value, after[document]) for value, document in wanted)
    changes.subtract((value, before[document]) for value, document in had)
    _delete_facets(had - wanted)
    DocumentFacet.objects.bulk_create(
        [DocumentFacet(value_id=value, document_id=document) for value, document in sorted(wanted - had)]
    )
    _move_totals(changes)


def _pairs(document: Document) -> Iterator[Pair]:
    return ((facet, value[:200]) for facet, values in document.facets.items() for value in values if value)


def _facet_values(kind: str, pairs: set[Pair]) -> dict[Pair, FacetValue]:
    """All of `pairs`; a new one gets the next number. Who took that number meanwhile makes us take the one after."""
    found = _known_facet_values(kind, pairs)
    while missing := sorted(pairs - found.keys()):
        last = FacetValue.objects.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
        rows = [FacetValue(kind=kind, facet=f, value=v, number=n) for n, (f, v) in enumerate(missing, last + 1)]
        FacetValue.objects.bulk_create(rows, ignore_conflicts=True)
        found = _known_facet_values(kind, pairs)
    return found


def _known_facet_values(kind: str, pairs: set[Pair]) -> dict[Pair, FacetValue]:
    facets, values = zip(*pairs, strict=True)
    rows = FacetValue.objects.filter(kind=kind, facet__in=set(facets), value__in=set(values))
    return {(row.facet, row.value): row for row in rows if (row.facet, row.value) in pairs}


def _delete_facets(gone: set[tuple[int, int]]) -> None:
    by_document: dict[int, list[int]] = {}
    for value, document in sorted(gone):
        by_document.setdefault(document, []).append(value)
    for document, values in by_document.items():
        DocumentFacet.objects.filter(document_id=document, value_id__in=values).delete()


def _move_totals(changes: Totals) -> None:
    moved = {value for (value, _audience), change in changes.items() if change}
    rows = list(FacetValue.objects.select_for_update().filter(pk__in=moved).order_by("pk")) if moved else []
    for row in rows:
        row.public_total += changes[row.pk, Audience.PUBLIC]
        row.members_total += changes[row.pk, Audience.MEMBERS]
    FacetValue.objects.bulk_update(rows, ["public_total", "members_total"])


@transaction.atomic
def _remove(kind: str, object_ids: list[int]) -> None:
    _hold(kind)
    gone = _locked(kind, object_ids) if object_ids else {}
    audiences = {row.pk: row.audience for row in gone.values()}
    had = DocumentFacet.objects.filter(document__in=audiences).values_list("value_id", "document_id")
    changes: Totals = Counter()
    changes.subtract((value, audiences[document]) for value, document in had)
    SearchDocument.objects.filter(pk__in=audiences).delete()
    _move_totals(changes)
