"""Who gets a file, and how."""

import pytest

from ecluster.files import actions
from ecluster.files.models import StoredFile
from tests.factories.accounts import UserFactory
from tests.factories.memberships import newcomer
from tests.factories.people import colleague_at
from tests.files import samples
from tests.files.samples import picture, upload

pytestmark = pytest.mark.django_db

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


def stored(content: bytes = samples.PDF, name: str = "plan.pdf", *, is_listed: bool = True) -> StoredFile:
    return actions.store(upload=upload(content, name), target=newcomer(is_listed=is_listed), by=None)


def test_a_visitor_gets_the_file_of_a_public_record(client):
    response = client.get(stored().get_absolute_url())
    assert (response.status_code, b"".join(response)) == (200, samples.PDF)


def test_the_file_of_a_record_one_may_not_see_does_not_exist(client, client_for):
    file = stored(picture(), "a.png", is_listed=False)
    stranger, colleague = UserFactory(), colleague_at(file.target)
    for address in (file.get_absolute_url(), file.get_thumbnail_url()):
        answers = [c.get(address).status_code for c in (client, client_for(stranger), client_for(colleague))]
        assert answers == [404, 404, 200]


def test_a_file_has_one_name_only(client):
    file = stored()
    assert client.get(file.get_absolute_url().replace("plan.pdf", "plan.exe")).status_code == 404


def test_a_file_can_only_be_read(client):
    assert client.post(stored().get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    ("content", "name", "disposition"),
    [
        (samples.PDF, "plan.pdf", 'inline; filename="plan.pdf"'),
        (picture(), "a.png", 'inline; filename="a.png"'),
        (samples.DOCX, "a.docx", 'attachment; filename="a.docx"'),
        (b"name,field\n", "a.csv", 'attachment; filename="a.csv"'),
        (samples.PDF, "계획.pdf", "inline; filename*=utf-8''%EA%B3%84%ED%9A%8D.pdf"),
    ],
)
def test_pictures_and_pdf_are_shown_and_all_else_is_downloaded_by_its_name(client, content, name, disposition):
    assert client.get(stored(content, name).get_absolute_url())["Content-Disposition"] == disposition


@pytest.mark.parametrize(("content", "name"), [(picture(), "a.png"), (samples.PDF, "a.pdf"), (samples.DOCX, "a.docx")])
def test_a_file_can_not_act_in_the_portals_name(client, content, name):
    response = client.get(stored(content, name).get_absolute_url())
    assert response["Content-Security-Policy"] == SANDBOX
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_shared_cache_keeps_nothing_and_a_browser_asks_anew(client):
    response = client.get(stored().get_absolute_url())
    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]


def test_what_the_browser_has_is_not_sent_again(client):
    file = stored(picture(), "a.png")
    for address in (file.get_absolute_url(), file.get_thumbnail_url()):
        etag = client.get(address)["ETag"]
        response = client.get(address, headers={"if-none-match": etag})
        assert (response.status_code, response.content) == (304, b"")


def test_a_file_that_is_no_picture_has_no_thumbnail(client):
    file = stored()
    assert client.get(f"/files/{file.pk}/small/{file.name}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_visible_ones_of_many_files_are_one_query(count, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    shown = [stored() for _ in range(count)]
    for _ in range(count):
        stored(is_listed=False)
    with django_assert_num_queries(1):
        assert list(StoredFile.objects.visible_to(AnonymousUser())) == shown
