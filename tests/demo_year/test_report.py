"""
The report of the demo year, in four formats, beside the dashboard of the same moment.

Each file is read back as a reader would: words of the PDF and the document, cells of the sheet. What they
say of each promise must be what the dashboard says, figure by figure.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import page
import pytest

from trekker.plan.queries.figures import dashboard, flat
from trekker.reports.formats import writing
from trekker.reports.queries.chosen import chosen
from trekker.reports.tests.reading import html_words, pdf_pages, plain, sheets, word_text
from trekker.ui.charts import number

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def figures(demo):
    """Give what the dashboard says: (indicator, value, target, unit, state) for each line, in order."""
    return [
        (promise.indicator.text, figure.value, figure.line.target, figure.line.unit, figure.state.label)
        for goal in flat(dashboard(demo, DAY, today=DAY))
        for promise in goal.promises
        for figure in promise.figures
    ]


@pytest.fixture(scope="module")
def files(demo):  # noqa: ARG001 - the year must be there
    """Write the report in every format."""
    found = chosen(2026, now=NOW).contents
    made = {}
    for code in writing.FORMATS:
        target = BytesIO()
        writing.write(found, code, target)
        made[code] = target.getvalue()
    return made


def _row(value, target, unit, state):
    """Give what stands side by side in the table of promises: after a target, what it was before."""
    figure = "niet gekend" if value is None else number(value)
    before = r"( Doel was [^:]*: .{1,300}?)?"
    return re.compile(rf"minstens {re.escape(number(target))}{before} {re.escape(f'{figure} {unit}')}"), state


@pytest.mark.parametrize("code", ["pdf", "docx", "html"])
def test_every_figure_equals_the_dashboard(code, files, figures):
    text = {
        "pdf": lambda: " ".join(pdf_pages(files["pdf"])),
        "docx": lambda: word_text(files["docx"]),
        "html": lambda: " ".join(html_words(files["html"])),
    }[code]()
    at = text.index("Wat we beloofden")

    for _promise, value, target, unit, state in figures:
        said, word = _row(value, target, unit, state)
        at = said.search(text, at).end()  # in the order of the dashboard
        assert word in text[at : at + 200]


def test_every_figure_in_the_sheet_equals_the_dashboard(files, figures):
    heading, *rows = sheets(files["xlsx"])["Cijfers"]
    column = {name: heading.index(name) for name in heading}
    counted = [row for row in rows if row[column["Wat telt"]]]  # the others ask for a description

    assert len(counted) == len(figures)
    for row, (promise, value, target, unit, state) in zip(counted, figures, strict=True):
        assert row[column["Belofte"]] == plain(promise)
        assert row[column["Cijfer"]] == ("" if value is None else float(value))
        assert row[column["Doel"]] == float(target)
        assert (row[column["Eenheid"]], row[column["Stand"]]) == (unit, state)


def test_every_row_behind_a_figure_is_in_the_sheet(files, figures):
    book = sheets(files["xlsx"])
    heading, *rows = book["Cijfers"]
    leads, values = heading.index("Rijen"), heading.index("Cijfer")

    for row in rows:
        if not row[leads]:
            continue
        titles, *behind = book[row[leads]]
        parts = titles.index("Telt voor") if "Telt voor" in titles else None
        added = sum(Decimal(str(each[parts])) if parts else Decimal(1) for each in behind)
        assert added == Decimal(str(row[values]))
    assert sum(bool(row[leads]) for row in rows) == sum(bool(value) for _p, value, _t, _u, _s in figures)


def test_no_effect_of_fewer_than_five_is_told(files):
    heading, *rows = sheets(files["xlsx"])["Effect"]

    assert rows
    assert all(row[heading.index("Van")] >= 5 for row in rows)


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_pdf_passes_the_checker(profile, files):
    found = page.validate_pdf_bytes(files["pdf"], profile=page.ValidationProfile(profile))

    assert [(each.rule_id, each.message) for each in found.failures] == []
