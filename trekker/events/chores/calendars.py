"""Calendars of others are fetched each day."""

from __future__ import annotations

from datetime import datetime, timedelta

from trekker.events.actions import calendars
from trekker.events.models import OtherCalendar
from trekker.kernel.clock import chore


@chore("events.calendars", every=timedelta(days=1))
def fetch_all(now: datetime) -> None:
    """Fetch every calendar that has an address; one that fails leaves the others alone."""
    for calendar in OtherCalendar.objects.exclude(url="").order_by("pk"):
        calendars.refresh(calendar=calendar, now=now)
