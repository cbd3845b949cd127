"""The participants of an event: the list, and what goes on paper."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from wagtail.admin.widgets.button import HeaderButton

from trekker.events.forms.participants import ParticipantFilters
from trekker.events.models import Event, Registration
from trekker.events.queries import participants
from trekker.events.queries.events import GOING_ON
from trekker.events.queries.participants import place_of
from trekker.events.views.office import changeable, heading, trail
from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing

PAPERS = (
    ("Deelnemerslijst", "participants:print"),
    ("Naamkaartjes", "participants:badges"),
    ("Tekenlijst", "participants:sign_in"),
    ("Maaltijden", "participants:catering"),
)
# What the columns show; ten thousand rows are not read whole for it.
LISTED = (
    *("event", "first_name", "last_name", "email", "phone", "function", "mode", "status", "source", "case"),
    *("registered_at", "organisation_text", "organisation__name", "answers"),
)


class ParticipantList(Listing):
    """The participants of one event, to search, filter, sort and download."""

    model = Registration
    base_filters = ParticipantFilters
    download_permission = Permission.EVENTS_LEAD
    is_searchable = True
    default_ordering = ("last_name", "first_name", "pk")
    header_icon = "group"
    template_name = "events/participants/list.html"
    results_template_name = "events/participants/list_results.html"
    _show_breadcrumbs = True
    fields = (
        Field("naam", lambda each: each.name, "last_name"),
        Field("voornaam", lambda each: each.first_name, on_screen=False),
        Field("achternaam", lambda each: each.last_name, on_screen=False),
        Field("organisatie", place_of, "organisation__name"),
        Field("mailadres", lambda each: each.email, "email", on_phone=False),
        Field("telefoon", lambda each: each.phone, on_screen=False),
        Field("functie", lambda each: each.function, on_screen=False),
        Field("doet mee", lambda each: each.get_mode_display(), "mode", on_phone=False),
        Field("stand", lambda each: each.get_status_display(), "status"),
        Field("herkomst", lambda each: each.get_source_display(), on_screen=False),
        Field("ingeschreven op", lambda each: each.registered_at, "registered_at", on_phone=False),
        Field("vraagstuk", lambda each: each.case, on_screen=False),
    )

    @cached_property
    def all_fields(self) -> list[Field]:
        """The columns, with the answers to the organiser's own questions in the download."""
        asked = self.event.questions.values_list("pk", "label")
        answers = [Field(label, participants.answer_to(pk), on_screen=False) for pk, label in asked]
        return [*super().all_fields, *answers]

    @cached_property
    def event(self) -> Event:
        """The event, or 404 for who may not change it."""
        return changeable(self.request, self.kwargs["pk"])

    def get_base_queryset(self) -> QuerySet:
        """Start from the registrations of this event."""
        rows = Registration.objects.visible_to(self.request.user).filter(event=self.event)
        return rows.select_related("organisation").only(*LISTED)

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in name, address or organisation."""
        return participants.matching(queryset, self.search_query) if self.is_searching else queryset

    @cached_property
    def index_url(self) -> str:
        """The address of this list."""
        return reverse("participants:list", args=[self.event.pk])

    @cached_property
    def index_results_url(self) -> str:
        """The address of its rows alone, for filters that work while one types."""
        return reverse("participants:list_results", args=[self.event.pk])

    def get_page_title(self) -> str:
        """Name the list and whose it is."""
        return heading("Deelnemers", self.event)

    def get_page_subtitle(self) -> str:
        """Leave the title alone; the crumbs name the event."""
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the event."""
        home = {"url": reverse("wagtailadmin_home"), "label": "Start"}
        back = [{"url": url, "label": label} for url, label in trail(self.event)]
        return [home, *back, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to nothing here: what can be done stands above the list."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what goes on paper, and whether someone can still be registered."""
        names = list(PAPERS)
        if participants.leads(self.event, self.request.user):
            names.append(("Noden", "participants:needs"))
        papers = [(label, reverse(name, args=[self.event.pk])) for label, name in names]
        takes = self.event.state in GOING_ON and self.event.starts_at and not self.event.external_url
        added = {"event": self.event, "papers": papers, "may_register": bool(takes)}
        return super().get_context_data(**kwargs) | added

    def get_inspect_url(self, instance: Any) -> str | None:  # type: ignore[override]
        """Lead to the form that corrects a registration, while it stands."""
        stands = instance.status != Registration.Status.CANCELLED
        return reverse("participants:change", args=[instance.pk]) if stands else None


def _paper(request: HttpRequest, pk: int, template: str, **shown: Any) -> HttpResponse:
    event = changeable(request, pk)
    return render(request, template, {"event": event, "people": participants.coming(event), **shown})


@access(Permission.EVENTS_LEAD)
@require_safe
def print_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the participants to print."""
    return _paper(request, pk, "events/participants/print.html")


@access(Permission.EVENTS_LEAD)
@require_safe
def badges(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a name badge for everyone who comes in person, two beside each other."""
    event = changeable(request, pk)
    people = participants.coming(event)
    if event.format == Event.Format.HYBRID:
        people = people.filter(mode=Registration.Mode.ON_SITE)
    return render(request, "events/participants/badges.html", {"event": event, "people": people})


@access(Permission.EVENTS_LEAD)
@require_safe
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet to sign for each session."""
    event = changeable(request, pk)
    shown = {"event": event, "people": list(participants.coming(event)), "sessions": event.sessions.all()}
    return render(request, "events/participants/sign_in.html", shown)


@access(Permission.EVENTS_LEAD)
@require_safe
def catering(request: HttpRequest, pk: int) -> HttpResponse:
    """Show for a caterer how many people come and which diets there are, without a name."""
    event = changeable(request, pk)
    shown = {
        "event": event,
        "figures": participants.figures(event),
        "on_site": participants.coming(event).filter(mode=Registration.Mode.ON_SITE).count(),
        "diets": participants.diets(event),
        "access": participants.access_needs(event),
    }
    return render(request, "events/participants/catering.html", shown)


@access(Permission.EVENTS_LEAD)
@require_safe
def needs(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who needs what, to who leads the event and to nobody else."""
    event = changeable(request, pk)
    if not participants.leads(event, request.user):
        raise Http404
    return render(
        request, "events/participants/needs.html", {"event": event, "needs": participants.needs(event)}
    )
