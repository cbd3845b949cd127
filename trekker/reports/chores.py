"""What happens by itself around reports: the website, old files, and the signals that leads get."""

from __future__ import annotations

from datetime import datetime, timedelta

from trekker.kernel.clock import chore
from trekker.reports import actions
from trekker.reports.actions.files import forget_files as forget


@chore("reports.count_again", every=timedelta(minutes=5))
def count_again(now: datetime) -> None:
    """Count what the website shows once more, each half hour."""
    actions.count_again(now=now)


@chore("reports.forget_files", every=timedelta(days=1))
def forget_files(now: datetime) -> None:
    """Remove the files of reports that were asked for over a week ago."""
    forget(now=now)


@chore("reports.signals", every=timedelta(hours=1))
def send_signals(now: datetime) -> None:
    """Send the signals of the week to each lead whose day has come."""
    actions.send_signals(now=now)
