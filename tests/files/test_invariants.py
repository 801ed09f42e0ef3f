"""Each invariant, broken on purpose, is told."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from ecluster.files import actions
from ecluster.files.invariants import check
from tests.factories.memberships import newcomer
from tests.files.samples import NOW, picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return actions.store(upload=upload(picture(), "a.png"), target=newcomer(), by=None)


@pytest.fixture
def orphan():
    path = default_storage.save("or/phan", ContentFile(b"left behind"))
    yield path
    default_storage.delete(path)


def test_stored_files_are_in_order(file):
    assert list(check(NOW)) == []


def test_content_that_no_row_names_is_told_and_swept(orphan, monkeypatch):
    assert list(check(NOW)) == [f"Orphan file: no row names {orphan}."]
    call_command("sweep_files", minutes=0, verbosity=0)
    assert list(check(NOW)) == []


def test_content_that_a_transaction_may_still_name_is_left_alone(orphan):
    call_command("sweep_files", verbosity=0)
    assert (default_storage.exists(orphan), list(check())) == (True, [])


def test_missing_content_is_told(file):
    default_storage.delete(file.blob.name)
    default_storage.delete(file.thumbnail.name)
    assert list(check()) == [
        f"File {file.pk} (a.png): its thumbnail is missing.",
        f"File {file.pk} (a.png): its content is missing.",
    ]


def test_changed_content_is_told(file):
    with default_storage.open(file.blob.name, "wb") as content:
        content.write(b"something else")
    assert list(check()) == [f"File {file.pk} (a.png): its content is not what was stored."]


def test_a_file_without_its_record_is_told(file):
    type(file).objects.update(target_id=10**9)
    assert list(check()) == [f"File {file.pk} (a.png): the record that it hangs on does not exist."]
