"""Which contents a report of a year has: what was fixed, or what the registers say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from trekker.kernel.periods import Period
from trekker.kernel.steady import one_moment
from trekker.plan.models import Plan, PlanVersion
from trekker.plan.queries.versions import current_version
from trekker.reports.contents import Contents
from trekker.reports.models import Report
from trekker.reports.queries.contents import NO_NARRATIVES, contents
from trekker.reports.queries.reports import NoPlanAdopted, fixed_contents, narratives_of

Kind = Report.Kind
HALF = (6, 30)  # the last day of a report of half a year: month and day


class OutsideYear(Exception):
    """The day asked for does not lie in the year of the report, or is still to come."""


@dataclass(frozen=True)
class Chosen:
    """The contents of a report, and in words which ones they are."""

    contents: Contents
    said: str


def report_of(
    year: int, kind: str, *, today: date, plan: Plan | None = None
) -> tuple[PlanVersion, Report | None]:
    """
    Give the version of the plan that a year is told of, and the report that was started for it, if any.

    :raises NoPlanAdopted: if no plan was adopted for the year
    """
    versions = PlanVersion.objects.filter(plan=plan) if plan else PlanVersion.objects.all()
    version = current_version(versions, year=year, day=min(today, Period.year(year).last_day))
    if version is None:
        raise NoPlanAdopted
    return version, Report.objects.filter(plan=version.plan_id, year=year, kind=kind).first()


def last_day_of(year: int, kind: str, *, today: date) -> date:
    """Give the last day that a report of today tells of."""
    end = date(year, *HALF) if kind == Kind.MID_YEAR else Period.year(year).last_day
    return min(end, today)


def chosen(
    year: int,
    *,
    plan: Plan | None = None,
    kind: str = Kind.ANNUAL,
    as_of: date | None = None,
    now: datetime,
) -> Chosen:
    """
    Give what a report says: as it was fixed last, unless a day is asked for; else from the registers.

    Without ``plan`` it tells of the one in force.

    :raises NoPlanAdopted: if no plan was adopted for the year
    :raises OutsideYear: if the day asked for lies outside the year, or is still to come
    """
    today = timezone.localdate(now)
    version, report = report_of(year, kind, today=today, plan=plan)
    if as_of is None and report is not None:
        snapshot = report.snapshots.order_by("-number").first()
        if snapshot is not None:
            fixed_on = date_format(timezone.localtime(snapshot.fixed_at), "j F Y")
            return Chosen(fixed_contents(snapshot), f"zoals vastgesteld op {fixed_on}")
    if as_of is not None and (as_of.year != year or as_of > today):
        raise OutsideYear
    day = as_of or min(report.last_day if report else last_day_of(year, kind, today=today), today)
    held = current_version(PlanVersion.objects.filter(plan=version.plan_id), year=year, day=day) or version
    with one_moment():
        found = contents(
            held,
            day,
            today=today,
            now=now,
            narratives=narratives_of(report) if report else NO_NARRATIVES,
            title=report.title if report else f"{Kind(kind).label.capitalize()} {year}",
        )
    return Chosen(found, f"met de cijfers van {date_format(found.last_day, 'j F Y')}")
