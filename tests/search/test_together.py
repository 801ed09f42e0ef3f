"""Many changes in one transaction are indexed once, at its end, and as if one by one."""

import pytest

from ecluster.search import engine as search
from ecluster.search.invariants import check
from ecluster.search.models import SearchDocument
from ecluster.together import together
from tests.search.shelf import VISITOR

pytestmark = pytest.mark.django_db


def found(text: str) -> list[int]:
    return search.ranked_ids(search.Query("thing", text, VISITOR), 0, 10)


def test_what_changes_meanwhile_is_found_when_it_is_over_and_not_before(shelf):
    with together():
        row = shelf.put(title="spindle", a="spindle")
        assert found("spindle") == []
    assert found("spindle") == [row.pk]


def test_what_was_removed_meanwhile_is_not_found(shelf):
    with together():
        row = shelf.put(title="spindle", a="spindle")
        shelf.documents["thing", row.pk] = None
        search.remove([row])
    assert found("spindle") == []


def test_what_was_deleted_meanwhile_leaves_nothing_behind(shelf):
    row = shelf.put(title="spindle", a="spindle")
    with together():
        search.remove([row])
        row.delete()
    assert SearchDocument.objects.count() == 0


def test_many_changes_within_another_waits_for_the_outer_one(shelf):
    with together():
        with together():
            row = shelf.put(title="spindle", a="spindle")
        assert found("spindle") == []
    assert found("spindle") == [row.pk]


def test_what_failed_is_forgotten(shelf):
    with pytest.raises(RuntimeError), together():
        shelf.put(title="spindle", a="spindle")
        raise RuntimeError
    assert found("spindle") == []


def test_the_totals_are_right_after_it(shelf):
    shelf.put(title="spindle", a="spindle", facets={"class": ["company"]})
    with together():
        for _number in range(3):
            shelf.put(title="bearing", a="bearing", facets={"class": ["company"]})
    assert list(check()) == []
