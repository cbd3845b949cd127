"""What registration adds to the page of an event in the back office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from trekker.events.models import Event, Registration
from trekker.events.queries.personal import IDEAL, standing_of_intervision
from trekker.events.queries.places import COMING
from trekker.kernel.access import Permission
from trekker.kernel.sections import section

WAITING_SHOWN = 20


@section(
    Event,
    title="Inschrijven",
    template="events/registering/_of_event.html",
    permission=Permission.EVENTS_LEAD,
    order=10,
)
def registering(event: Event, _today: date) -> Mapping[str, Any] | None:
    """Offer to register someone, to decide, and show who waits."""
    if event.external_url or event.state not in COMING or not event.starts_at:
        return None
    waiting = Registration.objects.waiting().filter(event=event).select_related("organisation")
    return {
        "event": event,
        "ideal": IDEAL if event.kind == Event.Kind.INTERVISION else None,
        "standing": standing_of_intervision(event, timezone.now()),
        "waiting": waiting[:WAITING_SHOWN],
    }


@section(
    Event,
    title="Vraagstukken",
    template="events/registering/_cases.html",
    permission=Permission.EVENTS_LEAD,
    order=12,
)
def cases(event: Event, _today: date) -> Mapping[str, Any] | None:
    """List the cases that people bring, to choose from."""
    if not event.asks_case:
        return None
    rows = event.registrations.holding_a_place().exclude(case="").select_related("organisation")
    return {"event": event, "rows": rows.order_by("-case_chosen", "registered_at", "pk")}
