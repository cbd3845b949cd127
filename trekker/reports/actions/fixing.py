"""Fixing a report: its contents as of one moment, kept as bytes under one hash."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.kernel.steady import one_moment
from trekker.plan.models import PlanVersion
from trekker.reports.actions.steps import WrongStep, locked, moved
from trekker.reports.contents import Contents
from trekker.reports.models import Report, Snapshot
from trekker.reports.queries.reports import Fixing, contents_of_today, document, mark_of, version_of
from trekker.reports.queries.verify import FIXED

State = Report.State


class NotOver(Exception):
    """The days that the figures are of are not over yet."""


class FiguresMoved(Exception):
    """A figure, a row or a text differs from what was shown before fixing."""


def fix(*, report: Report, seen: str, edition: int, by: AnyAccount, now: datetime) -> Snapshot:
    """
    Fix the contents of a checked report.

    ``seen`` is the mark of what was shown, ``edition`` that of the page that showed it. The
    contents are gathered as of one moment, before the report is taken hold of: nobody waits for it.
    Of two who fix at once, the second is refused.

    :raises WrongStep: if it is not checked, or if it moved meanwhile
    :raises NotOver: if its last day is not over
    :raises FiguresMoved: if what would be fixed is not what was shown
    :raises NoPlanAdopted: if there is no plan to tell of
    """
    today = timezone.localdate(now)
    if not report.is_over(today):
        raise NotOver
    with one_moment():
        version = version_of(report, today)
        found = contents_of_today(report, now=now, fixed_on=today)
    if mark_of(found) != seen:
        raise FiguresMoved
    return _store(report, version, found, edition=edition, by=by, now=now)


@transaction.atomic
def _store(
    report: Report, version: PlanVersion, found: Contents, *, edition: int, by: AnyAccount, now: datetime
) -> Snapshot:
    report = locked(report, edition)
    if report.state != State.CHECKED:
        raise WrongStep
    before = report.snapshots.order_by("-number").first()
    fixing = Fixing(
        number=before.number + 1 if before else 1,
        fixed_by=str(by or ""),
        fixed_at=now,
        reason=report.restating,
        before=before.sha256 if before else "",
    )
    snapshot = Snapshot.objects.create(
        report=report,
        number=fixing.number,
        version=version,
        last_day=found.last_day,
        reason=fixing.reason,
        fixed_by=by,
        fixed_at=now,
        **Snapshot.packing(document(report, version, found, fixing)),
    )
    moved(report, State.FIXED)
    report.restating = ""
    report.save()
    audit.record(FIXED, snapshot, by=by, at=now, sha256=snapshot.sha256, reason=snapshot.reason)
    return snapshot
