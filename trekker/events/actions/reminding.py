"""Reminding who comes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trekker.events import emails
from trekker.events.emails import kinds
from trekker.events.models import Event
from trekker.kernel.periods import Period
from trekker.mail.models import Message
from trekker.mail.registry import Kind

GOING_ON = (Event.State.OPEN, Event.State.CONFIRMED, Event.State.PLANNED)


def remind_of_week(*, now: datetime) -> int:
    """
    Remind of what takes place within a week and later than tomorrow; says how many.

    Who registered less than a day ago has the confirmation.
    """
    today = timezone.localdate(now)
    days = Period(today + timedelta(days=2), today + timedelta(days=8))
    return _remind(kinds.WEEK_BEFORE, days, now=now)


def remind_of_day(*, now: datetime) -> int:
    """Remind of what takes place tomorrow; says how many."""
    today = timezone.localdate(now)
    return _remind(kinds.DAY_BEFORE, Period(today + timedelta(days=1), today + timedelta(days=2)), now=now)


def _remind(kind: Kind, days: Period, *, now: datetime) -> int:
    """Queue the reminders of each event in a transaction of its own; what was queued before is passed by."""
    count = 0
    for found in Event.objects.filter(state__in=GOING_ON).starting_within(days):
        with transaction.atomic():
            event = Event.objects.select_for_update().get(pk=found.pk)
            count += _remind_all(kind, event, now=now)
    return count


def _remind_all(kind: Kind, event: Event, *, now: datetime) -> int:
    if event.state not in GOING_ON:
        return 0
    rows = event.registrations.holding_a_place().exclude(email="")
    planning = emails.planning_part(event)
    reminded = set(
        Message.objects.about(event.topic)
        .filter(kind=kind.code, occasion__endswith=f":{planning}")
        .values_list("address", flat=True)
    )
    due = rows.filter(registered_at__lte=now - timedelta(days=1)).exclude(email__in=reminded)
    for registration in due:
        registration.event = event
        emails.remind(kind, registration, planning=planning, now=now)
    return len(due)
