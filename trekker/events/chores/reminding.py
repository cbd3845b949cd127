"""Participants are reminded a week and a day before."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from trekker.events.actions.reminding import remind_of_day, remind_of_week
from trekker.kernel.clock import chore

FROM_HOUR = 8  # nobody is woken by a mail


@chore("events.remind", every=timedelta(minutes=10))
def remind(now: datetime) -> None:
    """Queue the reminders whose time has come."""
    if timezone.localtime(now).hour >= FROM_HOUR:
        remind_of_week(now=now)
        remind_of_day(now=now)
