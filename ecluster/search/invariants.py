"""What must be true of the index; each problem is told in a sentence."""

from collections import defaultdict
from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Q

from ecluster.search.dialects import sqlite
from ecluster.search.models import DocumentFacet, FacetValue, SearchDocument
from ecluster.search.sources import Source, all_sources


def check() -> Iterator[str]:
    yield from _wrong_totals()
    yield from _wrong_signs()
    for source in all_sources():
        yield from _unlike_objects(source)
    known = [source.kind for source in all_sources()]
    for kind in SearchDocument.objects.exclude(kind__in=known).values_list("kind", flat=True).distinct():
        yield f"Search: there are documents of the kind “{kind}”, which nothing registers."
    yield from _full_text_problems()


def _wrong_totals() -> Iterator[str]:
    rows = DocumentFacet.objects.values_list("value").annotate(
        public=Count("pk", filter=Q(document__audience="public")),
        members=Count("pk", filter=Q(document__audience="members")),
    )
    counted = {value: (public, members) for value, public, members in rows}
    for value in FacetValue.objects.iterator():
        stored, true = (value.public_total, value.members_total), counted.get(value.pk, (0, 0))
        if stored != true:
            yield f"Search: the stored totals of “{value}” are {stored}, its documents are {true}."
    uncounted = SearchDocument.objects.exclude(facets__value__facet="").count()
    if uncounted:
        yield f"Search: {uncounted} documents are in no total of their kind."


def _wrong_signs() -> Iterator[str]:
    signs: dict[int, list[str]] = defaultdict(list)
    rows = DocumentFacet.objects.exclude(value__facet="").values_list("document_id", "value__number")
    for key, number in rows.iterator():
        signs[key].append(chr(number))
    for document in SearchDocument.objects.only("pk", "kind", "object_id", "title", "signs").iterator():
        if document.signs != "".join(sorted(signs[document.pk])):
            yield f"Search: the signs of “{document}” are not those of its facet values; run `manage.py reindex`."


def _unlike_objects(source: Source) -> Iterator[str]:
    objects = source.model._default_manager
    orphans = SearchDocument.objects.filter(kind=source.kind).exclude(object_id__in=objects.values("pk"))
    for document in orphans:
        yield f"Search: the document “{document}” is about an object that is gone."
    indexed = set(SearchDocument.objects.filter(kind=source.kind).values_list("object_id", flat=True))
    for row in objects.iterator(chunk_size=500):
        if (source.to_document(row) is not None) != (row.pk in indexed):
            told = "is found although it is not listed" if row.pk in indexed else "is listed and not found"
            yield f"Search: {source.kind} {row.pk} {told}."


def _full_text_problems() -> Iterator[str]:
    """PostgreSQL's columns follow from the row by themselves; SQLite's table must say the same as the documents."""
    if connection.vendor != "sqlite":
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sqlite.CHECK)
    except DatabaseError:
        yield "Search: the full-text table is not in line with the documents; run `manage.py reindex`."
