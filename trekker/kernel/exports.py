"""
Lists to download: CSV and XLSX, streamed, with typed cells and no cell that a sheet would run.

Text that a spreadsheet would take for a formula gets an apostrophe in CSV, which ``trekker.imports``
takes off again; in XLSX it is stored as text. International phone numbers are left as they are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header

Row = Sequence[Any]
FORMULA = re.compile(r"\s*[=+\-@\t\r\n]")
PHONE = re.compile(r"\+[0-9][0-9 ]*$")  # a sheet reads this as a number at worst
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_048_576  # all that a sheet can hold; a longer list goes on in a next sheet
CELL_LENGTH = 32_767
NAME_LENGTH = 31  # of a sheet
MOST_IN_NAME = 0xFFFF
NOT_IN_NAME = re.compile(r"[\[\]:*?/\\']+")


def inert(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{text}" if FORMULA.match(text) and not PHONE.match(text) else text


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return str(value)


def _csv_cell(value: Any) -> Any:
    plain = _plain(value)
    if isinstance(plain, str):
        return inert(plain)
    if isinstance(plain, float | Decimal):
        return str(plain).replace(".", ",")
    if isinstance(plain, datetime):
        return plain.isoformat(sep=" ", timespec="seconds")
    return plain


class _Echo:
    """Hands each written line back, so that the csv module can feed a stream."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Give the list as lines of CSV: semicolons, decimal commas, and the mark that tells Excel UTF-8."""
    writer = csv.writer(_Echo(), delimiter=";")  # type: ignore[arg-type]
    yield "\ufeff"
    yield writer.writerow([inert(heading) for heading in headings])  # type: ignore[misc]
    for row in rows:
        yield writer.writerow([_csv_cell(value) for value in row])  # type: ignore[misc]


def _batches(lines: Iterable[str], size: int = 500) -> Iterator[bytes]:
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == size:
            yield "".join(batch).encode()
            batch.clear()
    yield "".join(batch).encode()


def write_xlsx(target: IO[bytes], headings: Sequence[str], rows: Iterable[Row], *, title: str = "") -> None:
    """
    Write the list as a workbook, row by row, so that memory does not grow with the list.

    The first sheet and the workbook get the ``title``, if there is one.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        book.set_properties({"title": title})
        sheet: Any = None
        line = SHEET_ROWS
        for row in rows:
            if line == SHEET_ROWS:
                sheet, line = _new_sheet(book, headings, bold, "" if sheet else title), 1
            for column, cell in enumerate(row):
                value = _plain(cell)
                if isinstance(value, str):
                    sheet.write_string(line, column, value[:CELL_LENGTH])
                elif isinstance(value, date):
                    form = moment if isinstance(value, datetime) else day
                    sheet.write_datetime(line, column, value, form)
                elif value is not None:
                    sheet.write_number(line, column, value)
            line += 1
        if sheet is None:
            _new_sheet(book, headings, bold, title)


def sheet_name(text: str, longest: int = NAME_LENGTH) -> str:
    """Give text as the name of a sheet; Excel counts a letter such as an emoji as two, so it is left out."""
    plain = "".join(each for each in NOT_IN_NAME.sub(" ", text) if ord(each) <= MOST_IN_NAME)
    return " ".join(plain.split())[:longest].strip()


def _new_sheet(book: Any, headings: Sequence[str], bold: Any, title: str) -> Any:
    name = sheet_name(title)
    sheet = book.add_worksheet(name or None)
    sheet.freeze_panes(1, 0)
    if headings:
        sheet.set_column(0, len(headings) - 1, 22)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    return sheet


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Row]) -> StreamingHttpResponse:
    """Send the list as ``name.csv``, a line at a time."""
    response = StreamingHttpResponse(
        _batches(csv_lines(headings, rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")  # noqa: FBT003 - Django's
    return response


def xlsx_response(
    name: str, headings: Sequence[str], rows: Iterable[Row], *, title: str = ""
) -> FileResponse:
    """Send the list as ``name.xlsx``, with the ``title`` on its sheet."""
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(target, headings, rows, title=title)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


RESPONSES: dict[str, Callable[[str, Sequence[str], Iterable[Row]], HttpResponseBase]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
}
