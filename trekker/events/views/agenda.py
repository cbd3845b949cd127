"""The public agenda and the page of one activity."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trekker.events.formats import ical
from trekker.events.models import Event
from trekker.kernel.access import Permission, access


@access(Permission.PUBLIC)
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """List what is coming."""
    events = Event.objects.listed().filter(ends_at__gte=timezone.now()).order_by("starts_at")
    return render(request, "events/agenda/list.html", {"events": events})


@access(Permission.PUBLIC)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one activity to whoever has its address."""
    event = get_object_or_404(Event.objects.announced(), slug=slug)
    return render(request, "events/agenda/event.html", {"event": event})


@access(Permission.PUBLIC)
@require_safe
def as_ical(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give one activity as a file for someone's own calendar."""
    event = get_object_or_404(Event.objects.announced().filter(starts_at__isnull=False), slug=slug)
    file = ical.feed([event], name=event.title, now=timezone.now())
    return HttpResponse(file, content_type="text/calendar; charset=utf-8")
