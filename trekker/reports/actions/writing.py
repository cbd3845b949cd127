"""Writing what stands beside the figures."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.reports.models import NarrativeText, Report
from trekker.reports.queries.reports import edition_of

WROTE = audit.act("reports.wrote", "verhaal bij het rapport geschreven")


class NotWritable(Exception):
    """The report is being checked or is fixed."""


class WrittenMeanwhile(Exception):
    """Someone else saved the same narrative since it was opened."""


def _plain(text: str) -> str:
    """Give a text with the line ends of one machine: browsers send those of another."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@transaction.atomic
def write_narrative(
    *, report: Report, goal_code: str, text: str, edition: int, by: AnyAccount, now: datetime
) -> NarrativeText:
    """
    Save a narrative as a next edition; ``edition`` is the one it was written from, 0 for none.

    :raises NotWritable: if the report is no concept
    :raises WrittenMeanwhile: if someone else saved an edition since
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not report.may_be_written:
        raise NotWritable
    if edition_of(report, goal_code) != edition:
        raise WrittenMeanwhile
    try:
        with transaction.atomic():
            written = NarrativeText.objects.create(
                report=report, goal_code=goal_code, edition=edition + 1, text=_plain(text), by=by, at=now
            )
    except IntegrityError as error:
        raise WrittenMeanwhile from error
    audit.record(WROTE, report, by=by, at=now, goal=goal_code, edition=written.edition)
    return written
