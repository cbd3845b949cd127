"""Giving a place to a colleague."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from trekker.events import emails
from trekker.events.actions.promoting import promote_waiting
from trekker.events.actions.registering.entering import Brought, Who, enter, log, person_of
from trekker.events.actions.registering.freeing import end
from trekker.events.actions.registering.locking import lock_live
from trekker.events.actions.registering.welcoming import welcome_first
from trekker.events.models import Registration
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.people.addresses import address

Source, Status = Registration.Source, Registration.Status

HANDED_OVER = audit.act("events.registration_handed_over", "plaats doorgegeven aan een collega")


@transaction.atomic
def hand_over(*, registration: Registration, who: Who, by: AnyAccount, now: datetime) -> Registration:
    """
    Give a place, or a place on the waiting list, to a colleague, also when the event is full.

    A colleague who has a place already keeps that one, and the place given away falls free.

    :raises NoLongerRegistered: if it was cancelled meanwhile
    :raises TooLate: if the event has begun or was called off
    :raises NotAnAddress: if the address is none
    """
    registration = lock_live(registration, now, overrule=False)
    event, email = registration.event, address(who.email)
    if email == registration.email:
        return registration
    status, waited_since = registration.status, registration.registered_at
    end(registration, now=now)
    person = person_of(who, by=by, now=now)
    # Who sent the form a moment ago is not known yet by more than the address.
    theirs = event.registrations.exclude(status=Status.CANCELLED).filter(Q(person=person) | Q(email=email))
    for each in theirs:
        welcome_first(each, now=now)
    known = theirs.first()
    if known:
        known.event = event
    if known and (known.status == Status.REGISTERED or status == Status.WAITING):
        emails.already_registered(known, ticket=str(registration.pk), now=now)
        colleague = known
    else:
        if known:
            end(known, now=now)
            emails.forget_what_waits(known, now=now)
        facts = {
            "event": event,
            "mode": registration.mode,
            "status": status,
            "source": Source.HANDED_OVER,
            "instead_of": registration,
            # Who takes over a place on the waiting list takes over the time waited.
            "registered_at": waited_since if status == Status.WAITING else now,
            "registered_by": by,
        }
        colleague = enter(who, person.pk if person else None, Brought(), facts, now=now)
        log(colleague, has_place=status == Status.REGISTERED, by=by, at=now)
        emails.taken_over(colleague, now=now)
    audit.record(HANDED_OVER, event, by=by, at=now, registration=registration.pk, colleague=colleague.pk)
    emails.handed_over(registration, now=now)
    promote_waiting(event=event, by=by, now=now)
    return colleague
