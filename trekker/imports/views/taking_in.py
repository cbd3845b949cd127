"""Earlier imports, a new file, and what its columns hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trekker.imports import actions, forms, tasks
from trekker.imports.models import Import
from trekker.imports.reading import Unreadable
from trekker.imports.registry import importers
from trekker.kernel.access import Permission, access

A_PAGE = 25
SHOWN_ROWS = 5


@access(Permission.IMPORT)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List all imports, the newest first, with those to go on with."""
    found = Import.objects.visible_to(request.user).select_related("created_by").order_by("-pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    return render(request, "imports/listing.html", {"page": page})


@access(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a file and take it in."""
    form = forms.Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = take_in_sent(request, form.cleaned_data["importer"], form.cleaned_data["file"])
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("imports:columns", draft.pk)
    alone = [importer for importer in importers.values() if importer.starts_alone]
    return render(request, "imports/start.html", {"form": form, "importers": alone})


def take_in_sent(
    request: HttpRequest, importer: str, file: UploadedFile, options: Mapping[str, Any] | None = None
) -> Import:
    """
    Read a file that was sent with a request, and keep its rows until they are decided on.

    :raises Unreadable: if it cannot be read; nothing is kept then
    """
    with NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        return actions.take_in(
            importer=importer,
            path=Path(copy.name),
            file_name=file.name or "",
            options=options,
            by=request.user,
            now=timezone.now(),
        )


def _draft(request: HttpRequest, pk: int) -> Import:
    waiting = [Import.Status.MAPPING, Import.Status.REVIEW]
    return get_object_or_404(Import.objects.visible_to(request.user), pk=pk, status__in=waiting)


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what each column holds and what goes for the whole list; then compare."""
    draft = _draft(request, pk)
    importer = importers[draft.importer]
    rows = draft.blocks.order_by("first")[0].rows[draft.header_row :]
    samples = [row for row in rows if any(row)][:SHOWN_ROWS]
    initial = {"on": timezone.localdate(draft.created_at), **draft.options}
    form = forms.Columns(request.POST or None, prefix="kolom", draft=draft, samples=samples)
    options = importer.options(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() & options.is_valid():
        chosen = {**draft.options, **options.cleaned_data}
        try:
            draft = actions.settle(draft=draft, mapping=form.mapping, options=chosen, now=timezone.now())
        except actions.ColumnMissing as problem:
            form.add_error(None, str(problem))
        else:
            tasks.match.enqueue(draft.pk, draft.attempt)
            return redirect("imports:progress", draft.pk)
    known = next((each for each in importer.formats if each.code == draft.format), None)
    shown_columns = [place for place in range(len(draft.headings)) if place not in form.fixed.values()]
    shown = {
        "draft": draft,
        "form": form,
        "options": options,
        "format": known,
        "header_form": forms.HeaderRow(initial={"header_row": draft.header_row}),
        "rows": max(draft.rows_read - draft.header_row, 0),
        "headings": [draft.headings[place] for place in shown_columns],
        "samples": [[row[place] if place < len(row) else "" for place in shown_columns] for row in samples],
        "notices": importer.notices(draft),
    }
    return render(request, "imports/columns.html", shown)


@access(Permission.EVENTS_LEAD)
@require_POST
def headings(request: HttpRequest, pk: int) -> HttpResponse:
    """Take another row as the one with the headings."""
    draft = _draft(request, pk)
    form = forms.HeaderRow(request.POST)
    if form.is_valid():
        actions.move_headings(draft=draft, header_row=form.cleaned_data["header_row"])
    return redirect("imports:columns", draft.pk)
