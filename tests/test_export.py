"""What is downloaded is what was shown, and no cell of it is a formula."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from ecluster.accounts.models import Body
from ecluster.export import Column, export, wants_export
from tests.factories.accounts import BodyFactory

VALUE = [Column("value", lambda row: row)]


def csv_rows(response) -> list[list[str]]:
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def xlsx_rows(response) -> list[list]:
    sheet = load_workbook(BytesIO(b"".join(response))).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(("query", "wanted"), [("", None), ("?format=", None), ("?format=csv", "csv")])
def test_the_format_asked_for(query, wanted):
    assert wants_export(RequestFactory().get(f"/list/{query}")) == wanted


def test_a_format_that_is_not_made_does_not_exist():
    with pytest.raises(Http404):
        wants_export(RequestFactory().get("/list/?format=exe"))


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_rows_of_a_queryset_are_read_in_one_query(count, django_assert_num_queries):
    made = [BodyFactory() for _ in range(count)]
    columns = [Column("number", "pk"), Column("name", "name_ko"), Column("kind", lambda row: row.get_kind_display())]
    with django_assert_num_queries(1):
        rows = csv_rows(export(Body.objects.order_by("pk"), columns, "bodies", "csv"))
    assert rows == [
        ["number", "name", "kind"],
        *([str(body.pk), body.name_ko, "agency team"] for body in made),
    ]


def test_excel_knows_the_encoding_and_the_korean_name():
    response = export(["가"], VALUE, "기관", "csv")
    assert b"".join(response) == "\ufeffvalue\r\n가\r\n".encode()
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%EA%B8%B0%EA%B4%80.csv"
    assert response["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@pytest.mark.parametrize("text", ["=1+1", "+82", "-", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_a_text_never_becomes_a_formula(format_, text):
    response = export([text], VALUE, "x", format_)
    if format_ == "csv":
        assert csv_rows(response) == [["value"], [f"'{text}"]]
    else:
        assert xlsx_rows(response) == [["value"], [f"'{text}".replace("\r", "\n")]]  # as XML reads it


def test_a_heading_never_becomes_a_formula():
    assert csv_rows(export([], [Column("=1", "x")], "x", "csv")) == [["'=1"]]


def test_numbers_stay_numbers():
    values = [-3, 2.5, 0]
    assert xlsx_rows(export(values, VALUE, "x", "xlsx")) == [["value"], [-3], [2.5], [0]]
    assert csv_rows(export(values, VALUE, "x", "csv")) == [["value"], ["-3"], ["2.5"], ["0"]]


def test_dates_are_dates_and_moments_are_in_the_readers_zone():
    moment = datetime(2026, 3, 1, 20, 0, 0, 500, tzinfo=UTC)
    with timezone.override("Asia/Seoul"):
        as_xlsx = export([date(2026, 3, 1), moment], VALUE, "x", "xlsx")
        as_csv = export([date(2026, 3, 1), moment], VALUE, "x", "csv")
    assert xlsx_rows(as_xlsx) == [["value"], [datetime(2026, 3, 1)], [datetime(2026, 3, 2, 5)]]  # noqa: DTZ001  as sheets have it
    assert csv_rows(as_csv) == [["value"], ["2026-03-01"], ["2026-03-02 05:00:00"]]


def test_a_streamed_answer_keeps_the_language_of_its_request():
    with translation.override("ko"):
        response = export([1], [Column(gettext_lazy("Korean"), lambda row: translation.get_language())], "x", "csv")
    with translation.override("en"):
        assert csv_rows(response)[1] == ["ko"]
        assert translation.get_language() == "en"


def test_blanks_lists_and_truths_are_told_in_words():
    assert csv_rows(export([None, ["a", "b"], True, False], VALUE, "x", "csv")) == [
        ["value"],
        [""],
        ["a; b"],
        ["yes"],
        ["no"],
    ]


def test_characters_that_a_workbook_can_not_hold_are_left_out():
    assert xlsx_rows(export(["a\x0bb"], VALUE, "x", "xlsx")) == [["value"], ["ab"]]


def test_rows_are_streamed_in_pieces():
    read = []
    rows = (read.append(i) or i for i in range(2500))
    pieces = iter(export(rows, VALUE, "x", "csv"))
    next(pieces)
    assert len(read) == 999
    assert sum(piece.count(b"\r\n") for piece in pieces) == 1501
