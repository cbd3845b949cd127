"""The start page of the back office, and the rows behind each figure."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from trekker.kernel import exports
from trekker.kernel.access import Permission, access, may
from trekker.kernel.numbers import whole_number
from trekker.plan import actions, forms
from trekker.plan.models import IndicatorLine, PlanVersion
from trekker.plan.queries.effect import with_effect, with_effect_of_dropped
from trekker.plan.queries.figures import Behind, behind, dashboard, parties, tally
from trekker.plan.queries.forecast import with_forecast
from trekker.plan.queries.history import dropped, history, with_history
from trekker.plan.queries.progress import with_progress
from trekker.plan.queries.versions import current_version, working_year, years

ROWS_A_PAGE = 50


def asked_day(request: HttpRequest) -> date:
    """Give the day in ``?op=``, or today."""
    try:
        return datetime.strptime(request.GET.get("op", ""), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return timezone.localdate()


def asked_year(request: HttpRequest, known: list[int], day: date) -> int | None:
    """Give the year in ``?jaar=``, or the one that people work with on the day."""
    asked = whole_number(request.GET.get("jaar", ""))
    return asked if asked in known else working_year(known, day)


def _concepts(request: HttpRequest, year: int | None = None) -> QuerySet[PlanVersion]:
    """Give the concepts that wait, the newest first, of every year or of one."""
    rows = PlanVersion.objects.visible_to(request.user).filter(state=PlanVersion.State.CONCEPT)
    return (rows.filter(year=year) if year else rows).order_by("-made_at")


@access(Permission.OFFICE)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every promise of a year with its figure on a day."""
    versions = PlanVersion.objects.visible_to(request.user)
    known, day = years(versions), asked_day(request)
    year = asked_year(request, known, day)
    version = current_version(versions, year=year, day=day) if year else None
    if version is None:
        return render(request, "plan/no_plan.html", {"concepts": _concepts(request)})
    # What is still to come cannot be measured: the latest day is today.
    today = timezone.localdate()
    day = max(min(day, version.period.last_day, today), version.period.start)
    goal, lead = request.GET.get("doel", ""), request.GET.get("trekker", "")
    form = forms.DashboardFilter(
        initial={"jaar": year, "op": day, "doel": goal, "trekker": lead},
        years=known,
        goals=list(version.goals.order_by("position")),
        parties=parties(version),
    )
    goals = with_forecast(dashboard(version, day, today=today, lead=lead, goal=goal), version, day)
    told = history(version)
    goals = with_progress(with_history(goals, told), version, day)
    gone = [] if goal or lead else dropped(told, today=today)
    if may(request.user, Permission.FEEDBACK_VIEW):
        goals = with_effect(goals, version, day, told)
        gone = with_effect_of_dropped(gone, version, day)
    shown = {"version": version, "day": day, "goals": goals, "form": form, "tally": tally(goals)}
    if version.year < today.year and today.year not in known:
        shown |= {"no_plan_for": today.year, "concepts": _concepts(request, today.year)}
        shown["may_start"] = may(request.user, Permission.PLAN_CHANGE)
    shown["filtered"] = bool(goal or lead)
    shown["revised"] = told.revisions[-1] if told.is_revised else None
    shown["dropped"] = gone
    return render(request, "plan/dashboard.html", shown)


@access(Permission.OFFICE)
@require_safe
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Show or export the rows behind one figure, or those that are unknown."""
    lines = IndicatorLine.objects.select_related("indicator__goal__version__plan")
    line = get_object_or_404(lines, pk=pk)
    version = line.indicator.goal.version
    if not PlanVersion.objects.visible_to(request.user).filter(pk=version.pk).exists():
        raise Http404
    gap = whole_number(request.GET.get("onbekend", ""))
    found = behind(line, version, asked_day(request), gap=gap)
    if found is None:
        raise Http404
    export = request.GET.get("formaat", "")
    if not may(request.user, found.listing.exported_by if export else found.listing.seen_by):
        raise PermissionDenied
    if export:
        actions.note_export(line=line, by=request.user, now=timezone.now())
        return _export(found, export)
    page = Paginator(found.rows, ROWS_A_PAGE).get_page(request.GET.get("p"))
    table = [found.linked(row) for row in page]
    shown = {"line": line, "version": version, "found": found, "page": page, "table": table}
    asked = {"op": found.day.isoformat(), **({} if found.gap is None else {"onbekend": str(found.gap)})}
    shown["kept"] = urlencode(asked)
    shown["downloads"] = [(kind.upper(), f"?{shown['kept']}&formaat={kind}") for kind in ("xlsx", "csv")]
    shown["may_export"] = may(request.user, found.listing.exported_by)
    return render(request, "plan/rows.html", shown)


def _export(found: Behind, kind: str) -> HttpResponse:
    write = exports.xlsx_response if kind == "xlsx" else exports.csv_response
    rows = (found.cells(row) for row in found.rows.iterator(chunk_size=2000))
    return write(found.file_name, found.headings, rows)  # type: ignore[return-value]
