"""Reports for tests, and the way from a concept to what is fixed."""

from datetime import UTC, date, datetime

import factory
from django.db import connection
from factory.django import DjangoModelFactory

from trekker.plan.tests.factories import PlanFactory
from trekker.reports import actions
from trekker.reports.models import Report, Snapshot
from trekker.reports.queries.reports import contents_of_today, mark_of

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)


class ReportFactory(DjangoModelFactory):
    """The annual report of 2026, a concept."""

    class Meta:
        model = Report

    class Params:
        mid_year = factory.Trait(kind="mid_year", last_day=date(2026, 6, 30))

    plan = factory.SubFactory(PlanFactory)
    year = 2026
    kind = "annual"
    last_day = date(2026, 12, 31)
    made_at = NOW


def write(report, text, goal_code="", *, edition=0, by=None, now=NOW):
    return actions.write_narrative(
        report=report, goal_code=goal_code, text=text, edition=edition, by=by, now=now
    )


def checked(report, *, by=None, now=NOW):
    """Take a concept up to checked."""
    report.refresh_from_db()
    report = actions.move(report=report, to="OFFERED", edition=report.edition, by=by, now=now)
    return actions.move(report=report, to="CHECKED", edition=report.edition, by=by, now=now)


def fixed(report, *, by=None, now=NOW):
    """Take a concept all the way; gives what was fixed."""
    report = checked(report, by=by, now=now)
    seen = mark_of(contents_of_today(report, now=now))
    return actions.fix(report=report, seen=seen, edition=report.edition, by=by, now=now)


def tamper(snapshot, old, new):
    """Write other bytes past every guard, as someone with the database could."""
    data = snapshot.data.replace(old, new, 1)
    assert data != snapshot.data
    packed = Snapshot.packing(data)["packed"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_snapshot SET packed = %s WHERE id = %s", [packed, snapshot.pk])
    return Snapshot.objects.get(pk=snapshot.pk)
