"""Giving a place back, and what becomes of places when a person is erased or merged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from trekker.events import emails
from trekker.events.actions.promoting import promote_waiting
from trekker.events.actions.registering.freeing import CANCELLED, end
from trekker.events.actions.registering.locking import NoLongerRegistered, lock_live
from trekker.events.actions.registering.welcoming import welcome_in_silence
from trekker.events.models import AccessNeed, Event, Registration
from trekker.events.models.registration import new_key
from trekker.events.queries.places import is_to_come
from trekker.kernel import audit, merging, privacy
from trekker.kernel.models import AnyAccount
from trekker.people.models import Person

Status = Registration.Status


@transaction.atomic
def cancel_registration(
    *, registration: Registration, overrule: bool = False, by: AnyAccount, now: datetime
) -> Registration:
    """
    Give a place back; who waits first gets it. Cancelling twice changes nothing.

    What the person needed is wiped at once. With ``overrule``, for staff, it is never too late; once
    the event has begun nobody is mailed.

    :raises TooLate: if the event has begun or was called off
    """
    try:
        registration = lock_live(registration, now, overrule=overrule)
    except NoLongerRegistered:
        return registration
    end(registration, now=now)
    audit.record(CANCELLED, registration.event, by=by, at=now, registration=registration.pk)
    if is_to_come(registration.event, now):
        emails.cancelled(registration, now=now)
    promote_waiting(event=registration.event, by=by, now=now)
    return registration


@privacy.before_erasure(Person)
def _end_what_is_to_come(record: Person, *, by: AnyAccount, now: datetime) -> None:
    """Cancel what someone who is erased would still come to; who waits gets the place, no link opens."""
    welcome_in_silence(record, now=now)
    theirs = Registration.objects.filter(person=record)
    for each in theirs:
        each.key = new_key()
        each.save(update_fields=["key"])
    live = theirs.exclude(status=Status.CANCELLED)
    for each in live.filter(Q(event__starts_at__gt=now) | Q(event__starts_at=None)).select_related("event"):
        event = Event.objects.select_for_update().get(pk=each.event_id)
        emails.forget_what_waits(each, now=now)
        end(each, now=now)
        audit.record(CANCELLED, event, by=by, at=now, registration=each.pk)
        promote_waiting(event=event, by=by, now=now)


@merging.moves(Registration)
def _one_place_each(kept: Any, dropped: Any) -> None:
    """Let one person who registered twice under two names keep one place."""
    if not isinstance(kept, Person):
        return
    live = Registration.objects.exclude(status=Status.CANCELLED)
    both = live.filter(person=dropped, event__in=live.filter(person=kept).values("event"))
    for double in both.select_related("event"):
        other = live.get(person=kept, event=double.event)
        # What was noted of attendance stays, and a place goes before waiting for one.
        worth = [(each.attendances.exists(), each.status == Status.REGISTERED) for each in (other, double)]
        drop = other if worth[1] > worth[0] else double
        keep, when = (double if drop == other else other), drop.registered_at
        noted = keep.attendances.values("session")
        drop.attendances.exclude(session__in=noted).update(registration=keep)
        AccessNeed.objects.filter(registration=drop).delete()
        Registration.objects.filter(pk=drop.pk).update(status=Status.CANCELLED, cancelled_at=when)


@merging.after_merge(Person)
def _give_what_fell_free(kept: Person, *, by: AnyAccount, now: datetime) -> None:
    """Let who waits first have the place of someone who registered twice under two names."""
    dropped = Registration.objects.filter(person=kept, status=Status.CANCELLED)
    for event in Event.objects.filter(pk__in=dropped.values("event"), starts_at__gt=now).order_by("pk"):
        promote_waiting(event=event, by=by, now=now)
