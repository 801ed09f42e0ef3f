"""What a form takes, and in which words it refuses."""

import pytest
from django import forms
from django.test import override_settings

from ecluster.files.forms import CheckedFileField
from ecluster.files.kinds import DOCUMENTS, IMAGES, SHEETS
from tests.files import samples
from tests.files.samples import picture, upload

PICTURES_ONLY = "Accepted here: JPEG, PNG, WebP."


def errors(content: bytes, name: str, kinds=IMAGES, **options) -> list[str]:
    class UploadForm(forms.Form):
        file = CheckedFileField(kinds=kinds, **options)

    return UploadForm(files={"file": upload(content, name)}).errors.get("file", [])


@pytest.mark.parametrize(
    ("content", "name", "kinds"),
    [
        (picture("PNG"), "a.png", IMAGES),
        (picture("JPEG"), "a.jpg", IMAGES),
        (picture("JPEG"), "telephone.png", IMAGES),
        (picture("WEBP"), "a.webp", IMAGES),
        (picture("PNG", mode="P"), "palette.png", IMAGES),
        (picture("JPEG", mode="CMYK"), "print.jpg", IMAGES),
        (picture("JPEG"), "a.jpg", DOCUMENTS),
        (samples.PDF, "계획서.pdf", DOCUMENTS),
        (samples.HWP, "계획서.hwp", DOCUMENTS),
        (samples.HWPX, "계획서.hwpx", DOCUMENTS),
        (samples.DOCX, "a.docx", DOCUMENTS),
        (samples.PPTX, "a.pptx", DOCUMENTS),
        (samples.XLSX, "a.xlsx", SHEETS),
        ("이름,분야\n가,나\n".encode(), "a.csv", SHEETS),
        ("이름,분야\n가,나\n".encode("cp949"), "a.csv", SHEETS),
        ("메모".encode(), "a.txt", DOCUMENTS),
    ],
)
def test_whole_files_of_the_kinds_asked_for_are_taken(content, name, kinds):
    assert errors(content, name, kinds) == []


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (samples.EXE, "holiday.png", "of the type “exe”"),
        (samples.SVG, "logo.svg", "a web page, SVG or XML file"),
        (samples.SVG, "logo.png", "a web page, SVG or XML file"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a.jpg", "a web page, SVG or XML file"),
        (picture("GIF"), "a.gif", "of the type “gif”"),
        (samples.PDF, "a.png", "PDF"),
        (samples.archive({"a.txt": b"a"}), "a.png", "of the type “zip”"),
        (samples.OLD_XLS, "a.png", "an office file in an old format (.doc, .xls, .ppt)"),
        (samples.LOCKED_XLSX, "a.png", "an office file locked with a password"),
        (samples.with_macros(), "a.png", "an office file with macros"),
        (b"\x00\x01\x02\x03\xff\xfe" * 20, "a.png", "of an unknown kind"),
        (b"name,field\n", "a.png", "plain text"),
    ],
)
def test_a_wrong_kind_is_told_by_its_content_whatever_its_name(content, name, found):
    assert errors(content, name) == [f"This file is {found}. {PICTURES_ONLY}"]


@pytest.mark.parametrize("content", [samples.with_macros(), samples.EXE, samples.SVG, samples.LOCKED_XLSX])
def test_what_could_do_harm_is_no_document_either(content):
    assert errors(content, "a.xlsx", DOCUMENTS)[0].startswith("This file is ")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (picture("PNG")[:-200], "a.png", "This picture is broken: it can’t be opened."),
        (picture("JPEG")[:400], "a.jpg", "This picture is broken: it can’t be opened."),
        (picture("WEBP")[:60], "a.webp", "This picture is broken: it can’t be opened."),
        (samples.pixel_bomb(), "a.png", "This picture has too many pixels: at most 50 million are taken."),
        (samples.PDF[:-8], "a.pdf", "This PDF is broken: its end is missing."),
        (samples.XLSX[:-30], "a.xlsx", "The file is broken: it can’t be opened."),
        (samples.damaged(picture("PNG", size=(3000, 3000))), "a.png", "This picture is broken: it can’t be opened."),
        (
            samples.archive({"xl/workbook.xml": bytes(201 * 1024**2)}),
            "bomb.xlsx",
            "The file unpacks to more than 200 MB.",
        ),
        (b"", "a.png", "The submitted file is empty."),
    ],
)
def test_a_broken_file_is_told_as_such(content, name, message):
    assert errors(content, name, DOCUMENTS) == [message]


def test_an_office_file_damaged_inside_is_told_as_broken():
    content = bytearray(samples.DOCX)
    start = content.index(b"word/document.xml") + len(b"word/document.xml")
    content[start + 4] ^= 0xFF
    assert errors(bytes(content), "a.docx", DOCUMENTS) == ["The file is broken: part of it can’t be read."]


@override_settings(UPLOAD_LIMIT_BYTES=2048)
def test_a_file_over_the_limit_is_told_both_sizes():
    assert errors(b"a" * 3072, "a.txt", DOCUMENTS) == ["This file has 3.0\xa0KB; at most 2.0\xa0KB are taken."]


def test_a_field_may_set_a_limit_of_its_own():
    assert errors(b"a" * 3072, "a.txt", DOCUMENTS, limit=1024) == [
        "This file has 3.0\xa0KB; at most 1.0\xa0KB are taken."
    ]


def test_the_field_says_beforehand_what_it_takes():
    field = CheckedFileField(kinds=IMAGES, limit=1024**2)
    assert field.help_text == "JPEG, PNG, WebP; at most 1.0\xa0MB."
    assert field.widget.attrs["accept"] == ".jpg,.jpeg,.png,.webp"


def test_a_field_that_is_not_required_may_stay_blank():
    assert CheckedFileField(required=False).clean(None) is None
