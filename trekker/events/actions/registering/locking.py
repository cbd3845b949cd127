"""One at a time at an event, so that the last place goes to one person only."""

from __future__ import annotations

from datetime import datetime

from trekker.events.actions.registering.welcoming import welcome_first
from trekker.events.models import Event, Registration
from trekker.events.queries.places import is_to_come, takes_registrations

Status = Registration.Status


class RegistrationClosed(Exception):
    """Nobody can register at this moment: not open yet, past the deadline, begun, private or called off."""


class NoLongerRegistered(Exception):
    """The registration was cancelled or handed over meanwhile."""


class TooLate(Exception):
    """The event has begun, is over or was called off: a participant changes nothing any more."""


# What decides whether someone can register, and on how many places; all of it would take twice as long.
_DECIDES = (
    *("state", "visibility", "external_url", "starts_at", "deadline_at", "format"),
    *("max_registrations", "max_online", "waiting_list"),
)


def lock_open(event: Event, now: datetime, *, overrule: bool) -> Event:
    """
    Lock the event, so that the last place goes to one person only; gives it as it is by now.

    SQLite has no row locks, but an IMMEDIATE transaction locks the whole file.
    """
    try:
        found = Event.objects.select_for_update().only(*_DECIDES).get(pk=event.pk)
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
    """
    Lock the event of a registration that still stands, and read it afresh.

    What came in is finished first: who cancels a minute after the form gets both mails, in order.
    """
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    if not overrule and not is_to_come(event, now):
        raise TooLate
    welcome_first(registration, now=now)
    found = event.registrations.filter(pk=registration.pk).exclude(status=Status.CANCELLED).first()
    if not found:
        raise NoLongerRegistered
    found.event = event
    return found
