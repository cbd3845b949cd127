"""Once an event is over, it is marked as held where that is clear, and feedback is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from trekker.events.actions.feedback import ask_due, mark_as_held
from trekker.kernel.clock import chore

FROM_HOUR = 8  # nobody is woken by a mail


@chore("events.feedback", every=timedelta(minutes=30))
def ask(now: datetime) -> None:
    """Mark as held what clearly was, and ask about what was held."""
    if timezone.localtime(now).hour >= FROM_HOUR:
        mark_as_held(now=now)
        ask_due(now=now)
