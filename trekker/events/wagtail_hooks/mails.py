"""How the outbox and the texts name what mails of activities are about."""

from __future__ import annotations

from django.urls import reverse

from trekker.events.models import Event, SessionRequest
from trekker.mail.registry import call_room, topic_reads

call_room("requests", "vragen om een sessie")


@topic_reads("event", "activiteit")
def event_of(pk: int) -> tuple[str, str] | None:
    """Give the title and the page of an event."""
    event = Event.objects.filter(pk=pk).first()
    return (event.title, reverse("event:inspect", args=[pk])) if event else None


@topic_reads("request", "vraag")
def request_of(pk: int) -> tuple[str, str] | None:
    """Give the subject and the page of a request for a session."""
    request = SessionRequest.objects.filter(pk=pk).first()
    return (str(request), reverse("session_request:inspect", args=[pk])) if request else None
