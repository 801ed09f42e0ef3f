"""Each thing that must hold among imports is broken on purpose, and told."""

import pytest
from django_tasks_db.models import DBTaskResult

from members.actions import imports
from members.importing.invariants import check
from members.models import Import, ImportRow
from tests.factories.accounts import administrator
from tests.factories.imports import loaded, previewed, sheet

pytestmark = pytest.mark.django_db
LINES = ("기업명,구분,종업원수", "한빛정밀,기업,12", "대성기공,기업,40")


@pytest.fixture
def list_loaded(run_tasks):
    return loaded(administrator(), sheet(*LINES), run_tasks)


@pytest.fixture
def list_loading(run_tasks):
    """Asked for, and not taken up yet."""
    batch = previewed(administrator(), sheet(*LINES), run_tasks)
    imports.load(batch=batch, by=batch.handled_by)
    return batch


def test_what_the_actions_leave_holds_at_every_step(list_loading, run_tasks):
    assert list(check()) == []
    run_tasks()
    assert list(check()) == []


def test_rows_may_go_with_their_sheet(list_loaded):
    imports.work.erase(list_loaded, by=None)
    assert list(check()) == []


def test_a_loaded_import_without_its_rows_is_told(list_loaded):
    ImportRow.objects.filter(number=2).delete()
    assert list(check()) == [f"Import {list_loaded.pk} counts 2 rows and keeps 1."]


def test_a_load_of_nothing_is_told(list_loaded):
    Import.objects.update(added=0, unchanged=2)
    assert list(check()) == [f"Import {list_loaded.pk} is loaded, and there was nothing to load."]


def test_a_load_that_no_task_is_at_work_on_is_told(list_loading):
    DBTaskResult.objects.all().delete()
    assert list(check()) == [f"Import {list_loading.pk} is loading, and no task is at work on it."]


def test_a_load_whose_task_ended_without_it_is_told(list_loading, run_tasks):
    run_tasks()
    Import.objects.update(status="loading", loaded_at=None)
    assert list(check()) == [f"Import {list_loading.pk} is loading, and no task is at work on it."]
