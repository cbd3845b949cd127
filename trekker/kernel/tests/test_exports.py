"""Downloads: nothing in them runs, nothing in them is ruined."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from python_calamine import CalamineWorkbook

from trekker.kernel import exports

HOSTILE = ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "+32-9-1"]
HEADINGS = ["naam", "waarde"]


def read_csv(rows):
    text = "".join(exports.csv_lines(HEADINGS, rows)).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def workbook(rows):
    body = io.BytesIO()
    exports.write_xlsx(body, HEADINGS, rows)
    body.seek(0)
    return CalamineWorkbook.from_filelike(body)


def test_a_sheet_is_named_by_the_title_in_characters_that_a_sheet_takes():
    body = io.BytesIO()
    exports.write_xlsx(body, HEADINGS, [["An", 1]], title="'Wat?' [kan] ermee: alles/niets en nog veel meer")
    body.seek(0)

    assert CalamineWorkbook.from_filelike(body).sheet_names == ["Wat kan ermee alles niets en no"]
    assert workbook([]).sheet_names == ["Sheet1"]


def read_xlsx(rows):
    return workbook(rows).get_sheet_by_index(0).to_python()


class TestCsv:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_makes_a_formula_inert(self, text):
        assert read_csv([[text, 1]])[1][0] == f"'{text}"

    @pytest.mark.parametrize("phone", ["+32475123456", "+32 475 12 34 56"])
    def test_leaves_a_phone_number_as_it_is(self, phone):
        assert read_csv([[phone, 1]])[1][0] == phone

    def test_writes_numbers_days_and_truths_the_belgian_way(self):
        moment = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)

        rows = read_csv([[-1.5, date(2026, 7, 1)], [moment, True], [None, "é;ë"]])

        assert rows[1:] == [["-1,5", "2026-07-01"], ["2026-07-01 00:30:00", "ja"], ["", "é;ë"]]

    def test_names_the_file_as_an_attachment(self):
        header = exports.csv_response("leden", HEADINGS, [])["Content-Disposition"]

        assert header == 'attachment; filename="leden.csv"'


class TestXlsx:
    @pytest.mark.parametrize("text", [text for text in HOSTILE if "\r" not in text])
    def test_keeps_a_formula_as_text(self, text):
        assert read_xlsx([[text, 1]])[1][0] == text

    def test_keeps_types(self):
        assert read_xlsx([["+32475123456", 3], [date(2026, 7, 1), -1.5]])[1:] == [
            ["+32475123456", 3.0],
            [date(2026, 7, 1), -1.5],
        ]

    def test_writes_headings_when_there_are_no_rows(self):
        assert read_xlsx([]) == [HEADINGS]

    def test_goes_on_in_a_next_sheet_when_one_is_full(self, monkeypatch):
        monkeypatch.setattr(exports, "SHEET_ROWS", 3)

        book = workbook([["a", n] for n in range(5)])

        assert [len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names] == [3, 3, 2]
