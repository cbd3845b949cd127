"""How far an import is, what became of it, and throwing it away."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trekker.imports import actions, queries, tasks
from trekker.imports.models import Import, Row
from trekker.imports.registry import importers
from trekker.kernel import exports
from trekker.kernel.access import Permission, access, may

A_PAGE = 50
Status = Import.Status
STEPS = {
    Status.MAPPING: "imports:columns",
    Status.MATCHING: "imports:progress",
    Status.REVIEW: "imports:review",
    Status.STORING: "imports:progress",
    Status.DONE: "imports:report",
}


def _import(request: HttpRequest, pk: int) -> Import:
    return get_object_or_404(Import.objects.visible_to(request.user), pk=pk)


@access(Permission.EVENTS_LEAD)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the screen at which an import has arrived."""
    draft = _import(request, pk)
    return redirect(STEPS[Status(draft.status)], draft.pk)


@access(Permission.EVENTS_LEAD)
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is; once it is done, lead on."""
    draft = _import(request, pk)
    if not draft.is_working:
        return redirect("imports:show", draft.pk)
    found = queries.progress(draft, timezone.now())
    return render(request, "imports/progress.html", {"draft": draft, "progress": found})


@access(Permission.EVENTS_LEAD)
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the job of an import again."""
    draft = actions.retry(draft=_import(request, pk), now=timezone.now())
    if draft.is_working:
        job = tasks.match if draft.status == Status.MATCHING else tasks.store
        job.enqueue(draft.pk, draft.attempt)
    return redirect("imports:show", draft.pk)


@access(Permission.EVENTS_LEAD)
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of each row of a stored import."""
    draft = get_object_or_404(Import.objects.visible_to(request.user), pk=pk, status=Status.DONE)
    rows = Row.objects.filter(of=draft).order_by("number", "pk")
    outcome = request.GET.get("uitkomst", "")
    if outcome in Row.Outcome.values:
        rows = rows.filter(outcome=outcome)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    tally, importer = queries.tally(draft), importers[draft.importer]
    every = [("Alle", "?")]
    shown = {
        "draft": draft,
        "tally": tally,
        "page": page,
        "rows": queries.with_targets(draft, list(page)),
        "tabs": every
        + [(f"{label.capitalize()} ({count})", f"?uitkomst={code}") for code, label, count in tally.figures],
        "current": f"?uitkomst={outcome}" if outcome else "?",
        "query": f"uitkomst={outcome}" if outcome else "",
        "summary": importer.summary(draft),
        "importer": importer,
        "follow_up": importer.follow_up(draft),
        "may_export": may(request.user, Permission.PEOPLE_EXPORT),
    }
    return render(request, "imports/report.html", shown)


@access(Permission.PEOPLE_EXPORT)
@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Send what became of each row, as CSV or XLSX."""
    draft = get_object_or_404(Import.objects.visible_to(request.user), pk=pk, status=Status.DONE)
    if kind not in exports.RESPONSES:
        raise Http404
    actions.record_download(draft=draft, by=request.user, now=timezone.now())
    importer = importers[draft.importer]
    headings = ("rij", importer.key_label, "naam", "uitkomst", importer.target_label, "uitleg")
    return exports.RESPONSES[kind](f"inlezen-{draft.pk}", headings, queries.report_rows(draft))


def _back(request: HttpRequest, draft: Import) -> str:
    """Give where to go without a file: to all others, or to where who may not see those came from."""
    came_from = None if may(request.user, Permission.IMPORT) else importers[draft.importer].follow_up(draft)
    return came_from[1] if came_from else reverse("imports:listing")


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to throw away an import that was not stored, and do so."""
    draft = get_object_or_404(Import.objects.visible_to(request.user).exclude(status=Status.DONE), pk=pk)
    if request.method == "POST":
        back = _back(request, draft)
        if actions.discard(draft=draft, by=request.user, now=timezone.now()):
            messages.success(request, f"{draft} is geschrapt.")
        else:
            messages.error(request, f"{draft} wordt net opgeslagen. Wacht tot dat klaar is.")
        return redirect(back)
    return render(
        request, "imports/discard.html", {"draft": draft, "untouched": importers[draft.importer].untouched}
    )
