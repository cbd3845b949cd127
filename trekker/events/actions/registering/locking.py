"""One at a time at an event, so that the last place goes to one person only."""

from __future__ import annotations

from datetime import datetime

from trekker.events.actions.promoting import COMING
from trekker.events.models import Event, Registration
from trekker.events.queries.places import takes_registrations

Status = Registration.Status


class RegistrationClosed(Exception):
    """Nobody can register at this moment: not open yet, past the deadline, begun, private or called off."""


class NoLongerRegistered(Exception):
    """The registration was cancelled or handed over meanwhile."""


class TooLate(Exception):
    """The event has begun, is over or was called off: a participant changes nothing any more."""


def lock_open(event: Event, now: datetime, *, overrule: bool) -> Event:
    """
    Lock the event, so that the last place goes to one person only.

    SQLite has no row locks, but an IMMEDIATE transaction locks the whole file.
    """
    try:
        found = Event.objects.select_for_update().get(pk=event.pk)
    except Event.DoesNotExist:
        raise RegistrationClosed from None
    if overrule:
        is_open = found.state not in {Event.State.IDEA, Event.State.CANCELLED} and found.starts_at is not None
    else:
        is_open = found.visibility != Event.Visibility.INTERNAL and takes_registrations(found, now)
    if not is_open:
        raise RegistrationClosed
    return found


def lock_live(registration: Registration, now: datetime, *, overrule: bool) -> Registration:
    """Lock the event of a registration that still stands, and read it afresh."""
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    if not overrule and not is_to_come(event, now):
        raise TooLate
    found = event.registrations.filter(pk=registration.pk).exclude(status=Status.CANCELLED).first()
    if not found:
        raise NoLongerRegistered
    found.event = event
    return found


def is_to_come(event: Event, now: datetime) -> bool:
    """Tell whether the event is planned and has not begun."""
    return event.state in COMING and event.starts_at is not None and event.starts_at > now
