"""Storing and removing: rows and blobs stay in step, and what isn't picture stays behind."""

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from ecluster.audit.models import AuditEntry
from ecluster.files import actions
from ecluster.files.blobs import orphans
from ecluster.files.kinds import RefusedFile
from ecluster.files.models import StoredFile
from tests.factories.accounts import BodyFactory, UserFactory
from tests.factories.memberships import newcomer
from tests.files import samples
from tests.files.samples import NOW, picture, upload

pytestmark = pytest.mark.django_db


def stored(content: bytes = samples.PDF, name: str = "plan.pdf", **facts) -> StoredFile:
    facts = {"target": newcomer(), "by": None} | facts
    return actions.store(upload=upload(content, name), **facts)


def test_a_file_is_kept_as_it_came_and_the_change_is_recorded_with_its_record():
    organisation, person = newcomer(), UserFactory()
    file = stored(target=organisation, slot="plan", by=person)
    assert (file.name, file.content_type, file.size) == ("plan.pdf", "application/pdf", len(samples.PDF))
    assert file.blob.open().read() == samples.PDF
    assert (file.uploaded_by, file.target, file.get_thumbnail_url()) == (person, organisation, "")
    entry = AuditEntry.objects.about(organisation).get()
    assert (entry.action, entry.actor, entry.changes) == ("store_file", person, {"plan": ["", "plan.pdf"]})


def test_a_picture_loses_all_that_is_not_picture_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Maker of the camera"
    content = picture("JPEG", (600, 300), exif=exif, comment=b"a note") + b"<script>payload</script>"
    file = stored(content, "photo.jpg")
    kept = Image.open(file.blob.open())
    assert (kept.size, dict(kept.getexif()), "comment" in kept.info) == ((300, 600), {}, False)
    assert b"payload" not in file.blob.open().read()
    assert Image.open(file.thumbnail.open()).size == (240, 480)


def test_a_see_through_picture_stays_see_through():
    file = stored(picture("PNG", mode="RGBA"), "logo.png")
    assert Image.open(file.blob.open()).mode == "RGBA"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("계획서.pdf", "계획서.pdf"),
        ("계획서.pdf", "계획서.pdf"),  # in pieces, as macOS sends it
        ("../../etc/passwd", "passwd.pdf"),
        ("invoice.exe", "invoice.pdf"),
        ("gpj\u202efdp.pdf", "gpjfdp.pdf"),
        (".pdf", "pdf.pdf"),
        ("가" * 250 + ".pdf", "가" * 196 + ".pdf"),
    ],
)
def test_the_name_is_written_as_people_do_and_ends_as_the_content_is(given, kept):
    assert stored(name=given).name == kept


def test_what_no_form_should_have_let_through_is_refused():
    with pytest.raises(RefusedFile):
        stored(samples.EXE, "a.pdf")
    assert list(orphans(NOW)) == []


def test_a_record_that_declares_no_files_gets_none():
    with pytest.raises(TypeError):
        stored(target=BodyFactory())


def test_a_removed_file_takes_its_content_along_once_that_is_certain(django_capture_on_commit_callbacks):
    file = stored(picture(), "a.png", by=None)
    paths = [file.blob.name, file.thumbnail.name]
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(file=file, by=None)
        assert [default_storage.exists(path) for path in paths] == [True, True]
    assert [default_storage.exists(path) for path in paths] == [False, False]
    assert AuditEntry.objects.about(file.target).latest("pk").changes == {"picture": ["a.png", ""]}


def test_a_change_that_fails_later_leaves_no_content_behind():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        stored(picture(), "a.png")
        raise ZeroDivisionError
    assert (StoredFile.objects.count(), list(orphans(NOW))) == (0, [])


def test_committed_content_stays_and_a_failed_removal_removes_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = stored(picture(), "a.png")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.remove(file=file, by=None)
        raise ZeroDivisionError
    assert Image.open(StoredFile.objects.get().blob.open()).size == (600, 300)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(file=file, by=None)
    assert list(orphans(NOW)) == []
