"""Who waits first gets the place that falls free."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from trekker.events import emails
from trekker.events.models import Event, Registration
from trekker.events.queries.places import is_to_come, modes_of, places_of, queue_of
from trekker.events.registry import Change, when
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

PROMOTED = audit.act("events.promoted", "van de wachtlijst naar een plaats")


@transaction.atomic
def promote_waiting(*, event: Event, by: AnyAccount, now: datetime) -> list[Registration]:
    """
    Give each free place to who waits first, and tell them; gives who moved up.

    The one way up from a waiting list: called wherever a place can fall free. Once the event has
    begun nobody moves.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if not is_to_come(event, now):
        return []
    promoted = []
    for mode, places in places_of(event).items():
        waiting = queue_of(event, mode) if places.waiting else ()
        for registration in waiting[: places.free]:
            registration.event = event
            registration.status, registration.promoted_at = Registration.Status.REGISTERED, now
            registration.save(update_fields=["status", "promoted_at"])
            audit.record(PROMOTED, event, by=by, at=now, registration=registration.pk)
            emails.moved_up(registration, now=now)
            promoted.append(registration)
    return promoted


@when(Change.CHANGED, Change.OPENED, Change.CONFIRMED)
def use_new_places(event: Event, *, what: Mapping[str, Any], by: AnyAccount, now: datetime) -> None:
    """Fill what a higher maximum, or another form of the event, leaves free."""
    if "format" in what:
        modes = modes_of(event)
        event.registrations.exclude(mode__in=modes).update(mode=modes[0])
    promote_waiting(event=event, by=by, now=now)
