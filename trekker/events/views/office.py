"""Events in the back office: the list, the page of one, and its steps."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.widgets.button import HeaderButton

from trekker.events.actions import repeating, states
from trekker.events.forms.office_filters import WHEN, EventFilters
from trekker.events.forms.office_steps import CancelForm, ConfirmForm
from trekker.events.models import Event, Session
from trekker.events.queries import events as queries
from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.markup import to_html
from trekker.kernel.pages import Act, Fact, RecordPage, form_screen

INDEX, PAGE = "event:index", "event:inspect"


def day_of(event: Event) -> str:
    """Say on which day and at what hour an event starts."""
    if event.starts_at is None:
        return "nog geen dag"
    return f"{timezone.localtime(event.starts_at):%d/%m/%Y %H:%M}"


def _names(rows: Any) -> str:
    return ", ".join(str(each) for each in rows.all())


class EventList(Listing):
    """All events, what is to come first."""

    template_name = "events/office/list.html"
    base_filters = EventFilters
    download_permission = Permission.EVENTS_VIEW
    is_searchable = True
    fields = (
        Field("titel", lambda each: each.title, "title"),
        Field("dag", day_of, "starts_at"),
        Field("soort", lambda each: each.get_kind_display(), "kind", on_phone=False),
        Field("stand", lambda each: each.get_state_display(), "state"),
        Field("ingeschreven", lambda each: each.registered, "registered", on_phone=False),
        Field("plaatsen", lambda each: each.max_registrations, "max_registrations", on_phone=False),
        Field("eindigt", lambda each: each.ends_at, on_screen=False),
        Field("vorm", lambda each: each.get_format_display(), on_screen=False),
        Field("onze rol", lambda each: each.get_our_role_display(), on_screen=False),
        Field("organisatoren", lambda each: _names(each.organisers), on_screen=False),
        Field("partners", lambda each: _names(each.partners), on_screen=False),
        Field("trekkers", lambda each: _names(each.leads), on_screen=False),
        Field("plaats", lambda each: each.place, on_screen=False),
        Field("gemeente", lambda each: each.municipality and each.municipality.name, on_screen=False),
        Field("gewest", lambda each: each.get_region_display(), on_screen=False),
        Field("thema's", lambda each: _names(each.themes), on_screen=False),
        Field("doelgroepen", lambda each: _names(each.audiences), on_screen=False),
        Field("opleiding", lambda each: each.course and each.course.title, on_screen=False),
        Field("reeks", lambda each: each.series and each.series.name, on_screen=False),
    )

    def prepare(self, rows: QuerySet, _today: Any) -> QuerySet:
        """Count who registered, and load what a download shows."""
        rows = queries.with_registered(rows)
        if self.is_export:
            rows = rows.select_related("municipality", "course", "series")
            rows = rows.prefetch_related("organisers", "partners", "leads", "themes", "audiences")
        return rows

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """Put what is to come first, unless the reader asks for another order."""
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        return queries.tasks_first(queryset, timezone.now())

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in title, place, organiser, course or series."""
        return queries.matching(queryset, self.search_query) if self.is_searching else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the quick ways to a part of the list."""
        chosen = self.request.GET.get("when", "")
        links = [(reverse(INDEX), "alles", chosen == "")]
        links += [(f"{reverse(INDEX)}?when={value}", label, chosen == value) for value, label in WHEN]
        return super().get_context_data(**kwargs) | {"quick_links": links}


def rights_not_held(request: HttpRequest, event: Event) -> AbstractSet[Permission]:
    """Name the permissions that do not go for an event that the reader does not lead."""
    theirs = Event.objects.changeable_by(request.user).filter(pk=event.pk).exists()
    return frozenset() if theirs else frozenset({Permission.EVENTS_LEAD})


class EventPage(RecordPage):
    """One event: what it is, where it stands, and what others know of it."""

    template_name = "events/office/event.html"
    acts = (
        Act("Verbeter", "events:edit", Permission.EVENTS_LEAD),
        Act("Kopieer", "events:copy", Permission.EVENTS_LEAD, "copy"),
        Act("Herhaal", "events:repeat", Permission.EVENTS_LEAD, "rotate"),
        Act("Geschiedenis", "event:history", Permission.EVENTS_CHANGE, "history"),
    )

    @cached_property
    def _withheld(self) -> AbstractSet[Permission]:
        return rights_not_held(self.request, self.object)

    def withheld(self) -> AbstractSet[Permission]:
        """Keep what belongs to who leads it from others."""
        return self._withheld

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the acts that fit: without a day there is nothing to copy."""
        buttons = super().header_buttons
        if self.object.starts_at is None:
            return [each for each in buttons if each.label not in {"Kopieer", "Herhaal"}]
        return buttons

    def facts(self) -> list[Fact]:
        """Give what it is, where, for whom, and who to ask."""
        it = self.object
        place = ", ".join(filter(None, [it.place, it.address, it.municipality and it.municipality.name]))
        course = reverse("course:inspect", args=[it.course_id]) if it.course_id else ""
        contact = ", ".join(filter(None, [it.contact_name, it.contact_email, it.contact_phone]))
        return [
            Fact("Vorm", it.get_format_display()),
            Fact("Plaats", place),
            Fact("Gewest", it.get_region_display()),
            Fact("Onze rol", it.get_our_role_display()),
            Fact("Organisatoren", _names(it.organisers)),
            Fact("Partners", _names(it.partners)),
            Fact("Trekkers", _names(it.leads)),
            Fact("Doelgroepen", _names(it.audiences)),
            Fact("Thema's", _names(it.themes)),
            Fact("Editie van", it.course and it.course.title, course),
            Fact("Reeks", it.series and it.series.name, f"{reverse(INDEX)}?series={it.series_id}"),
            Fact("Doel", it.get_purpose_display()),
            Fact("Contact", contact),
            Fact("Prijs", it.price),
            Fact("Inschrijven op", it.external_url, it.external_url),
            Fact("Zichtbaar", it.get_visibility_display()),
            Fact("Op vraag van anderen", "ja" if it.on_request else ""),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where it stands, what can follow, and how full it is."""
        now = timezone.now()
        event = self.object
        context = super().get_context_data(**kwargs)
        figures = queries.figures(event)
        may_change = Permission.EVENTS_LEAD not in self.withheld()
        sessions = list(event.sessions.select_related("theme"))
        return context | {
            "event": event,
            "text": to_html(event.description),
            "figures": figures,
            "may_change": may_change,
            "steps": queries.steps_from(event, now) if may_change else [],
            "missing": queries.missing(event) if event.state in _BEFORE_OPENING else [],
            "advice": queries.advice(event, now) if may_change else [],
            "too_few": figures.registered < (event.min_registrations or 0),
            "go": queries.go_or_no_go(event, now, figures.registered),
            "sessions": sessions,
            "unsettled": _unsettled(event, sessions, now) if may_change else None,
            "several": len(sessions) > 1,
            "hours": sum(each.hours for each in sessions),
        }


def _unsettled(event: Event, sessions: list[Session], now: datetime) -> Session | None:
    """Give the first session of a held event of which nobody settled who was there."""
    if event.state != Event.State.HELD:
        return None
    return next((each for each in sessions if each.attendance_at is None and each.ends_at < now), None)


_BEFORE_OPENING = {Event.State.IDEA, Event.State.PLANNED}


def changeable(request: HttpRequest, pk: int) -> Event:
    """Give an event that the reader may change, or 404."""
    return get_object_or_404(Event.objects.changeable_by(request.user), pk=pk)


def trail(event: Event) -> list[tuple[str, str]]:
    """Lead back from a screen about an event."""
    return [(reverse(INDEX), "Activiteiten"), (reverse(PAGE, args=[event.pk]), event.title)]


def heading(act: str, event: Event) -> str:
    """Head a screen with what it does, to which event and on which day."""
    return f"{act}: {event.title}" + (f", {day_of(event)}" if event.starts_at else "")


def refusal(refused: Exception) -> str:
    """Say in Dutch why a step was refused, and what helps."""
    if isinstance(refused, states.NotReady):
        return f"Dit ontbreekt nog: {', '.join(refused.missing)}. Vul het aan bij Verbeter."
    return _REFUSALS[type(refused)]


_REFUSALS: dict[type[Exception], str] = {
    states.WrongStep: "De activiteit staat intussen anders. Kijk hieronder wat nu kan.",
    states.AlreadyBegun: "De activiteit is al begonnen. Inschrijven kan niet meer.",
    states.DeadlinePassed: "Inschrijven kon tot een moment dat voorbij is. Kies bij Verbeter een later.",
    states.NotBegun: "De activiteit moet nog beginnen. Zeg daarna of ze doorging.",
    states.NeedsReason: "Vul de reden in. Deelnemers lezen ze in hun mail.",
}
REFUSED: tuple[type[Exception], ...] = (states.NotReady, *_REFUSALS)
DONE = {
    Event.State.IDEA: "Het is weer een idee.",
    Event.State.PLANNED: "Het staat in de planning.",
    Event.State.OPEN: "Inschrijven kan nu.",
    Event.State.CONFIRMED: "Het gaat door.",
    Event.State.HELD: "Het is gehouden. Noteer nu wie er was.",
}


@access(Permission.EVENTS_LEAD)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step that needs no reason."""
    event = changeable(request, pk)
    to = request.POST.get("to", "")
    if to == Event.State.CANCELLED:
        return redirect("events:cancel", event.pk)
    if to == Event.State.CONFIRMED and "toch" not in request.POST and (asked := _too_few(event)):
        return form_screen(
            request,
            ConfirmForm(initial={"to": to, "toch": "ja"}),
            title=heading("Bevestig", event),
            submit="Laat het toch doorgaan",
            trail=trail(event),
            intro=asked,
            icon="warning",
        )
    try:
        states.move(event=event, to=to, by=request.user, now=timezone.now())
    except REFUSED as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, DONE[Event.State(to)])
    return redirect(PAGE, event.pk)


def _too_few(event: Event) -> str:
    """Ask whether it goes ahead with fewer people than it needs; empty when there are enough."""
    count, needed = queries.figures(event).registered, event.min_registrations or 0
    if count >= needed:
        return ""
    counted = "is 1 inschrijving" if count == 1 else f"zijn {count} inschrijvingen"
    return f"Er {counted}. Er zijn er minstens {needed} nodig. Laat je het toch doorgaan?"


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the reason of a cancellation, and say how many people will hear of it."""
    event, now = changeable(request, pk), timezone.now()
    rest = list(queries.series_after(event, Event.objects.changeable_by(request.user), now))
    form = CancelForm(request.POST or None, rest=len(rest))
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        try:
            cancelled = _cancel(event, because, request.user, now, with_rest=form.cleaned_data.get("rest"))
        except REFUSED as refused:
            form.add_error(None, refusal(refused))
        else:
            text = (
                "De activiteit is geannuleerd."
                if cancelled == 1
                else f"{cancelled} activiteiten geannuleerd."
            )
            messages.success(request, text)
            return redirect(PAGE, event.pk)
    is_over = event.ends_at is None or event.ends_at <= now
    people = 0 if is_over else queries.figures(event).to_tell
    nobody = "Niemand krijgt een mail." if is_over else "Er is niemand ingeschreven."
    told = nobody if not people else f"{people} mensen krijgen een mail."
    return form_screen(
        request,
        form,
        title=heading("Annuleer", event),
        submit="Annuleer de activiteit",
        trail=trail(event),
        intro="Eén persoon krijgt een mail." if people == 1 else told,
        icon="cross",
        danger=True,
    )


def _cancel(event: Event, because: str, by: Any, now: datetime, *, with_rest: bool | None) -> int:
    if with_rest:
        return len(repeating.cancel_rest(event=event, because=because, by=by, now=now))
    states.move(event=event, to=Event.State.CANCELLED, because=because, by=by, now=now)
    return 1
