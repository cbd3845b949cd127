"""Making, refining, copying and repeating an event in the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trekker.events.actions import changing, repeating
from trekker.events.actions.states import NotReady
from trekker.events.forms.office import RefineEvent, StartEvent
from trekker.events.forms.office_steps import CopyForm, RepeatForm
from trekker.events.models import Event
from trekker.events.queries import events as queries
from trekker.events.queries.feedback import kept_in_mind
from trekker.events.views.office import INDEX, PAGE, changeable, heading, trail
from trekker.kernel.access import Permission, access
from trekker.kernel.numbers import whole_number
from trekker.kernel.pages import form_screen, screen

STILL_TO_COME = {Event.State.IDEA, *queries.GOING_ON}
REST = "reeks"
FROM_ADDRESS = {"soort": "kind", "titel": "title", "dag": "day"}


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an event from the least that is known of it."""
    asked = {name: request.GET[word] for word, name in FROM_ADDRESS.items() if word in request.GET}
    form = StartEvent(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        event = changing.create_event(
            title=given["title"],
            kind=given["kind"],
            format=given["format"],
            sessions=form.sessions(),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "De activiteit is gemaakt. Vul aan wat nog ontbreekt.")
        return redirect(PAGE, event.pk)
    return screen(
        request,
        "events/office/start.html",
        title="Nieuwe activiteit",
        trail=[(reverse(INDEX), "Activiteiten")],
        icon="calendar-alt",
        context={"form": form, "back": reverse(INDEX), "kept": kept_in_mind(request.user)},
        media=form.media,
    )


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Refine an event."""
    event = changeable(request, pk)
    last = changing.last_change(event)
    draft = RefineEvent(event, request.POST if request.method == "POST" else None)
    rest = queries.series_after(event, Event.objects.changeable_by(request.user), timezone.now()).count()
    if request.method == "POST" and draft.is_valid() and (saved := _saved(request, event, draft)) is not None:
        also = f" Ook gewijzigd in de reeks: {saved}." if REST in request.POST else ""
        messages.success(request, f"De activiteit is bewaard.{also}")
        return redirect(PAGE, event.pk)
    return screen(
        request,
        "events/office/form.html",
        title=heading("Verbeter", Event.objects.get(pk=event.pk)),
        trail=trail(Event.objects.get(pk=event.pk)),
        icon="edit",
        context={
            "draft": draft,
            "event": event,
            "seen": last.pk if last else 0,
            "rest": rest,
            "rest_too": REST in request.POST,
            "back": reverse(PAGE, args=[event.pk]),
            "kept": kept_in_mind(request.user, kind=event.kind) if event.state in STILL_TO_COME else [],
        },
        media=draft.media,
    )


def _saved(request: HttpRequest, event: Event, draft: RefineEvent) -> int | None:
    """Write it down, and on the rest of the series if that was asked: gives on how many, or nothing."""
    given: dict[str, Any] = {
        "event": event,
        "facts": draft.facts(),
        "sessions": draft.sittings(),
        "questions": draft.asked(),
        "seen": whole_number(request.POST.get("gezien", "")),
    }
    try:
        if REST in request.POST:
            return len(repeating.change_with_rest(**given, by=request.user, now=timezone.now()))
        changing.change_event(**given, by=request.user, now=timezone.now())
    except changing.ChangedMeanwhile as refused:
        draft.form.add_error(None, _meanwhile(refused.args[0]))
    except changing.NeedsADay:
        draft.form.add_error(None, "Mensen kunnen inschrijven. Laat minstens één sessie staan.")
    except changing.HasRegistrations:
        draft.form.add_error(None, "Er zijn mensen ingeschreven. Laat minstens één sessie staan.")
    except NotReady as refused:
        lacks = ", ".join(refused.missing)
        draft.form.add_error(None, f"Mensen kunnen inschrijven. Vul dit dus in: {lacks}.")
    except changing.HasAttendance as refused:
        session: Any = refused.args[0]
        day = f"{timezone.localtime(session.starts_at):%d/%m/%Y}"
        draft.form.add_error(None, f"Van de sessie op {day} is al bekend wie er was. Laat ze staan.")
    else:
        return 0
    return None


def _meanwhile(line: Any) -> str:
    """Say who changed what after this form was opened, and what one can do."""
    who = line.user or "Iemand"
    what = ", ".join(_label(name) for name in line.data.get("fields", []))
    return (
        f"{who} wijzigde dit intussen: {what}. Jouw versie staat hieronder en is nog niet bewaard. "
        "Vergelijk ze met de activiteit. Bewaar je nu, dan geldt jouw versie."
    )


def _label(name: str) -> str:
    own = {"sessions": "sessies", "questions": "eigen vragen", "starts_at": "begin", "ends_at": "einde"}
    field: Any = Event._meta.get_field(name) if name not in own else None
    return str(field.verbose_name) if field else own[name]


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the same event again on another day."""
    event = changeable(request, pk)
    form = CopyForm(request.POST or None, initial={"title": event.title})
    if request.method == "POST" and form.is_valid():
        try:
            made = repeating.copy_event(event=event, **form.cleaned_data, by=request.user, now=timezone.now())
        except repeating.NoDay:
            form.add_error(None, "Deze activiteit heeft nog geen dag. Geef ze eerst een sessie.")
        else:
            messages.success(request, "De kopie is gemaakt. Kijk na of alles klopt.")
            return redirect(PAGE, made.pk)
    return form_screen(
        request,
        form,
        title=heading("Kopieer", event),
        submit="Maak de kopie",
        trail=trail(event),
        icon="copy",
        intro="De kopie neemt alles over, maar niet de inschrijvingen, de aanwezigheden en de stand.",
    )


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an event come back on other days, as a series."""
    event = changeable(request, pk)
    first = timezone.localdate(event.starts_at) if event.starts_at else timezone.localdate()
    form = RepeatForm(request.POST or None, first=first, in_series=event.series_id is not None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = repeating.repeat(
                event=event,
                days=given["days"],
                name=given.get("name", ""),
                by=request.user,
                now=timezone.now(),
            )
        except repeating.NameTaken:
            form.add_error("name", "Een andere reeks heet al zo. Kies een andere naam.")
        except repeating.NoDay:
            form.add_error(None, "Deze activiteit heeft nog geen dag. Geef ze eerst een sessie.")
        else:
            event.refresh_from_db()
            messages.success(request, f"Aantal nieuwe activiteiten in de reeks: {len(made)}.")
            return redirect(f"{reverse(INDEX)}?series={event.series_id}")
    return form_screen(
        request,
        form,
        title=heading("Herhaal", event),
        submit="Maak de reeks",
        trail=trail(event),
        icon="rotate",
        intro="Elke nieuwe activiteit is een kopie van deze. Je kunt ze daarna apart verbeteren.",
    )
