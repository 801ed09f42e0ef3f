"""Making the index anew, and noticing when it is wrong."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ecluster.search import engine as search
from ecluster.search.invariants import check
from ecluster.search.models import FacetValue, SearchDocument, Word
from tests.search.shelf import VISITOR, ids


def test_reindex_restores_what_was_lost_and_drops_what_is_gone(shelf):
    kept = shelf.put(title="한빛", b="금형", facets={"class": ["company"]})
    gone = shelf.put(title="지난", b="금형", facets={"class": ["company"]})
    gone.delete()
    SearchDocument.objects.filter(object_id=kept.pk).delete()
    Word.objects.create(word="지난말", length=9, head="지난말"[:2], tail="말"[:2])
    told = StringIO()

    call_command("reindex", stdout=told)

    assert told.getvalue() == "thing: 1 documents\nbody: 0 documents\n"
    assert ids("금형") == {kept.pk}
    assert search.total(search.Query("thing", "", VISITOR)) == search.Total(1)
    assert not Word.objects.filter(word="지난말").exists()
    assert list(check()) == []


def test_reindex_of_one_kind_leaves_the_others(shelf, member):
    row = shelf.put(a="심의", kind="body")
    SearchDocument.objects.filter(kind="body").delete()

    call_command("reindex", "thing", stdout=StringIO())
    assert ids("심의", member, "body") == set()
    call_command("reindex", "body", stdout=StringIO())
    assert ids("심의", member, "body") == {row.pk}


def test_reindex_of_an_unknown_kind_says_which_there_are(shelf):
    with pytest.raises(CommandError, match="There is no kind “teapot”; there are: thing, body"):
        call_command("reindex", "teapot")


def test_a_wrong_total_is_told(shelf):
    shelf.put(facets={"class": ["company"]})
    FacetValue.objects.filter(facet="class").update(public_total=7)

    assert list(check()) == [
        "Search: the stored totals of “thing: class=company” are (7, 0), its documents are (1, 0)."
    ]


def test_signs_that_are_not_those_of_the_facet_values_are_told(shelf):
    row = shelf.put(title="한빛", facets={"class": ["company"]})
    SearchDocument.objects.update(signs="")

    assert list(check()) == [
        f"Search: the signs of “thing {row.pk}: 한빛” are not those of its facet values; run `manage.py reindex`."
    ]


def test_a_document_whose_object_is_gone_is_told(shelf):
    row = shelf.put(title="한빛")
    pk = row.pk
    row.delete()

    assert list(check()) == [f"Search: the document “thing {pk}: 한빛” is about an object that is gone."]


def test_an_object_that_is_not_found_is_told(shelf):
    row = shelf.make(title="한빛")

    assert list(check()) == [f"Search: thing {row.pk} is listed and not found."]


def test_an_unlisted_object_that_is_found_is_told(shelf):
    row = shelf.put(title="한빛")
    shelf.documents["thing", row.pk] = None

    assert list(check()) == [f"Search: thing {row.pk} is found although it is not listed."]


def test_a_full_text_table_out_of_line_is_told(shelf):
    if connection.vendor != "sqlite":
        return  # PostgreSQL's columns follow from the row and can't differ
    shelf.put(title="한빛", a="금형")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_fts (search_fts) VALUES ('delete-all')")

    assert list(check()) == ["Search: the full-text table is not in line with the documents; run `manage.py reindex`."]
