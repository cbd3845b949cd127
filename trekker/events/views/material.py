"""Recordings and material: on the page of an event, and to download."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trekker.events.actions import material as actions
from trekker.events.formats.material import WrongFile
from trekker.events.forms.material import MaterialForm, RecordingForm
from trekker.events.models import Event, Material, Recording
from trekker.events.queries.material import files_for
from trekker.events.views.office import PAGE, changeable, trail
from trekker.kernel.access import Permission, access
from trekker.kernel.pages import screen
from trekker.kernel.sections import section

NEEDS_REASON = "Ondertiteling of tekst ontbreekt. Zeg hier waarom."


@section(
    Event,
    title="Opnames en materiaal",
    template="events/office/_material.html",
    permission=Permission.EVENTS_VIEW,
    order=50,
)
def shown(event: Event, _today: date) -> Mapping[str, Any]:
    """Give what stays of an event."""
    return {
        "recordings": event.recordings.order_by("added_at", "pk"),
        "materials": event.materials.order_by("added_at", "pk"),
    }


def _form(request: HttpRequest, event: Event, form: Form, *, title: str, kept: Any = None) -> HttpResponse:
    context = {"form": form, "kept": kept, "back": trail(event)[-1][0]}
    return screen(
        request,
        "events/office/material_form.html",
        title=title,
        trail=trail(event),
        icon="media" if "opname" in title else "doc-full",
        context=context,
        media=form.media,
    )


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def recording(request: HttpRequest, pk: int, recording: int | None = None) -> HttpResponse:
    """Add a recording, or correct one."""
    event = changeable(request, pk)
    found = get_object_or_404(event.recordings, pk=recording) if recording else None
    names = RecordingForm.base_fields
    form = RecordingForm(
        request.POST or None, initial={name: getattr(found, name) for name in names} if found else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_recording(
                event=event, recording=found, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except actions.NeedsReason:
            form.add_error("reason_without", NEEDS_REASON)
        else:
            messages.success(request, "De opname is bewaard.")
            return redirect(PAGE, event.pk)
    return _form(request, event, form, title="Verbeter de opname" if found else "Voeg een opname toe")


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def material(request: HttpRequest, pk: int, material: int | None = None) -> HttpResponse:
    """Add a file or a link, or correct one."""
    event = changeable(request, pk)
    found = get_object_or_404(event.materials, pk=material) if material else None
    initial = {name: getattr(found, name) for name in ("title", "url", "seen_by")} if found else None
    form = MaterialForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(request, event, form, found):
        messages.success(request, "Het materiaal is bewaard.")
        return redirect(PAGE, event.pk)
    title = "Verbeter het materiaal" if found else "Voeg materiaal toe"
    return _form(request, event, form, title=title, kept=found)


def _kept(request: HttpRequest, event: Event, form: MaterialForm, found: Material | None) -> bool:
    given = form.cleaned_data
    file = given["file"]
    try:
        actions.keep_material(
            event=event,
            material=found,
            title=given["title"],
            seen_by=given["seen_by"],
            url=given["url"],
            file=file,
            name=file.name if file else "",
            by=request.user,
            now=timezone.now(),
        )
    except WrongFile as refused:
        form.add_error("file", str(refused))
    except actions.FileOrLink:
        form.add_error("file", "Kies een bestand, of vul een link in. Niet allebei.")
    else:
        return True
    return False


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def remove_recording(request: HttpRequest, pk: int, recording: int) -> HttpResponse:
    """Ask whether a recording may go, and take it away."""
    event = changeable(request, pk)
    found: Recording = get_object_or_404(event.recordings, pk=recording)
    if request.method == "POST":
        actions.remove_recording(recording=found, by=request.user, now=timezone.now())
        messages.success(request, "De opname staat niet meer bij de activiteit.")
        return redirect(PAGE, event.pk)
    return _ask(request, event, found.title)


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def remove_material(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    """Ask whether material may go, and take it away."""
    event = changeable(request, pk)
    found: Material = get_object_or_404(event.materials, pk=material)
    if request.method == "POST":
        actions.remove_material(material=found, by=request.user, now=timezone.now())
        messages.success(request, "Het materiaal is weg.")
        return redirect(PAGE, event.pk)
    return _ask(request, event, found.title)


def _ask(request: HttpRequest, event: Event, title: str) -> HttpResponse:
    context = {"name": title, "back": trail(event)[-1][0]}
    return screen(
        request,
        "events/office/remove.html",
        title="Verwijder",
        trail=trail(event),
        icon="bin",
        context=context,
    )


@access(Permission.PUBLIC)
@never_cache
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a file to who may have it, always to be saved and never to be shown as a page."""
    found = get_object_or_404(files_for(request.user, request.GET.get("sleutel", "")), pk=pk)
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    name = f"{slugify(found.title) or 'bestand'}{PurePosixPath(str(found.file.name)).suffix}"
    response = FileResponse(content, as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
