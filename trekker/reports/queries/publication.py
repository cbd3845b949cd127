"""What the website shows of a year, gathered from the registers or from what was fixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.db.models import Max, Sum
from django.utils import timezone

from trekker.kernel.measures import InvalidFilters, catalogue
from trekker.kernel.periods import Period
from trekker.kernel.steady import one_moment
from trekker.plan.models import PlanVersion
from trekker.plan.queries.versions import current_version, years
from trekker.reports.contents import Contents, Line
from trekker.reports.formats.openly import is_map_shown, published
from trekker.reports.formats.rounding import FIVE
from trekker.reports.models import Publication, Report, Snapshot
from trekker.reports.queries.contents import contents
from trekker.reports.queries.reports import fixed_contents

Shows = Publication.Shows


@dataclass(frozen=True)
class Gathered:
    """What a year says to anyone, as it is kept: figures, and the map where it may be seen."""

    figures: dict[str, Any]
    drawing: str


def gathered(year: int, shows: str, *, now: datetime) -> Gathered | None:
    """
    Gather what anyone may read of a year; nothing where there is no plan, or nothing fixed that is asked.

    It asks what a whole report asks: it is for a chore and a preview, never for a page of the website.
    """
    found = _fixed(year) if shows == Shows.FIXED else _of_today(year, now)
    if found is None:
        return None
    figures = published(found, steps(found)).plain()
    return Gathered(figures, found.reach.drawing if found.reach and is_map_shown(found) else "")


def _of_today(year: int, now: datetime) -> Contents | None:
    today = timezone.localdate(now)
    version = current_version(PlanVersion.objects.all(), year=year, day=today)
    if version is None or version.period.start > today:
        return None
    with one_moment():
        return contents(version, min(today, version.period.last_day), today=today, now=now)


def _fixed(year: int) -> Contents | None:
    """Give the annual report as it was fixed last, or else that of half a year."""
    snapshots = Snapshot.objects.filter(report__year=year).order_by("-number")
    for kind in (Report.Kind.ANNUAL, Report.Kind.MID_YEAR):
        if found := snapshots.filter(report__kind=kind).first():
            return fixed_contents(found)
    return None


def steps(found: Contents) -> dict[int, int]:
    """
    Give for each line of hours how many five people bring at least, by the key of the line.

    Someone brings the hours of a whole activity, so a step is five times the longest one, whoever came. One
    query for each such line.
    """
    period = Period.year(found.first_day.year).until(found.last_day)
    hours = ((line, _longest(line, period)) for _goal, _promise, line in found.every_line())
    return {line.key: FIVE * max(ceil(longest), 1) for line, longest in hours if longest is not None}


def _longest(line: Line, period: Period) -> Any | None:
    """Give the hours of the longest activity that a line counts; nothing for what counts no hours."""
    measure = catalogue.get(line.measure)
    planning = measure.planning if measure else None
    if measure is None or planning is None or planning.turnout is None or not planning.turnout.hours:
        return None
    try:
        sessions = measure.planned(period, line.filters)  # type: ignore[arg-type]  # as the plan stores them
    except InvalidFilters:
        return None
    totals = sessions.order_by().values(planning.about).annotate(lasts=Sum(planning.turnout.hours))
    return totals.aggregate(most=Max("lasts"))["most"] or 0


@dataclass(frozen=True)
class YearToShow:
    """One year of a plan, and how it stands on the website."""

    year: int
    publication: Publication | None

    @property
    def is_shown(self) -> bool:
        """Whether anyone may read it."""
        return bool(self.publication and self.publication.is_shown)


def years_to_show() -> list[YearToShow]:
    """Give each year that has a plan with how it stands on the website, the newest first; two queries."""
    known = {each.year: each for each in Publication.objects.defer("figures", "drawing")}
    return [YearToShow(year, known.get(year)) for year in years(PlanVersion.objects.all())]


def shown_years() -> list[int]:
    """Give the years that anyone may read, the newest first: one query."""
    return list(Publication.objects.shown().order_by("-year").values_list("year", flat=True))


def is_fixed(year: int) -> bool:
    """Tell whether a report of a year was fixed."""
    return Snapshot.objects.filter(report__year=year).exists()
