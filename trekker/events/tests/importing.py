"""Reads an attendance file in, in one call, as the screens do step by step."""

from datetime import datetime
from pathlib import Path

from trekker.events.tests.factories import BRUSSELS
from trekker.imports import actions
from trekker.imports.models import Import, Row

NOW = datetime(2026, 4, 17, 9, 0, tzinfo=BRUSSELS)
FILES = Path(__file__).parent / "files"
REPORT = FILES / "teams-2022-le.csv"


def compare(path, event, session=None, by=None):
    """Take a file in and compare it; gives the import, ready for review."""
    options = {"event": event.pk, "session": session.pk if session else None}
    draft = actions.take_in(
        importer="attendance", path=path, file_name=path.name, options=options, by=by, now=NOW
    )
    draft = actions.settle(draft=draft, mapping=draft.mapping, options=draft.options, now=NOW)
    actions.match(draft=draft.pk, attempt=draft.attempt, clock=lambda: NOW)
    draft.refresh_from_db()
    return draft


def store(draft, by=None):
    """Store a compared file; gives the import with its counts."""
    draft = actions.confirm(draft=draft, by=by, now=NOW)
    actions.store(draft=draft.pk, attempt=draft.attempt, now=NOW)
    return Import.objects.get(pk=draft.pk)


def row_of(draft, name):
    """Give the row about someone."""
    return Row.objects.get(of=draft, label=name)


def decide(draft, name, target, by=None):
    """Tie the guests of this name to a registration, or to nothing, now and in later files."""
    group = row_of(draft, name).group
    actions.decide_groups(draft=draft, choices={group: target}, by=by, now=NOW)
