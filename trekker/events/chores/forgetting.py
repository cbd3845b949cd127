"""What people needed is wiped after a week, and who they were after two years."""

from __future__ import annotations

from datetime import datetime, timedelta

from trekker.events.actions.forgetting import forget_names, wipe_needs
from trekker.kernel.clock import chore


@chore("events.wipe_needs", every=timedelta(hours=6))
def wipe(now: datetime) -> None:
    """Wipe what people needed at events of more than a week ago."""
    wipe_needs(now=now)


@chore("events.forget_names", every=timedelta(days=1))
def forget(now: datetime) -> None:
    """Take the names out of events of more than two years ago."""
    forget_names(now=now)
