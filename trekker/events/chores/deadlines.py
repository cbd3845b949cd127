"""At the deadline of an event with a minimum, its leads are asked whether it goes ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from trekker.events.actions.intervision import ask_to_decide
from trekker.events.models import Event
from trekker.kernel.clock import chore


@chore("events.ask_to_decide", every=timedelta(minutes=5))
def ask(now: datetime) -> None:
    """Ask the leads of each event whose deadline passed and on which nobody decided."""
    rows = Event.objects.filter(state=Event.State.OPEN, min_registrations__gt=0)
    for event in rows.filter(deadline_at__lte=now, starts_at__gt=now):
        ask_to_decide(event=event, now=now)
