"""Requests for a session lose the name of who asked after their term."""

from __future__ import annotations

from datetime import datetime, timedelta

from trekker.events.actions.requests import wipe_old_requests
from trekker.kernel.clock import chore


@chore("requests.wipe_old", every=timedelta(days=1))
def wipe_old(now: datetime) -> None:
    """Take out of every request of two years ago who asked."""
    wipe_old_requests(now=now)
