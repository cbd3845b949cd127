"""What happens by itself around reports: the website is counted again, and leads get their signals."""

from __future__ import annotations

from datetime import datetime, timedelta

from trekker.kernel.clock import chore
from trekker.reports import actions


@chore("reports.count_again", every=timedelta(minutes=5))
def count_again(now: datetime) -> None:
    """Count what the website shows once more, each half hour."""
    actions.count_again(now=now)
