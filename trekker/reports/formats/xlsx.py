"""A report as a workbook: every figure, the way there, and each row behind it, as real numbers and days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from itertools import chain, islice, repeat
from typing import IO, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from trekker.kernel.exports import CELL_LENGTH, NAME_LENGTH, SHEET_ROWS, sheet_name
from trekker.reports.contents import Contents, Evidence, GoalContents, Line
from trekker.reports.formats import style, words

FIGURES = "Cijfers"
BACK = f"internal:'{FIGURES}'!A1"
CONTINUED = " vervolg {nth}"


@dataclass(frozen=True)
class Link:
    """A cell that leads to a sheet of the same workbook."""

    sheet: str
    text: str


@dataclass(frozen=True)
class Heading:
    """A column: what stands above it, and how wide it is in letters."""

    text: str
    width: float = 14


class Listing(Worksheet):
    """A sheet that takes ready cells: one by one, the rows behind a report would take most of its time."""

    def write_cells(self, rows: Iterable[Sequence[str]]) -> int:
        """Write rows of cells beneath the heading, an empty cell as nothing; tell how many rows."""
        self._write_single_row(1)  # the heading goes out first
        line = 1
        for line, cells in enumerate(rows, start=2):
            said = "".join(
                [cell % (column, line) for column, cell in zip("ABCD", cells, strict=False) if cell]
            )
            self.row_data_fh.write(f'<row r="{line}">{said}</row>')
        self.dim_rowmax = line - 1
        return line - 1


def number_cell(value: Decimal | int) -> str:
    """Write a number as a cell; its place is still to be filled in."""
    return f'<c r="%s%d"><v>{value if isinstance(value, int) else float(value)!r}</v></c>'


def text_cell(text: str) -> str:
    """Write text as a cell that is never run; its place is still to be filled in."""
    sound = escape(text[:CELL_LENGTH], quote=False).replace("%", "%%")
    return f'<c r="%s%d" t="inlineStr"><is><t>{sound}</t></is></c>'


class Book:
    """A workbook in the making: sheets with a frozen heading, a filter, widths, and typed cells."""

    def __init__(self, target: IO[bytes], contents: Contents) -> None:
        """Open it; a cell with text is never run as a formula, and never becomes a link."""
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(target, options)
        self.book.set_properties(
            {
                "title": words.clean(contents.title),
                "author": words.clean(contents.owner),
                "comments": words.opening(words.state(contents)),
                "created": contents.made_at.replace(tzinfo=None),
            }
        )
        base = {"font_name": style.OFFICE_FONT, "font_size": 11, "valign": "top"}
        self.heading = self.book.add_format(
            {**base, "bold": True, "font_color": style.SURFACE, "bg_color": style.ACCENT, "text_wrap": True}
        )
        self.plain = self.book.add_format(base)
        self.text = self.book.add_format({**base, "text_wrap": True})
        self.whole = self.book.add_format({**base, "num_format": "#,##0"})
        self.parts = self.book.add_format({**base, "num_format": "#,##0.00"})
        self.day = self.book.add_format({**base, "num_format": "dd/mm/yyyy"})
        self.link = self.book.add_format({**base, "font_color": style.ACCENT, "underline": 1})

    def sheet(self, name: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]]) -> None:
        """Write one list as a sheet; what a sheet cannot hold goes on in a next one."""
        sheet, line, nth = self._open(name, headings), 1, 1
        for row in rows:
            if line == SHEET_ROWS:
                self._close(sheet, headings, line)
                nth += 1
                after = CONTINUED.format(nth=nth)
                sheet, line = self._open(name[: NAME_LENGTH - len(after)] + after, headings), 1
            for column, value in enumerate(row):
                self._cell(sheet, line, column, value)
            line += 1
        self._close(sheet, headings, line)

    def listing(self, name: str, headings: Sequence[Heading], rows: Iterable[Sequence[str]]) -> None:
        """Write a long list of cells that are ready; what a sheet cannot hold goes on in a next one."""
        left, nth = iter(rows), 1
        while True:
            after = CONTINUED.format(nth=nth) if nth > 1 else ""
            sheet = self._open(name[: NAME_LENGTH - len(after)] + after, headings, Listing)
            lines = sheet.write_cells(islice(left, SHEET_ROWS - 1))
            self._close(sheet, headings, lines + 1)
            following = next(left, None)
            if following is None:
                return
            left, nth = chain((following,), left), nth + 1

    def _open(self, name: str, headings: Sequence[Heading], kind: type[Worksheet] = Worksheet) -> Any:
        sheet: Any = self.book.add_worksheet(name, worksheet_class=kind)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, heading.width)
            sheet.write_string(0, column, heading.text, self.heading)
        return sheet

    @staticmethod
    def _close(sheet: Worksheet, headings: Sequence[Heading], lines: int) -> None:
        sheet.autofilter(0, 0, max(lines - 1, 0), len(headings) - 1)

    def _cell(self, sheet: Worksheet, line: int, column: int, value: Any) -> None:
        if isinstance(value, int):
            sheet.write_number(line, column, value, self.whole)
        elif isinstance(value, str):
            form = self.text if len(value) > 20 else self.plain  # noqa: PLR2004 - longer than a narrow column
            sheet.write_string(line, column, value[:CELL_LENGTH], form)
        elif isinstance(value, Decimal):
            form = self.whole if value == value.to_integral_value() else self.parts
            sheet.write_number(line, column, float(value), form)
        elif isinstance(value, date):
            sheet.write_datetime(line, column, value, self.day)
        elif isinstance(value, Link):
            sheet.write_url(line, column, f"internal:'{value.sheet}'!A1", self.link, value.text)

    def close(self) -> None:
        """Write what is left."""
        self.book.close()


def write(contents: Contents, target: IO[bytes]) -> None:
    """Write the report as a workbook, row by row, so that memory does not grow with the rows."""
    book = Book(target, contents)
    names = sheet_names(contents)
    try:
        _figures(book, contents, names)
        _way(book, contents)
        _actions(book, contents)
        _effect(book, contents)
        _reach(book, contents)
        _revisions(book, contents)
        _counting(book, contents)
        _about(book, contents)
        for _goal, _promise, line in contents.every_line():
            if line.key in names:
                _evidence(book, names[line.key], line, contents)
    finally:
        book.close()


def sheet_names(contents: Contents) -> dict[int, str]:
    """Name a sheet for each figure with rows: the code of its goal and a number."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for goal, _promise, line in contents.every_line():
        if not len(line.evidence):
            continue
        code = sheet_name(words.clean(goal.code), NAME_LENGTH - 12) or "Rijen"
        nth = 1
        while f"{code} ({nth})".lower() in taken:
            nth += 1
        names[line.key] = f"{code} ({nth})"
        taken.add(names[line.key].lower())
    return names


def _figures(book: Book, contents: Contents, names: dict[int, str]) -> None:
    headings = (
        *(Heading("Doelstelling", 13), Heading("Titel", 34), Heading("Belofte", 52), Heading("Wat telt", 44)),
        *(Heading("Vergelijking", 13), Heading("Doel", 10), Heading("Cijfer", 10), Heading("Eenheid", 22)),
        *(Heading("Stand", 20), Heading("Vooruitzicht", 44), Heading("Vroeger doel", 44)),
        *(Heading("Kan nog stijgen", 40), Heading("Aantal rijen", 13), Heading("Rijen", 14)),
    )
    book.sheet(FIGURES, headings, _figure_rows(contents, names))


def _figure_rows(contents: Contents, names: dict[int, str]) -> Iterator[Sequence[Any]]:
    for goal in contents.every_goal():
        for promise in goal.promises:
            said = (*_goal(goal), words.clean(promise.text))
            if not promise.lines:
                word = "beschrijving, geen cijfer" if promise.is_narrative else "nog geen cijfer gekozen"
                yield (*said, None, None, None, None, None, word)
            for line in promise.lines:
                sheet = names.get(line.key)
                yield (
                    *(*said, words.clean(line.sentence)),
                    *(words.COMPARED.get(line.comparator, line.comparator), line.target, line.value),
                    *(words.clean(line.unit), words.clean(line.state[1]), words.clean(line.foretold)),
                    " ".join(words.earlier(line)),
                    "; ".join(f"{many} {words.clean(what)}" for many, what in line.unknown),
                    *(len(line.evidence), Link(sheet, sheet) if sheet else None),
                )


def _goal(goal: GoalContents) -> tuple[str, str]:
    return words.clean(goal.code), words.clean(goal.title)


def _way(book: Book, contents: Contents) -> None:
    headings = (
        *(Heading("Doelstelling", 13), Heading("Belofte", 52), Heading("Eenheid", 22)),
        *(Heading("Dag", 12), Heading("Cijfer", 10), Heading("Doel", 10)),
    )
    rows = (
        (words.clean(goal.code), words.clean(promise.text), words.clean(line.unit), day, value, line.target)
        for goal, promise, line in contents.every_line()
        for day, value in line.trend
    )
    book.sheet("Verloop", headings, rows)


def _actions(book: Book, contents: Contents) -> None:
    headings = (
        *(Heading("Doelstelling", 13), Heading("Titel", 34), Heading("Actie", 70)),
        *(Heading("Stand", 18), Heading("Toelichting", 60)),
    )
    rows = (
        (*_goal(goal), *map(words.clean, action)) for goal in contents.every_goal() for action in goal.actions
    )
    book.sheet("Acties", headings, rows)


def _effect(book: Book, contents: Contents) -> None:
    headings = (
        *(Heading("Doelstelling", 13), Heading("Titel", 34), Heading("Uit de evaluaties", 34)),
        *(Heading("Aantal", 10), Heading("Van", 10)),
    )
    rows = (
        (*_goal(goal), words.clean(part.label), part.count, part.of)
        for goal in contents.every_goal()
        for part in goal.effect
    )
    book.sheet("Effect", headings, rows)


def _reach(book: Book, contents: Contents) -> None:
    found = contents.reach
    if found is None:
        return
    headings = (Heading("Overzicht", 24), Heading("Bereik", 40), Heading("Bereikt", 10), Heading("Van", 10))
    parts = (("Lokale besturen", found.counts), *found.splits)
    rows = (
        (words.clean(name), words.clean(label), many, of)
        for name, counts in parts
        for label, many, of in counts
    )
    book.sheet("Bereik", headings, rows)
    if found.places:
        places = ((words.clean(name), words.clean(said)) for name, said in found.places)
        book.sheet("Gemeenten", (Heading("Gemeente", 34), Heading("Op de kaart", 40)), places)


def _revisions(book: Book, contents: Contents) -> None:
    headings = (
        *(Heading("Versie", 10), Heading("Geldt vanaf", 13), Heading("Reden", 60), Heading("Wijziging", 80)),
    )
    rows = (
        (each.number, each.since, words.clean(each.reason), words.clean(change))
        for each in contents.revisions
        for change in (each.changes or ("",))
    )
    book.sheet("Herzieningen", headings, rows)


def _counting(book: Book, contents: Contents) -> None:
    headings = (
        *(Heading("Doelstelling", 13), Heading("Belofte", 52), Heading("Telregel", 60)),
        *(Heading("Wat telt", 44), Heading("Definitie", 90)),
    )
    rows = (
        (
            *(words.clean(goal.code), words.clean(promise.text), words.clean(promise.counting_note)),
            *(words.clean(line.sentence), words.clean(line.definition)),
        )
        for goal, promise, line in contents.every_line()
    )
    book.sheet("Telregels", headings, rows)


def _about(book: Book, contents: Contents) -> None:
    rows = (
        ("Rapport", words.clean(contents.title)),
        ("Plan", words.clean(contents.plan)),
        ("Versie van het plan", contents.version),
        ("Eigenaar", words.clean(contents.owner)),
        ("Van", contents.first_day),
        ("Tot en met", contents.last_day),
        ("Stand", words.state(contents)),
        ("Geteld op", words.day_of(contents.made_at)),
    )
    book.sheet("Over dit rapport", (Heading("Wat", 24), Heading("Waarde", 60)), rows)


def _evidence(book: Book, name: str, line: Line, contents: Contents) -> None:
    evidence = line.evidence
    headings = [Heading("Nummer in het register", 24), Heading("Organisatie", 44)]
    columns: list[Iterable[str]] = [map(number_cell, evidence.pks), _names(evidence, contents)]
    for label, numbers in (("Telt voor", evidence.contributions), ("Van", evidence.wholes)):
        if numbers:
            headings.append(Heading(label, 14))
            columns.append(map(number_cell, numbers))
    book.listing(name, headings, zip(*columns, strict=False))


def _names(evidence: Evidence, contents: Contents) -> Iterable[str]:
    """Give the names of organisations as cells, each written once."""
    names = contents.organisations
    cells = {each: text_cell(words.clean(names.get(each, each))) for each in set(evidence.organisations)}
    cells[0] = ""
    if not evidence.organisations:
        return repeat("", len(evidence))
    return map(cells.__getitem__, evidence.organisations)
