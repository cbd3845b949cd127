"""Letting a place fall free, and leaving one person one place of two."""

from __future__ import annotations

from datetime import datetime

from trekker.events import emails
from trekker.events.actions.promoting import promote_waiting
from trekker.events.models import AccessNeed, Registration
from trekker.kernel import audit
from trekker.people.models import Person

Status = Registration.Status

CANCELLED = audit.act("events.registration_cancelled", "iemand uitgeschreven")


def end(registration: Registration, *, now: datetime) -> None:
    """Let a registration stand no longer, and wipe what the person needed."""
    registration.status, registration.cancelled_at = Status.CANCELLED, now
    registration.case_chosen = False
    registration.save(update_fields=["status", "cancelled_at", "case_chosen"])
    AccessNeed.objects.filter(registration=registration).delete()


def keep_one(registration: Registration, person: Person, *, now: datetime) -> None:
    """
    Give a registration to a person who has another at the same, locked event, and end one of both.

    A place goes before waiting for one, and then who came first; who waits first gets what falls free.
    """
    other = registration.event.registrations.exclude(status=Status.CANCELLED).get(person=person)
    _, dropped = sorted([registration, other], key=_worth)
    emails.forget_what_waits(dropped, now=now)
    end(dropped, now=now)
    registration.person = person
    registration.save(update_fields=["person"])
    by = dropped.registered_by
    audit.record(CANCELLED, registration.event, by=by, at=now, registration=dropped.pk)
    promote_waiting(event=registration.event, by=by, now=now)


def _worth(registration: Registration) -> tuple[bool, datetime, int]:
    return registration.status == Status.WAITING, registration.registered_at, registration.pk
