"""Noting who was at a session: by hand, from a file, and declaring it complete."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from secrets import token_urlsafe
from tempfile import NamedTemporaryFile

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from trekker.events.actions import attendance as actions
from trekker.events.actions.attendance import Mark
from trekker.events.forms.attendance import ADD_AGAIN, LONGEST, ReportFile, Unexpected, session_label
from trekker.events.models import Event, Session
from trekker.events.queries import attendance as queries
from trekker.events.queries import suggesting
from trekker.events.views.office import changeable, trail
from trekker.imports import tasks
from trekker.imports.actions import settle as settle_columns
from trekker.imports.actions import take_in
from trekker.imports.models import Import
from trekker.imports.reading import Unreadable
from trekker.kernel.access import Permission, access
from trekker.kernel.numbers import whole_number
from trekker.kernel.pages import form_screen, screen

A_PAGE = 200
CODE = "attendance"
SETTLED = "De aanwezigheid is volledig. Heropen ze om iets te verbeteren."
CHOICES = (("", "onbekend"), ("ja", "aanwezig"), ("nee", "afwezig"))


def _session(request: HttpRequest, pk: int, session: int) -> Session:
    event = changeable(request, pk)
    found = get_object_or_404(event.sessions, pk=session)
    found.event = event
    return found


def session_trail(session: Session) -> list[tuple[str, str]]:
    """Lead back from a screen about the attendance of a session."""
    address = reverse("participants:attendance", args=[session.event_id, session.pk])
    return [*trail(session.event), (address, "Aanwezigheid")]


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """Show everyone who registered, with whether they were there, and note what is filled in."""
    sitting = _session(request, pk, session)
    if request.method == "POST":
        return _note(request, sitting)
    people = queries.expected(sitting.event)
    page = Paginator(people, A_PAGE).get_page(request.GET.get("p"))
    (presence,) = queries.presence(sitting.event, [sitting])
    shown = {
        "event": sitting.event,
        "session": sitting,
        "label": session_label(sitting),
        "presence": presence,
        "page": page,
        "rows": queries.with_attendance(sitting, list(page)),
        "choices": CHOICES,
        "others": [(each, session_label(each)) for each in sitting.event.sessions.all() if each != sitting],
        "has_begun": sitting.starts_at <= timezone.now(),
    }
    title = f"Aanwezigheid op {session_label(sitting)}"
    return screen(
        request, "events/participants/attendance.html", title=title, trail=trail(sitting.event), context=shown
    )


def _note(request: HttpRequest, session: Session) -> HttpResponse:
    try:
        marks = _marks(request.POST.dict())
        changed = actions.record_attendance(session=session, marks=marks, by=request.user, now=timezone.now())
    except actions.AttendanceSettled:
        messages.error(request, SETTLED)
    except ValueError:
        messages.error(request, f"Vul bij minuten een getal in, hoogstens {LONGEST}. Er is niets bewaard.")
    else:
        messages.success(request, f"Bewaard: {changed} gewijzigd.")
    return redirect(request.get_full_path())


def _marks(posted: Mapping[str, str]) -> dict[int, Mark | None]:
    """
    Read what was filled in for each registration.

    :raises ValueError: if minutes are no number, or more than a day has
    """
    marks: dict[int, Mark | None] = {}
    for name, value in posted.items():
        key = whole_number(name.removeprefix("was-"))
        if key is None or not name.startswith("was-"):
            continue
        text = posted.get(f"min-{key}", "").strip() if value == "ja" else ""
        minutes = int(text) if text else None
        if minutes is not None and not 0 <= minutes <= LONGEST:
            raise ValueError
        marks[key] = Mark(present=value == "ja", minutes=minutes) if value in {"ja", "nee"} else None
    return marks


@access(Permission.EVENTS_LEAD)
@require_POST
def everyone(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """Note everyone of whom nothing is known as present."""
    sitting = _session(request, pk, session)
    try:
        noted = actions.all_present(session=sitting, by=request.user, now=timezone.now())
    except actions.AttendanceSettled:
        messages.error(request, SETTLED)
    else:
        messages.success(request, f"{noted} mensen staan nu op aanwezig. Zet wie er niet was op afwezig.")
    return redirect("participants:attendance", pk, session)


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """Ask who came without registration, and make them a participant."""
    sitting, now = _session(request, pk, session), timezone.now()
    form = Unexpected(request.POST or None, initial={"ticket": token_urlsafe(18)})
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_unexpected(
                session=sitting,
                **form.cleaned_data,
                organisation=suggesting.meant_by(
                    form.cleaned_data["organisation_text"], timezone.localdate(now)
                ).one,
                by=request.user,
                now=now,
            )
        except actions.AttendanceSettled:
            form.add_error(None, SETTLED)
        except actions.Unregistered:
            form = Unexpected({**form.cleaned_data, "ticket": token_urlsafe(18)})
            form.add_error(None, ADD_AGAIN)
        else:
            messages.success(request, f"{added.name} staat op aanwezig.")
            return redirect("participants:attendance", pk, session)
    return form_screen(
        request,
        form,
        title="Voeg iemand toe die er was",
        submit="Voeg toe",
        trail=session_trail(sitting),
        intro="Deze persoon wordt een deelnemer en staat op aanwezig.",
    )


@access(Permission.EVENTS_LEAD)
@require_POST
def settle(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """Declare the attendance complete."""
    sitting = _session(request, pk, session)
    try:
        actions.settle(session=sitting, by=request.user, now=timezone.now())
    except actions.NotBegun:
        messages.error(request, "De sessie moet nog beginnen. Doe dit na afloop.")
    else:
        messages.success(request, "De aanwezigheid is volledig. De cijfers tellen nu mee.")
    return redirect("participants:attendance", pk, session)


@access(Permission.EVENTS_LEAD)
@require_POST
def reopen(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """Let the attendance be corrected again."""
    actions.reopen(session=_session(request, pk, session), by=request.user, now=timezone.now())
    messages.success(request, "Je kunt de aanwezigheid weer verbeteren.")
    return redirect("participants:attendance", pk, session)


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a report or list, read it, and lead to where it is reviewed."""
    event = changeable(request, pk)
    open_ones = [each for each in event.sessions.all() if not each.attendance_at]
    initial = {"session": request.GET.get("sessie", "")}
    form = ReportFile(request.POST or None, request.FILES or None, initial=initial, sessions=open_ones)
    if request.method == "POST" and form.is_valid():
        try:
            draft = _take_in(request, event, form.cleaned_data["session"], form.cleaned_data["file"])
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            return _go_on(draft)
    shown = {"event": event, "form": form, "open": open_ones}
    title = "Lees een aanwezigheidsverslag in"
    return screen(request, "events/participants/report.html", title=title, trail=trail(event), context=shown)


def _take_in(request: HttpRequest, event: Event, session: int | None, file: UploadedFile) -> Import:
    with NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        return take_in(
            importer=CODE,
            path=Path(copy.name),
            file_name=file.name or "",
            options={"event": event.pk, "session": session},
            by=request.user,
            now=timezone.now(),
        )


def _go_on(draft: Import) -> HttpResponse:
    """Compare a report at once: its columns are ours. Of a plain list, ask what they hold."""
    if not draft.format:
        return redirect("imports:columns", draft.pk)
    draft = settle_columns(draft=draft, mapping=draft.mapping, options=draft.options, now=timezone.now())
    tasks.match.enqueue(draft.pk, draft.attempt)
    return redirect("imports:progress", draft.pk)
