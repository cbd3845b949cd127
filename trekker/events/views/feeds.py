"""The agenda for other programs: iCalendar, RSS and JSON; and the private feed of an account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_safe

from trekker.events.formats import ical, linked
from trekker.events.models import Event
from trekker.events.queries import agenda
from trekker.events.queries.calendar import account_with_key
from trekker.kernel.access import Permission, access

NAME = "Agenda digitale inclusie"
KEPT = timedelta(days=90)  # what is just over stays in the calendar of who follows it
MOST = 500


class _Rss(Feed):
    """What is coming, the newest announcement first."""

    feed_type = Rss201rev2Feed
    title = NAME
    description = "Bijeenkomsten, opleidingen en meer over digitale inclusie."
    language = "nl"

    def link(self) -> str:
        return _absolute("agenda:list")

    def feed_url(self) -> str:
        return _absolute("agenda:rss")

    def items(self) -> list[Event]:
        return sorted(_coming(timezone.now()), key=lambda each: each.created_at, reverse=True)

    def item_title(self, item: Any) -> str:
        return ical.one_line(item.title)

    def item_description(self, item: Any) -> str:
        return ical.one_line(f"{agenda.moment_of(item)}. {item.summary}")

    def item_link(self, item: Any) -> str:
        return settings.BASE_URL + item.get_absolute_url()

    def item_pubdate(self, item: Any) -> datetime:
        return item.created_at


@access(Permission.PUBLIC)
@require_safe
@conditional_page
def rss(request: HttpRequest) -> HttpResponse:
    """Give what is coming for a news reader."""
    return _Rss()(request)


@access(Permission.PUBLIC)
@require_safe
@conditional_page
def ics(_request: HttpRequest) -> HttpResponse:
    """Give the agenda for a calendar program."""
    now = timezone.now()
    rows = agenda.upcoming(now - KEPT).select_related("municipality").prefetch_related("sessions")
    return _calendar(ical.feed(rows[:MOST], name=NAME, now=now))


@access(Permission.PUBLIC)
@require_safe
@conditional_page
def as_json(_request: HttpRequest) -> HttpResponse:
    """Give what is coming for another website; the fields stand in docs/gids.md."""
    rows = _coming(timezone.now())
    answer = JsonResponse({"activiteiten": [_facts(each) for each in rows]}, json_dumps_params={"indent": 1})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@access(Permission.PUBLIC)
@require_safe
@never_cache
def private(_request: HttpRequest, key: str) -> HttpResponse:
    """
    Give everything that is planned to whoever holds the key of an account that may see it.

    :raises Http404: if nobody has this key, or its account may see no activities now
    """
    account = account_with_key(key)
    if account is None:
        raise Http404
    now = timezone.now()
    rows = Event.objects.visible_to(account).exclude(state__in=[Event.State.IDEA, Event.State.CANCELLED])
    rows = rows.filter(ends_at__gte=now - timedelta(days=365)).order_by("starts_at", "pk")
    rows = rows.select_related("municipality").prefetch_related("sessions")
    answer = _calendar(ical.feed(rows, name="Trekker: jaarkalender", now=now))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _coming(now: datetime) -> list[Event]:
    rows = agenda.upcoming(now).select_related("municipality")
    return list(rows.prefetch_related("sessions", "organisers", "themes", "audiences")[:MOST])


def _calendar(file: bytes) -> HttpResponse:
    return HttpResponse(file, content_type="text/calendar; charset=utf-8")


def _absolute(name: str) -> str:
    return settings.BASE_URL + reverse(name)


def _facts(event: Event) -> dict[str, Any]:
    page = settings.BASE_URL + event.get_absolute_url()
    return {
        "titel": event.title,
        "soort": event.kind,
        "vorm": event.format,
        "stand": event.state,
        "begin": linked.local(event.starts_at),
        "einde": linked.local(event.ends_at),
        "sessies": [
            {"titel": each.title, "begin": linked.local(each.starts_at), "einde": linked.local(each.ends_at)}
            for each in event.sessions.all()
        ],
        "plaats": ical.place_of(event),
        "provincie": event.municipality.province if event.municipality else "",
        "uitleg": event.summary,
        "organisatoren": [each.name for each in event.organisers.all()],
        "themas": [each.code for each in event.themes.all()],
        "doelgroepen": [each.code for each in event.audiences.all()],
        "prijs": event.price or "gratis",
        "pagina": page,
    }
