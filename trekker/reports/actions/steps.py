"""Starting a report and moving it from one state to the next, by the table of steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.kernel.periods import Period
from trekker.plan.models import Plan, PlanVersion
from trekker.reports.contents import Narrative
from trekker.reports.models import STEPS, Report
from trekker.reports.queries.lacking import what_lacks
from trekker.reports.queries.reports import NoPlanAdopted, contents_of_today, narratives_of

STARTED = audit.act("reports.started", "rapport gestart")
MOVED = audit.act("reports.moved", "stand van het rapport gewijzigd")
RESTATED = audit.act("reports.restated", "herziening van het rapport gestart")
State = Report.State
PAIRS = {(step.source, step.target) for step in STEPS}
# Steps before which a report must tell what it promised to.
CHECKED_FIRST = {pair for pair in PAIRS if pair[1] in {State.OFFERED, State.CHECKED}}


class ReportExists(Exception):
    """There is a report of this kind for the year already."""


class WrongDay(Exception):
    """The last day of its figures lies outside its year."""


class WrongStep(Exception):
    """No step leads from where the report stands to where it should go, or it moved meanwhile."""


class NotReady(Exception):
    """Something must be written first; ``lacking`` says what, in Dutch."""

    def __init__(self, lacking: list[str]) -> None:
        """Keep what is lacking."""
        super().__init__(" ".join(lacking))
        self.lacking = lacking


class ReasonMissing(Exception):
    """A restatement says no reason."""


@transaction.atomic
def start_report(
    *, plan: Plan, year: int, kind: str, last_day: date, by: AnyAccount, now: datetime
) -> Report:
    """
    Start the report of a year for which a plan was adopted.

    :raises NoPlanAdopted: if no version of the plan was adopted for that year
    :raises WrongDay: if the last day of its figures lies outside the year
    :raises ReportExists: if there is one of this kind already
    """
    if not PlanVersion.objects.adopted().filter(plan=plan, year=year).exists():  # type: ignore[attr-defined]
        raise NoPlanAdopted
    if not Period.year(year).start <= last_day <= Period.year(year).last_day:
        raise WrongDay
    try:
        with transaction.atomic():
            report = Report.objects.create(
                plan=plan, year=year, kind=kind, last_day=last_day, made_by=by, made_at=now
            )
    except IntegrityError as error:
        raise ReportExists from error
    audit.record(STARTED, report, by=by, at=now, kind=kind, last_day=last_day.isoformat())
    return report


def locked(report: Report, edition: int) -> Report:
    """
    Take hold of a report, as someone saw it.

    :raises WrongStep: if it moved since
    """
    held = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if held.edition != edition:
        raise WrongStep
    return held


def moved(report: Report, to: str) -> None:
    """
    Take a step to another state, within the caller's transaction; fixing and restating have more to do.

    :raises WrongStep: if no step leads there
    """
    if (report.state, to) not in PAIRS:
        raise WrongStep
    report.state = State(to)
    report.edition += 1


def move(*, report: Report, to: str, edition: int, by: AnyAccount, now: datetime) -> Report:
    """
    Take a step that only changes the state; ``edition`` is that of the page it is taken from.

    A report that is offered or checked has what it must tell. Only a report that was fixed before goes back
    to fixed: that stops its restatement.

    :raises WrongStep: if no step leads there, or if it moved meanwhile
    :raises NotReady: if something must be written first
    :raises NoPlanAdopted: if there is no plan to tell of
    """
    as_it_is = Report.objects.get(pk=report.pk)
    if as_it_is.edition != edition:
        raise WrongStep
    texts = _check(as_it_is, now) if (as_it_is.state, to) in CHECKED_FIRST else None
    return _moved(report, to, texts, edition=edition, by=by, now=now)


@transaction.atomic
def _moved(
    report: Report,
    to: str,
    texts: Mapping[str, Narrative] | None,
    *,
    edition: int,
    by: AnyAccount,
    now: datetime,
) -> Report:
    report = locked(report, edition)
    if texts is not None and texts != narratives_of(report):
        raise WrongStep
    earlier = report.state
    restating = earlier == State.CONCEPT and to == State.FIXED
    if earlier == State.FIXED or (to == State.FIXED and not restating):
        raise WrongStep
    if restating and not report.restating:
        raise WrongStep
    moved(report, to)
    report.restating = "" if restating else report.restating
    report.checked_by = by if to == State.CHECKED else None
    report.checked_at = now if to == State.CHECKED else None
    report.save()
    audit.record(MOVED, report, by=by, at=now, **{"from": earlier, "to": to})
    return report


def _check(report: Report, now: datetime) -> Mapping[str, Narrative]:
    """
    Ask the registers whether a report tells what it must; holds up nobody, whatever that takes.

    Gives the narratives that it looked at.

    :raises NotReady: if something must be written first
    """
    texts = narratives_of(report)
    found = contents_of_today(report, now=now, with_rows=False)
    if lacking := [each.words for each in what_lacks(found) if each.blocks]:
        raise NotReady(lacking)
    return texts


@transaction.atomic
def restate(*, report: Report, reason: str, edition: int, by: AnyAccount, now: datetime) -> Report:
    """
    Put a fixed report under way again; what was fixed stays, and holds until the next fixing.

    :raises ReasonMissing: if it says no reason
    :raises WrongStep: if it is not fixed, or if it moved meanwhile
    """
    if not reason.strip():
        raise ReasonMissing
    report = locked(report, edition)
    if report.state != State.FIXED:
        raise WrongStep
    moved(report, State.CONCEPT)
    report.restating = reason.strip()
    report.checked_by = report.checked_at = None
    report.save()
    audit.record(RESTATED, report, by=by, at=now, reason=report.restating)
    return report
