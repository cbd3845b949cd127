"""Which version of the plan holds in a year or on a day, and which one people work with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from trekker.plan.models import PlanVersion


def current_version(versions: QuerySet[PlanVersion], *, year: int, day: date) -> PlanVersion | None:
    """Give the version of a year that held on a day; before the first, the first of that year."""
    held = versions.filter(year=year).in_force(year=year, day=day).select_related("plan").first()  # type: ignore[attr-defined]
    first = versions.adopted().filter(year=year).order_by("in_force_from", "number")  # type: ignore[attr-defined]
    return held or first.select_related("plan").first()


def years(versions: QuerySet[PlanVersion]) -> list[int]:
    """List the years for which a plan was adopted, the newest first."""
    return list(versions.adopted().values_list("year", flat=True).order_by("-year").distinct())  # type: ignore[attr-defined]


def working_year(known: Iterable[int], day: date) -> int | None:
    """
    Give the year, of those that have a plan, whose plan people work with on a day.

    In January the new year often has none yet: then it is the last that had one. A plan that is still
    to begin comes only where there is no other.
    """
    known = list(known)
    return max((year for year in known if year <= day.year), default=min(known, default=None))


def working_version(versions: QuerySet[PlanVersion], *, day: date) -> PlanVersion | None:
    """Give the version that people work with on a day, which may be that of the year before."""
    year = working_year(years(versions), day)
    return current_version(versions, year=year, day=day) if year else None
