"""How a forecast is made, and how good forecasts were."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trekker.kernel.access import Permission, access
from trekker.plan.models import Forecast, IndicatorLine, PlanVersion
from trekker.plan.queries.figures import figure
from trekker.plan.queries.forecast import Telling, moments_ahead
from trekker.plan.queries.scores import earlier, scores
from trekker.plan.views.dashboard import asked_day


@access(Permission.OFFICE)
@require_safe
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain the forecast of one line on a day, with all that is still to come."""
    lines = IndicatorLine.objects.select_related("indicator__goal__version__plan")
    line = get_object_or_404(lines, pk=pk)
    version = line.indicator.goal.version
    if not PlanVersion.objects.visible_to(request.user).filter(pk=version.pk).exists():
        raise Http404
    today = timezone.localdate()
    day = max(min(asked_day(request), version.period.last_day, today), version.period.start)
    measured = figure(line, version, day, today=today)
    shown = {
        "line": line,
        "version": version,
        "day": day,
        "figure": measured,
        "told": Telling(version.period, day).of(measured),
        "moments": moments_ahead(line.indicator.goal, day),
        "earlier": earlier(line),
    }
    return render(request, "plan/forecast.html", shown)


@access(Permission.OFFICE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show how good the forecasts of each year that is over were."""
    shown = {"scores": scores(today=timezone.localdate()), "kept": Forecast.objects.count()}
    return render(request, "plan/forecasts.html", shown)
