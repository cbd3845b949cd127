"""Fetching a calendar of others, as a job."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from trekker.events.actions import calendars
from trekker.events.models import OtherCalendar


@task()
def fetch(pk: int) -> None:
    """Fetch one calendar now, unless it was removed meanwhile."""
    calendar = OtherCalendar.objects.exclude(url="").filter(pk=pk).first()
    if calendar:
        calendars.refresh(calendar=calendar, now=timezone.now())
