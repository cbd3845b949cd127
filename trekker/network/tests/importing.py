"""Reads a list of members in, in one call, as the screens do step by step."""

from datetime import UTC, datetime

from trekker.imports import actions
from trekker.imports.models import Import, Row
from trekker.network.tests.factories import NEWSLETTER

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OPTIONS = {"channel": NEWSLETTER, "status": "SUBSCRIBED", "on": "2026-03-01", "complete": False}


def compare(path, name="", **options):
    """Take a file in and compare it; gives the import, ready for review."""
    draft = actions.take_in(importer="members", path=path, file_name=name or path.name, by=None, now=NOW)
    chosen = {**OPTIONS, **draft.options, **options}
    draft = actions.settle(draft=draft, mapping=draft.mapping, options=chosen, now=NOW)
    actions.match(draft=draft.pk, attempt=draft.attempt, clock=lambda: NOW)
    draft.refresh_from_db()
    return draft


def store(draft):
    """Store a compared file; gives the import with its counts."""
    draft = actions.confirm(draft=draft, by=None, now=NOW)
    actions.store(draft=draft.pk, attempt=draft.attempt, now=NOW)
    return Import.objects.get(pk=draft.pk)


def read_in(path, name="", **options):
    """Take in, compare and store a file."""
    return store(compare(path, name, **options))


def row_of(draft, key):
    """Give the row about an address."""
    return Row.objects.get(of=draft, key=key)
