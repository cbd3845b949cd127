"""A meeting on one day, and what was agreed there."""

from datetime import UTC, date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from trekker.plan.actions.meetings import (
    About,
    agree,
)
from trekker.plan.queries.meetings import overview

DAY = date(2026, 6, 15)


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


NOW = at(DAY)


def agreed(meeting, about=None, **facts):
    facts = {"owner": None, "due_on": None, "by": None, "now": NOW, **facts}
    return agree(meeting=meeting, about=about or About(), **facts)


def seen(meeting, today=DAY):
    (found,) = overview(meeting, today)
    return {name: [item.text for item in getattr(found, name)] for name in ("done", "coming", "asks")}


def questions(client, meeting):
    """Count the questions to the database behind the page of a meeting."""
    client.get(meeting.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(meeting.get_absolute_url())
    return len(asked)
