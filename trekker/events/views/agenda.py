"""The public agenda and the page of one activity."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trekker.events.formats import ical, linked
from trekker.events.forms.agenda import AgendaFilter, chosen_from
from trekker.events.models import Event
from trekker.events.queries import agenda
from trekker.events.queries.material import materials_for_all, recordings_for_all
from trekker.events.queries.places import places_of
from trekker.kernel.access import Permission, access
from trekker.kernel.markup import to_html

PER_PAGE = 25


@access(Permission.PUBLIC)
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """List what is coming, or what is over, with filters."""
    now, here = timezone.now(), reverse("agenda:list")
    is_past = request.GET.get("toon") == "voorbij"
    view = {"toon": "voorbij"} if is_past else {}
    form = AgendaFilter()
    chosen = chosen_from(form, request.GET)
    form.initial = chosen | view
    found = agenda.narrowed(agenda.past(now) if is_past else agenda.upcoming(now), chosen)
    page = Paginator(agenda.with_entries(found), PER_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "events/agenda/list.html",
        {
            "page": page,
            "entries": agenda.entries(page, now),
            "filters": form,
            "chosen": chosen,
            "query": urlencode(view | chosen),
            "is_past": is_past,
            "tabs": [("Binnenkort", here), ("Voorbij", f"{here}?toon=voorbij")],
            "current": f"{here}?toon=voorbij" if is_past else here,
        },
    )


@access(Permission.PUBLIC)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one activity to whoever has its address."""
    event = get_object_or_404(agenda.page_of(slug))
    now = timezone.now()
    places, names = places_of(event), agenda.names_of(event)
    has_begun = event.starts_at is not None and event.starts_at <= now
    page = settings.BASE_URL + event.get_absolute_url()
    return render(
        request,
        "events/agenda/event.html",
        {
            "event": event,
            "sessions": event.sessions.select_related("theme"),
            "places": agenda.left_in_words(places),
            "standing": agenda.standing_of(event, is_full=agenda.is_full(places), now=now),
            "description": to_html(event.description),
            "recordings": recordings_for_all(event) if has_begun else [],
            "materials": materials_for_all(event),
            "names": names,
            "page": page,
            "linked": linked.data_of(event, page=page, organisers=names.get("organisers", [])),
            "is_hidden": event.visibility != Event.Visibility.PUBLIC,
        },
    )


@access(Permission.PUBLIC)
@require_safe
def as_ical(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give one activity as a file for someone's own calendar."""
    event = get_object_or_404(agenda.page_of(slug).filter(starts_at__isnull=False))
    file = ical.feed([event], name=event.title, now=timezone.now())
    return HttpResponse(file, content_type="text/calendar; charset=utf-8")
