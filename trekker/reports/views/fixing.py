"""Fixing a report, restating it, and what was fixed beside the registers of now."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trekker.kernel.access import Permission, access, may
from trekker.kernel.measures import catalogue
from trekker.kernel.steady import one_moment
from trekker.organisations.models import Organisation
from trekker.reports import actions
from trekker.reports.forms.reports import Fix, Restate
from trekker.reports.models import Report, Snapshot
from trekker.reports.queries.reports import NoPlanAdopted, contents_of_today, mark_of
from trekker.reports.queries.since import Row, since
from trekker.reports.queries.verify import verify
from trekker.reports.views.reports import MOVED_MEANWHILE, NO_PLAN, compared, report_for

P = Permission
ROWS_SHOWN = 200


@access(P.REPORTS_CHANGE)
@require_http_methods(["GET", "POST"])
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly what will be fixed, and fix it."""
    report = report_for(request, pk)
    if report.state != Report.State.CHECKED:
        messages.error(request, MOVED_MEANWHILE)
        return redirect(report)
    form = Fix(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.fix(report=report, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.FiguresMoved:
            messages.warning(request, "Er wijzigde intussen iets. Kijk deze cijfers na en stel dan vast.")
        except actions.WrongStep:
            messages.error(request, MOVED_MEANWHILE)
            return redirect(report)
        except actions.NotOver:
            messages.error(request, f"Dit kan pas na {report.last_day:%d/%m/%Y}.")
            return redirect(report)
        except NoPlanAdopted:
            messages.error(request, NO_PLAN)
            return redirect(report)
        else:
            messages.success(request, f"Vastgesteld: {made}.")
            return redirect(report)
    now = timezone.now()
    try:
        with one_moment():
            found = contents_of_today(report, now=now)
    except NoPlanAdopted as error:
        raise Http404 from error
    shown = {
        "report": report,
        "contents": found,
        "is_over": report.is_over(timezone.localdate(now)),
        "form": Fix(initial={"seen": mark_of(found), "edition": report.edition}),
        "rows": sum(len(line.evidence) for _goal, _promise, line in found.every_line()),
    }
    return render(request, "reports/office/fix.html", shown)


@access(P.REPORTS_CHANGE)
@require_http_methods(["GET", "POST"])
def restate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and put a fixed report under way again."""
    report = report_for(request, pk)
    if not report.is_fixed and request.method != "POST":
        messages.error(request, MOVED_MEANWHILE)
        return redirect(report)
    form = Restate(request.POST or None, initial={"edition": report.edition})
    if request.method == "POST" and form.is_valid():
        try:
            actions.restate(report=report, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.WrongStep:
            typed = request.POST.copy()
            typed["edition"] = str(report_for(request, pk).edition)
            form = Restate(typed)
            form.add_error(None, MOVED_MEANWHILE)
        else:
            messages.success(
                request, "De herziening is gestart. De vaststelling blijft gelden tot de volgende."
            )
            return redirect(report)
    return render(request, "reports/office/restate.html", {"report": report, "form": form})


def _snapshot(request: HttpRequest, pk: int, number: int) -> Snapshot:
    report = report_for(request, pk)
    rows = report.snapshots.select_related("report__plan", "version", "fixed_by")
    return get_object_or_404(rows, number=number)


@access(P.OFFICE)
@require_safe
def snapshot(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what was fixed, whether it is untouched, and on request what the registers say now."""
    found = _snapshot(request, pk, number)
    verdict = verify(found)
    shown = {"report": found.report, "snapshot": found, "verdict": verdict, "contents": verdict.contents}
    return render(request, "reports/office/snapshot.html", shown | compared(request, verdict.contents))


@access(P.OFFICE)
@require_safe
def rows(request: HttpRequest, pk: int, number: int, key: int) -> HttpResponse:
    """Show which rows of one figure came, went or changed since it was fixed."""
    found = _snapshot(request, pk, number)
    contents = verify(found).contents
    line = next(iter(since(contents, only=key)), None) if contents else None
    if line is None:
        raise Http404
    kinds = (("Erbij", line.added), ("Weg", line.removed), ("Gewijzigd", line.changed))
    shown = {
        "report": found.report,
        "snapshot": found,
        "line": line,
        "kinds": [(word, _named(these[:ROWS_SHOWN]), len(these)) for word, these in kinds if these],
        "may_see": may(request.user, _seen_by(line.line.measure)),
    }
    return render(request, "reports/office/since.html", shown)


def _seen_by(code: str) -> Permission:
    measure = catalogue.get(code)
    return measure.listing.seen_by if measure else P.REPORTS_CHANGE


def _named(these: Sequence[Row]) -> list[tuple[Row, str]]:
    """Give rows with the name of their organisation; one query."""
    names = Organisation.objects.filter(pk__in={each.organisation for each in these})
    known = dict(names.values_list("pk", "name"))
    return [(each, known.get(each.organisation, "")) for each in these]
