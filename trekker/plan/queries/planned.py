"""The planned moments of the plan, for the year calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from trekker.kernel.agenda import Dated
from trekker.kernel.periods import Period
from trekker.plan.models import Moment, PlanVersion
from trekker.plan.queries.versions import current_version


def moments_within(period: Period, today: date) -> Iterator[Dated]:
    """Give the dated moments within a period, of the version that holds in their year."""
    years = range(period.start.year, period.last_day.year + 1)
    versions = [current_version(PlanVersion.objects.all(), year=year, day=today) for year in years]
    held = [each for each in versions if each]
    rows = Moment.objects.filter(Q(end__gte=period.start) | Q(end=None), goal__version__in=held)
    for each in rows.filter(start__isnull=False, start__lt=period.end).select_related("goal__version"):
        if each.start is None or (each.end is None and each.start < period.start):
            continue
        url = each.goal.version.get_absolute_url()
        yield Dated(each.start, each.end or each.start, each.text, f"plan, {each.goal.code}", url)
