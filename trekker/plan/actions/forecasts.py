"""Forecasts are kept as they were made, so that they can be scored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trekker.kernel import audit
from trekker.plan.models import Forecast, PlanVersion
from trekker.plan.queries.figures import dashboard, flat
from trekker.plan.queries.forecast import with_forecast
from trekker.plan.queries.scores import monday_of

KEPT = audit.act("plan.forecasts_kept", "Voorspellingen bewaard")


@transaction.atomic
def keep_forecasts(*, version: PlanVersion, by: Any, now: datetime) -> int:
    """
    Keep what each line of a version will likely come to, as known now; give how many were new.

    One a line a week: again in the same week changes nothing. Lines of which nothing can be foretold
    are left out.
    """
    day = timezone.localdate(now)
    week = monday_of(day)
    known = set(
        Forecast.objects.filter(week=week, line__indicator__goal__version=version).values_list(
            "line", flat=True
        )
    )
    goals = with_forecast(dashboard(version, day, today=day), version, day)
    told = [
        (figure.line, figure.foretold.outlook)
        for goal in flat(goals)
        for promise in goal.promises
        for figure in promise.figures
        if figure.foretold and figure.line.pk not in known
    ]
    rows = [
        Forecast(
            line=line,
            week=week,
            made_on=day,
            value=outlook.value,
            low=ends[0],
            middle=ends[1],
            high=ends[2],
            chance=outlook.chance,
            target=outlook.target,
        )
        for line, outlook in told
        if (ends := outlook.ends)
    ]
    if rows:
        # Where another process was first, its rows stand.
        Forecast.objects.bulk_create(rows, ignore_conflicts=True)
        audit.record(KEPT, version, by=by, at=now, week=week.isoformat(), forecasts=len(rows))
    return len(rows)
