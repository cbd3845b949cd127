"""A report as a file: asking for it, seeing how far it is, taking it along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trekker.kernel.access import Permission, access
from trekker.reports import tasks
from trekker.reports.actions import files as actions
from trekker.reports.formats.writing import FORMATS
from trekker.reports.forms.files import NewFile
from trekker.reports.models import Report, Snapshot
from trekker.reports.models.file import ReportFile
from trekker.reports.queries.reports import versions_to_tell_of

P = Permission
SHOWN = 20  # files in the list
INLINE = {"html", "pdf"}  # what a browser shows


@access(P.OFFICE)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Ask for a report with the figures of today or another day; list what was asked for lately."""
    known = versions_to_tell_of()
    today = timezone.localdate()
    initial: dict[str, Any] = {"kind": Report.Kind.ANNUAL, "format": "pdf"}
    first = next((each for each in known if each.year == today.year), next(iter(known), None))
    initial["version"] = str(first.pk) if first else ""
    form = NewFile(request.POST or None, versions=known, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        version = form.versions[typed.pop("version")]
        return _asked(request, plan=version.plan, year=version.year, **typed)
    recent = ReportFile.objects.visible_to(request.user).without_bytes()
    recent = recent.select_related("asked_by", "plan").order_by("-asked_at", "-pk")[:SHOWN]
    shown = {"form": form, "files": recent, "has_plan": bool(known)}
    return render(request, "reports/files/index.html", shown)


def _asked(request: HttpRequest, **asked: Any) -> HttpResponse:
    file, is_new = actions.ask_file(**asked, by=request.user, now=timezone.now())
    if is_new:
        tasks.make_file.enqueue(file.pk)
    else:
        messages.info(request, "Dit bestand was al gevraagd. Je ziet hoe ver het is.")
    return redirect(file)


@access(P.OFFICE)
@require_POST
def of_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a report in a format: as it was fixed, or as it is while it is under way."""
    report = get_object_or_404(Report.objects.visible_to(request.user).select_related("plan"), pk=pk)
    # What was fixed is named, so that no restatement and no other plan of the year comes in its place.
    fixed = report.snapshots.latest_first().first() if report.is_fixed else None
    under_way = None if fixed else min(report.last_day, timezone.localdate())
    asked = {"plan": report.plan, "year": report.year, "kind": report.kind, "format": _format(request)}
    return _asked(request, **asked, snapshot=fixed, as_of=under_way)


@access(P.OFFICE)
@require_POST
def of_snapshot(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask for what was fixed of a report, in a format."""
    report = get_object_or_404(Report.objects.visible_to(request.user).select_related("plan"), pk=pk)
    snapshot = get_object_or_404(Snapshot.objects.defer("packed"), report=report, number=number)
    asked = {"plan": report.plan, "year": report.year, "kind": report.kind, "format": _format(request)}
    return _asked(request, **asked, snapshot=snapshot)


def _format(request: HttpRequest) -> str:
    code = request.POST.get("format", "")
    if code not in FORMATS:
        raise Http404
    return code


@access(P.OFFICE)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a file is; once it is made, where to take it."""
    file = get_object_or_404(ReportFile.objects.visible_to(request.user).without_bytes(), pk=pk)
    shown = {
        "file": file,
        "format": FORMATS.get(file.format),
        "is_stopped": file.is_stopped(timezone.now()),
        "all_steps": len(ReportFile.Step) - 1,
        "opens": file.format in INLINE,
    }
    return render(request, "reports/files/show.html", shown)


@access(P.OFFICE)
@require_safe
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file that is made; what a browser shows opens in it, unless it is to be kept."""
    files = ReportFile.objects.visible_to(request.user).filter(state=ReportFile.State.READY)
    file = get_object_or_404(files, pk=pk)
    actions.record_taken(file=file, by=request.user, now=timezone.now())
    response = HttpResponse(bytes(file.content or b""), content_type=FORMATS[file.format].kind)
    keeps = file.format not in INLINE or "bewaar" in request.GET
    response["Content-Disposition"] = content_disposition_header(keeps, file.name) or "inline"
    return response
