"""Spreadsheets as people have them become rows of text, or an error in words."""

import csv
import zipfile
from datetime import date, datetime, time
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from ecluster.sheets import Sheet, UnreadableSheet, read_sheet
from ecluster.sheets.sheet import MAX_CELL, MAX_COLUMNS, MAX_ROWS

FIRMS = [["회사명", "분야"], ["한빛정밀", "금형, 가공"], ["동화", ""]]


def of_text(text: str, encoding: str = "utf-8") -> Sheet:
    return read_sheet(BytesIO(text.encode(encoding)))


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(content: bytes, **changed: bytes) -> BytesIO:
    """The workbook with parts replaced, as other programs write them."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return buffer


def problem(content: bytes) -> str:
    with pytest.raises(UnreadableSheet) as caught:
        read_sheet(BytesIO(content))
    return str(caught.value)


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_every_encoding_and_delimiter_reads_the_same(self, encoding, delimiter):
        buffer = StringIO()
        csv.writer(buffer, delimiter=delimiter).writerows(FIRMS)
        assert of_text(buffer.getvalue(), encoding) == Sheet(FIRMS[0], FIRMS[1:], [2, 3])

    def test_commas_inside_cells_do_not_mislead(self):
        sheet = of_text("name;places\nA;x, y, z\nB;x, y, z\n")
        assert (sheet.header, sheet.rows) == (["name", "places"], [["A", "x, y, z"], ["B", "x, y, z"]])

    def test_one_column_is_a_sheet_too(self):
        assert of_text("name\nA\nB").rows == [["A"], ["B"]]

    def test_rows_are_numbered_as_a_spreadsheet_shows_them(self):
        sheet = of_text('name,note\nA,"two\nlines"\n\nB,x\n,\nC,"y"\n')
        assert list(sheet.numbered()) == [(2, ["A", "two\nlines"]), (4, ["B", "x"]), (6, ["C", "y"])]

    def test_blank_rows_before_the_header_count(self):
        assert of_text("\n\nname,note\nA,x\n").numbers == [4]

    def test_rows_are_as_wide_as_the_header(self):
        assert of_text("a,b,c,,\n1\n1,2,3,,,\n").rows == [["1", "", ""], ["1", "2", "3"]]

    def test_formulas_and_spaces_stay_as_they_are(self):
        assert of_text("a,b\n=1+1, 100 \n").rows == [["=1+1", " 100 "]]

    @given(
        st.lists(
            st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=3, max_size=3)
            .filter(lambda cells: cells[2].strip() and cells[0].strip() == cells[0])
            .map(lambda cells: [f"x{cells[0]}", *cells[1:]]),
            min_size=1,
            max_size=6,
        )
    )
    def test_what_was_written_with_commas_is_read_again(self, rows):
        buffer = StringIO()
        csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([["one", "two", "three"], *rows])
        assert of_text(buffer.getvalue()).rows == rows

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "The sheet is empty."),
            (b"\n , \n", "The sheet is empty."),
            (
                b"name\n\xff\xfe\xfd",
                "This is not a text in UTF-8 or CP949. Save the sheet as “CSV UTF-8” or as XLSX.",
            ),
            (
                "name\nA".encode("utf-16"),
                "This is not a text in UTF-8 or CP949. Save the sheet as “CSV UTF-8” or as XLSX.",
            ),
            (b"a,b\n1,2\n1,2,3\n", "Row 3 has 3 cells, but the header has 2."),
            (
                b'a,b\n1,2\n"open,2\n3,4\n',
                "Row 3 can’t be read: a quotation mark is missing or out of place, or a cell is too long.",
            ),
            (b"a," * MAX_COLUMNS + b"a", f"Row 1 has {MAX_COLUMNS + 1} columns; at most {MAX_COLUMNS} are read."),
            (b"a\n" + b"x" * (MAX_CELL + 1), "Row 2 has a cell of more than 10,000 characters."),
            (b"a\n" * (MAX_ROWS + 2), "The sheet has more than 20,000 rows."),
        ],
    )
    def test_what_can_not_be_read_is_told_in_words(self, content, message):
        assert problem(content) == message


class TestXlsx:
    def test_cells_become_what_a_person_would_type(self):
        moment = datetime(2026, 3, 1, 9, 5)  # noqa: DTZ001  sheets know no zones
        values = [3, 3.0, 0.1 + 0.2, True, None, date(2026, 3, 1), moment, time(9, 5), "텍스트"]
        sheet = read_sheet(BytesIO(workbook([f"c{i}" for i in range(9)], values)))
        assert sheet.rows == [["3", "3", "0.3", "TRUE", "", "2026-03-01", "2026-03-01 09:05:00", "09:05:00", "텍스트"]]

    def test_formulas_stay_text(self):
        array = ArrayFormula("C2", "=SUM(A1:A2)")
        assert read_sheet(BytesIO(workbook(["a", "b", "c"], ["=1+1", "=CMD()", array]))).rows == [
            ["=1+1", "=CMD()", "=SUM(A1:A2)"]
        ]

    def test_rows_keep_the_numbers_of_the_sheet(self):
        book = Workbook()
        book.active["B3"], book.active["B4"], book.active["B9"] = "name", "A", "B"
        buffer = BytesIO()
        book.save(buffer)
        assert list(read_sheet(buffer).numbered()) == [(4, ["", "A"]), (9, ["", "B"])]

    def test_the_first_visible_sheet_is_read(self):
        book = load_workbook(BytesIO(workbook(["hidden"], ["x"])))
        book.create_sheet().append(["shown"])
        book.worksheets[0].sheet_state = "hidden"
        book.active = 1
        buffer = BytesIO()
        book.save(buffer)
        assert read_sheet(buffer).header == ["shown"]

    def test_a_sheet_that_is_wrong_about_its_own_size_is_read_whole(self):
        content = workbook(*FIRMS)
        name = "xl/worksheets/sheet1.xml"
        with zipfile.ZipFile(BytesIO(content)) as file:
            sheet = file.read(name).replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1"')
        assert read_sheet(repacked(content, **{name: sheet})).rows == FIRMS[1:]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (workbook(*FIRMS)[:-40], "The file is broken: it can’t be opened."),
            (b"PK\x03\x04" + bytes(100), "The file is broken: it can’t be opened."),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
                "The file is in an old format or locked with a password. Save it as XLSX without one.",
            ),
            (workbook(), "The sheet is empty."),
            (workbook(["a"], ["1", "2"]), "Row 2 has 2 cells, but the header has 1."),
            (workbook(["a"], ["x" * (MAX_CELL + 1)]), "Row 2 has a cell of more than 10,000 characters."),
        ],
    )
    def test_what_can_not_be_read_is_told_in_words(self, content, message):
        assert problem(content) == message

    def test_a_sheet_that_is_no_xml_is_told_as_broken(self):
        broken = repacked(workbook(*FIRMS), **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"})
        assert problem(broken.getvalue()) == "The file is broken, or it is not an XLSX workbook."

    def test_another_archive_is_no_workbook(self):
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            file.writestr("a.txt", "a")
        assert problem(buffer.getvalue()) == "The file is broken, or it is not an XLSX workbook."

    def test_a_bomb_is_refused_before_it_unpacks(self):
        bomb = repacked(workbook(*FIRMS), **{"xl/worksheets/sheet1.xml": bytes(201 * 1024**2)})
        assert problem(bomb.getvalue()) == "The file unpacks to more than 200 MB."
