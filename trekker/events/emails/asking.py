"""What leads are asked: whether an intervision goes ahead."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from trekker.events.emails import kinds
from trekker.events.emails.participants import facts
from trekker.events.models import Event
from trekker.mail.actions import queue


def decide(event: Event, *, address: str, count: int, now: datetime) -> None:
    """Ask a lead to decide, with our advice; once for each deadline."""
    enough = count >= (event.min_registrations or 0)
    people = "1 inschrijving" if count == 1 else f"{count} inschrijvingen"
    url = reverse("event:inspect", args=[event.pk])
    queue(
        kind=kinds.DECIDE,
        occasion=f"{kinds.DECIDE.code}:{event.pk}:{event.deadline_at:%Y%m%d%H%M}",
        address=address,
        values={
            **facts(event),
            "tel": f"Er zijn {people}. Het minimum is {event.min_registrations}.",
            "advies": "laat ze doorgaan" if enough else "annuleer ze",
            "link_beslis": settings.BASE_URL + url,
        },
        now=now,
        topic=event.topic,
    )
