"""What happens by itself around the plan: each week its forecasts are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from trekker.kernel.clock import chore
from trekker.plan.actions.forecasts import keep_forecasts
from trekker.plan.models import Forecast, PlanVersion
from trekker.plan.queries.scores import monday_of
from trekker.plan.queries.versions import current_version


@chore("plan.forecasts", every=timedelta(hours=12))
def keep(now: datetime) -> None:
    """Keep the forecasts of the version in force, once a week."""
    day = timezone.localdate(now)
    version = current_version(PlanVersion.objects.all(), year=day.year, day=day)
    kept = Forecast.objects.filter(week=monday_of(day), line__indicator__goal__version=version)
    if version and not kept.exists():
        keep_forecasts(version=version, by=None, now=now)
