"""Whatever is posted or uploaded, the portal answers in words and keeps nothing harmful."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ecluster.files.models import NAME_LIMIT, StoredFile
from members.models import Application, Organisation
from tests.files.samples import PDF, SVG, picture, pixel_bomb, upload
from tests.security.addresses import client_of
from tests.site.town import Town

pytestmark = pytest.mark.django_db

HOSTILE = [
    "\0",
    "a\0b",
    "\ud800",
    "\u202e\u200b\ufeff",
    "😀" * 50,
    "가" * 100_000,
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% now %}",
    "%(name)s %s {0}",
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "9999-12-31",
]
FORMS = {
    "members:membership-apply": ["name_en", "registration_number", "website", "motive", "contact_email", "contact_name",
                                 "key", "region", "mini_clusters", "role", "org_class", "summary"],
    "account_login": ["login", "password"],
    "account_signup": ["email", "password1", "name_en", "name_ko"],
    "account_reset_password": ["email"],
    "set-language": ["language", "next"],
}  # fmt: skip
SECTIONS = {
    "processes": ["process", "size_from_mm", "size_to_mm", "tolerance_um", "note", "pk"],
    "machines": ["name", "quantity", "year", "note", "pk"],
    "products": ["name_en", "description_en", "pk"],
    "needs": ["kind", "text", "pk"],
    "trade": ["direction", "partner_name", "goods"],
}


def encoded(value: str) -> str | bytes:
    """As a browser that breaks the rules would send it."""
    return value.encode("utf-8", "surrogatepass") if "\ud800" in value else value


@pytest.mark.parametrize("name", FORMS)
def test_every_open_form_stands_nonsense(town: Town, name):
    client = client_of(town, "visitor")
    broken = [
        (field, value[:20])
        for field in FORMS[name]
        for value in HOSTILE
        if client.post(reverse(name), {field: encoded(value)}).status_code >= 500
    ]

    assert broken == []


def test_every_list_of_a_profile_stands_nonsense(town: Town):
    client, organisation = client_of(town, "manager"), town.organisation
    broken = []
    for section, fields in SECTIONS.items():
        path = reverse("members:organisation-edit", args=[organisation.pk, section])
        for field in fields:
            for value in HOSTILE:
                data = {"rows-TOTAL_FORMS": 1, "rows-INITIAL_FORMS": 0, f"rows-0-{field}": encoded(value)}
                if client.post(path, data).status_code >= 500:
                    broken.append((section, field, value[:20]))

    assert broken == []


@pytest.mark.parametrize("number", ["10000", "9" * 30, "x", "\0", ""])
def test_a_list_that_says_to_have_many_rows_is_no_work(town: Town, number):
    path = reverse("members:organisation-edit", args=[town.organisation.pk, "needs"])
    data = {"rows-TOTAL_FORMS": number, "rows-INITIAL_FORMS": number}
    answer = client_of(town, "manager").post(path, data)

    assert answer.status_code < 500
    assert town.organisation.needs.exists()


def test_more_fields_than_a_form_has_are_refused(town: Town):
    path = reverse("members:organisation-edit", args=[town.organisation.pk, "needs"])
    data = {f"rows-{n}-text": "x" for n in range(10_000)}

    assert client_of(town, "manager").post(path, data).status_code == 400


def test_what_is_written_is_shown_as_text_and_never_as_a_page(town: Town):
    word = "<script>alert(1)</script>"
    client = client_of(town, "manager")
    data = {"rows-TOTAL_FORMS": 1, "rows-INITIAL_FORMS": 0, "rows-0-kind": "partner", "rows-0-text": word}
    client.post(reverse("members:organisation-edit", args=[town.organisation.pk, "needs"]), data)
    page = client.get(town.organisation.get_absolute_url()).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert word not in page


@pytest.mark.parametrize("website", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example", "//x.example/\0"])
def test_a_website_is_one(town: Town, website):
    path = reverse("members:organisation-edit", args=[town.organisation.pk, "facts"])
    facts = {"org_class": "company", "name_en": "Ours", "contact_audience": "members", "website": website}
    client_of(town, "manager").post(path, facts)

    assert Organisation.objects.get(pk=town.organisation.pk).website == ""


def test_nothing_half_sent_stays(town: Town):
    client_of(town, "visitor").post(reverse("members:membership-apply"), {"name_en": "Half"})

    assert not Application.objects.exists()
    assert not Organisation.objects.filter(name_en="Half").exists()


class TestFiles:
    def post(self, town: Town, file: SimpleUploadedFile):
        product = town.organisation.products.get()
        path = reverse("members:organisation-edit", args=[town.organisation.pk, "pictures"])
        data = {"form": "picture", "picture-product": product.pk, "picture-picture": file}
        answer = client_of(town, "manager").post(path, data)
        return answer, product.pictures.order_by("-created_at").first()

    def zip_bomb(self) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("xl/workbook.xml", bytes(300_000_000))
        return buffer.getvalue()

    @pytest.mark.parametrize(
        "content",
        [
            lambda self: SVG,
            lambda self: b"<!doctype html><script>alert(1)</script>",
            lambda self: b"GIF89a/*" + b"<script>alert(1)</script>",
            lambda self: PDF,
            lambda self: pixel_bomb(),
            lambda self: self.zip_bomb(),
            lambda self: picture()[:40],
            lambda self: b"\x89PNG\r\n\x1a\n" + b"<script>" * 99,
            lambda self: b"\0" * 999,
        ],
        ids=["svg", "html", "gif polyglot", "pdf", "pixel bomb", "zip bomb", "half", "png head", "zeros"],
    )
    def test_what_is_called_a_picture_and_is_none_is_refused_in_words(self, town, content):
        before = StoredFile.objects.count()
        answer, _file = self.post(town, upload(content(self), "picture.png"))

        assert answer.status_code == 200
        assert answer.context["picture_form"].errors["picture"]
        assert StoredFile.objects.count() == before

    def test_a_payload_behind_the_picture_stays_behind(self, town):
        _answer, file = self.post(town, upload(picture() + b"<script>alert(1)</script>PK\x03\x04", "a.png"))
        assert b"<script>" not in file.blob.open().read()

    @pytest.mark.parametrize(
        "name",
        ["../../etc/passwd", "..\\..\\x.png", "a.php.png", "x.html", "가" * 300 + ".png", "\u202egnp.exe", ".png",
         "CON", "a\r\nSet-Cookie: x.png", '";filename=x.html'],
    )  # fmt: skip
    def test_a_name_is_a_name_and_ends_as_its_content_does(self, town, settings, name):
        _answer, file = self.post(town, upload(picture(), name))
        assert file.name.lower().endswith(".png")
        assert len(file.name) <= NAME_LIMIT
        assert not set(file.name) & set("/\\\r\n\0\u202e")
        answer = client_of(town, "visitor").get(file.get_absolute_url())
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert str(settings.MEDIA_ROOT) in file.blob.path
