"""The line builder: how a promise is measured, with its sentence, live count and first rows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trekker.kernel.access import Permission, access, may
from trekker.kernel.measures import InvalidFilters, Listing
from trekker.plan import actions, forms
from trekker.plan.models import Indicator, IndicatorLine, PlanVersion
from trekker.plan.queries.review import Trial, trial

FIRST_ROWS = 10


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how a promise is measured; *Bekijk telling* shows the result without keeping it."""
    line = get_object_or_404(IndicatorLine.objects.select_related("indicator__goal__version__plan"), pk=pk)
    return _build(request, line.indicator, line)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line to an indicator."""
    concepts = Indicator.objects.exclude(goal__version__state=PlanVersion.State.ADOPTED)
    indicator = get_object_or_404(concepts.select_related("goal__version__plan"), pk=pk)
    return _build(request, indicator, None)


def _build(request: HttpRequest, indicator: Indicator, line: IndicatorLine | None) -> HttpResponse:
    version = indicator.goal.version
    form = forms.LineForm(request.POST or None, line=line, promised=not version.may_be_mended)
    if request.method == "POST" and form.is_valid() and "bewaar" in request.POST:
        typed = {name: form.cleaned_data[name] for name in ("measure", "comparator", "target", "unit")}
        try:
            actions.save_line(
                indicator=indicator,
                line=line,
                filters=form.filters(),
                by=request.user,
                now=timezone.now(),
                **typed,
            )
        except InvalidFilters as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{version.get_absolute_url()}#indicator-{indicator.pk}")
    asked = form.filters() if form.is_bound and form.is_valid() else (line.filters if line else {})
    shown = {"version": version, "indicator": indicator, "line": line, "form": form}
    if form.chosen:
        shown |= _tried(
            request, trial(form.chosen, asked, version, timezone.localdate()), form.chosen.listing
        )
    return render(request, "plan/line.html", shown)


def _tried(request: HttpRequest, result: Trial, listing: Listing) -> dict[str, Any]:
    shown: dict[str, Any] = {"result": result}
    if result.rows is not None and may(request.user, listing.seen_by):
        shown["headings"] = [column.label for column in listing.columns]
        shown["first"] = [
            [column.value(row) for column in listing.columns] for row in result.rows[:FIRST_ROWS]
        ]
    return shown


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a line may go, and remove it."""
    concepts = IndicatorLine.objects.exclude(indicator__goal__version__state=PlanVersion.State.ADOPTED)
    line = get_object_or_404(concepts.select_related("indicator__goal__version__plan"), pk=pk)
    version = line.indicator.goal.version
    if request.method == "POST":
        actions.remove_line(line=line, by=request.user, now=timezone.now())
        return redirect(f"{version.get_absolute_url()}#indicator-{line.indicator_id}")
    return render(request, "plan/remove.html", {"version": version, "node": line})
