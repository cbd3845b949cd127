"""The steps of a report, in one call, and the figures it gives."""

from trekker.reports import actions
from trekker.reports.queries.reports import contents_of_today, mark_of
from trekker.reports.tests.factories import NOW


def move(report, to, *, edition=None, now=NOW):
    return actions.move(
        report=report, to=to, edition=report.edition if edition is None else edition, by=None, now=now
    )


def fix(report, *, edition=None, now=NOW):
    report.refresh_from_db()
    seen = mark_of(contents_of_today(report, now=now))
    return actions.fix(
        report=report,
        seen=seen,
        edition=report.edition if edition is None else edition,
        by=None,
        now=now,
    )


def values(contents):
    return [line.value for _goal, _promise, line in contents.every_line()]
