"""The list of reports, starting one, its page, and the steps it takes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trekker.kernel.access import Permission, access, may
from trekker.kernel.steady import one_moment
from trekker.reports import actions
from trekker.reports.contents import Contents
from trekker.reports.forms import reports as forms
from trekker.reports.models import STEPS, Report, ReportStep
from trekker.reports.queries.lacking import what_lacks
from trekker.reports.queries.reports import (
    NoPlanAdopted,
    contents_of_today,
    listed,
    newest_texts,
    versions_to_tell_of,
)
from trekker.reports.queries.since import Summary, since
from trekker.reports.queries.verify import verify

P = Permission
MOVED_MEANWHILE = "Iemand wijzigde dit rapport intussen. Kijk het eerst opnieuw na."
COMPARE = "vergelijk"  # what the address of a page says to compare with the registers
NO_PLAN = "Voor dit jaar is er geen vastgesteld plan."


def report_for(request: HttpRequest, pk: int) -> Report:
    """Give a report that the reader may see."""
    return get_object_or_404(Report.objects.visible_to(request.user).select_related("plan"), pk=pk)


@access(P.OFFICE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every report."""
    shown = {
        "reports": listed(Report.objects.visible_to(request.user)),
        "may_start": may(request.user, P.REPORTS_CHANGE),
        "has_plan": bool(versions_to_tell_of()),
    }
    return render(request, "reports/office/index.html", shown)


@access(P.REPORTS_CHANGE)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start the report of a year."""
    versions = versions_to_tell_of()
    initial = {"version": str(versions[0].pk), "kind": Report.Kind.ANNUAL} if versions else {}
    form = forms.NewReport(request.POST or None, versions=versions, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        version = form.versions[typed["version"]]
        try:
            report = actions.start_report(
                plan=version.plan,
                year=version.year,
                kind=typed["kind"],
                last_day=typed["last_day"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.ReportExists:
            form.add_error("kind", "Dit rapport bestaat al. Open het in de lijst.")
        else:
            return redirect(report)
    return render(request, "reports/office/start.html", {"form": form, "has_plan": bool(versions)})


@access(P.OFFICE)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report: how far it is, its figures and narratives, what lacks, and what was fixed."""
    report = report_for(request, pk)
    now = timezone.now()
    snapshots = list(report.snapshots.latest_first().select_related("version", "fixed_by"))
    shown: dict[str, Any] = {
        "report": report,
        "snapshots": snapshots,
        "steps_to_take": steps_for(request, report),
    }
    if report.is_fixed:
        verdict = verify(report.snapshots.order_by("-number")[0])
        shown |= {"verdict": verdict, "contents": verdict.contents, "snapshot": verdict.snapshot}
        shown |= compared(request, verdict.contents)
    else:
        try:
            found = contents_of_today(report, now=now, with_rows=False)
        except NoPlanAdopted as error:
            raise Http404 from error
        codes = {goal.code for goal in found.every_goal()}
        texts = newest_texts(report)
        shown |= {
            "contents": found,
            "lacking": what_lacks(found),
            "introduction": texts.get(""),
            "homeless": [
                each for code, each in texts.items() if code and code not in codes and each.text.strip()
            ],
            "may_write": report.may_be_written and may(request.user, P.REPORTS_WRITE),
            "is_over": report.is_over(timezone.localdate(now)),
        }
    shown["states"] = [str(label).capitalize() for label in Report.State.labels]
    shown["place"] = Report.State.values.index(report.state) + 1
    return render(request, "reports/office/show.html", shown)


def compared(request: HttpRequest, found: Contents | None) -> dict[str, Any]:
    """
    Give what the registers say now of what was fixed, by the number of each line, and in short.

    Only for who asks it by ``?vergelijk``: counting everything again takes long where many take part.
    """
    if found is None or COMPARE not in request.GET:
        return {}
    with one_moment():
        lines = since(found)
    return {
        "since": {each.line.key: each for each in lines},
        "summary": Summary.over(lines),
        "compared_at": timezone.now(),
    }


def steps_for(request: HttpRequest, report: Report) -> list[ReportStep]:
    """Give the steps that a reader may take with a report, as buttons."""
    steps = [each for each in STEPS if each.source == report.state and may(request.user, each.permission)]
    stops = (Report.State.CONCEPT, Report.State.FIXED)
    return [each for each in steps if each[:2] != stops or report.restating]


@access(P.REPORTS_WRITE)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step that only changes the state."""
    report = report_for(request, pk)
    form = forms.Move(request.POST)
    step = next(
        (each for each in STEPS if (each.source, each.target) == (report.state, request.POST.get("to"))), None
    )
    if step and not may(request.user, step.permission):
        raise PermissionDenied
    if not form.is_valid() or step is None:
        messages.error(request, MOVED_MEANWHILE)
        return redirect(report)
    try:
        moved = actions.move(report=report, **form.cleaned_data, by=request.user, now=timezone.now())
    except actions.WrongStep:
        messages.error(request, MOVED_MEANWHILE)
    except actions.NotReady as error:
        messages.error(request, " ".join(error.lacking))
    except NoPlanAdopted:
        messages.error(request, NO_PLAN)
    else:
        messages.success(request, f"Dit rapport is nu {moved.get_state_display()}.")
    return redirect(report)
