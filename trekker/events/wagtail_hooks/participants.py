"""Participants and attendance on the page of an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from trekker.events.models import Event
from trekker.events.queries import attendance, participants
from trekker.kernel.access import Permission
from trekker.kernel.sections import section


@section(
    Event,
    title="Deelnemers en aanwezigheid",
    template="events/participants/_section.html",
    permission=Permission.EVENTS_LEAD,
    order=20,
)
def people(event: Event, _today: date) -> Mapping[str, Any] | None:
    """Give how many people an event has, and how each session was attended."""
    if event.starts_at is None:
        return None
    return {
        "event": event,
        "figures": participants.figures(event),
        "sessions": attendance.presence(event),
        "is_training": event.kind == Event.Kind.TRAINING,
    }
