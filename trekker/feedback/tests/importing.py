"""Reads a file with answers in, in one call, as the screens do step by step; all people are invented."""

from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from trekker.feedback.actions.evaluations import close_evaluation
from trekker.feedback.models import Answer
from trekker.feedback.tests.factories import NOW
from trekker.imports import actions
from trekker.imports.models import Import, Row

DUTCH = ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam")
ENGLISH = ("ID", "Start time", "Completion time", "Email", "Name")
HEADINGS = ("Hoe tevreden ben je?", "Kun je hiermee aan de slag?", "Wat ga je ermee doen?")
LATER = NOW + timedelta(days=15)
SENT = datetime(2026, 5, 2, 9, 0)  # noqa: DTZ001 - as a sheet has it


def exported(rows, *, headings, first=1, own=DUTCH, who=None):
    """Give the rows of an export: what Forms adds, then the answers."""
    yield [*own, *headings]
    for number, row in enumerate(rows, start=first):
        sent = SENT + timedelta(minutes=3 * number)
        email, name = who(number) if who else ("anonymous", "")
        yield [number, sent - timedelta(minutes=2), sent, email, name, *row]


def xlsx(path: Path, rows) -> Path:
    """Write rows as Forms does: dates as dates, numbers as numbers."""
    options = {"default_date_format": "m/d/yy hh:mm:ss", "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Form1")
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return path


def take_in(path, evaluation):
    """Take a file in; gives the import, ready for its columns."""
    return actions.take_in(
        importer="forms",
        path=path,
        file_name=path.name,
        options={"evaluation": evaluation.pk},
        by=None,
        now=NOW,
    )


def compare(path, evaluation, mapping=None):
    """Take a file in and compare it; gives the import, ready for review."""
    draft = take_in(path, evaluation)
    draft = actions.settle(draft=draft, mapping=mapping or draft.mapping, options=draft.options, now=NOW)
    actions.match(draft=draft.pk, attempt=draft.attempt, clock=lambda: NOW)
    return Import.objects.get(pk=draft.pk)


def store(draft):
    """Store a compared file; gives the import with its counts."""
    draft = actions.confirm(draft=draft, by=None, now=NOW)
    actions.store(draft=draft.pk, attempt=draft.attempt, now=NOW)
    return Import.objects.get(pk=draft.pk)


def decide(draft, word, target):
    """Say what a word means, or that it stays out, now and in later files."""
    rows = Row.objects.filter(of=draft, outcome="")
    group = next(row.group for row in rows if row.values["word"] == word)
    actions.decide_groups(draft=draft, choices={group: target}, by=None, now=NOW)


def written(tmp_path, rows, *, headings=HEADINGS, name="antwoorden.xlsx", **more):
    return xlsx(tmp_path / name, exported(rows, headings=headings, **more))


def an(number):
    return f"an{number}@stad.example", f"Anneloes Verbrugghen{number}"


def given(evaluation, **fields):
    """Give what was answered to the questions with this text or code."""
    return list(
        Answer.objects.filter(response__evaluation=evaluation, **fields).order_by("choice", "number", "pk")
    )


def opened(evaluation):
    return close_evaluation(evaluation=evaluation, by=None, now=LATER)
