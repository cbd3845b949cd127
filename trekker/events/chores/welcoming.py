"""Who registered gets a mail within seconds; while hundreds come in at once, they go first."""

from __future__ import annotations

from datetime import datetime, timedelta

from trekker.events.actions.registering import is_rush, welcome_all
from trekker.kernel import clock
from trekker.kernel.clock import chore


@chore("events.welcome", every=timedelta(seconds=1))
def welcome(now: datetime) -> None:
    """Finish the forms that were taken in."""
    if not is_rush(now):
        welcome_all(now=now, going=clock.going)
