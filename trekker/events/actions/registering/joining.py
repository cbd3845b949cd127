"""Giving someone a place, or a place on the waiting list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from trekker.events import emails
from trekker.events.actions.registering.entering import Brought, Who, confirm, enter, person_of
from trekker.events.actions.registering.locking import is_to_come, lock_open
from trekker.events.models import Event, Registration
from trekker.events.queries.places import LIVE, modes_of, places_of
from trekker.kernel.models import AnyAccount
from trekker.people.addresses import address
from trekker.people.models import Person

Mode, Source, Status = Registration.Mode, Registration.Source, Registration.Status


class Full(Exception):
    """Every place is taken, and there is no waiting list."""


class TicketUsed(Exception):
    """The form that was sent has served already: for another address, or for a place given back since."""


@dataclass(frozen=True)
class Outcome:
    """
    What became of a form.

    ``shown`` is what the screen may say. It is the same for who was registered before, so that
    nobody learns from the screen whether an address is known.
    """

    registration: Registration
    is_new: bool
    shown: str


def register(
    *,
    event: Event,
    who: Who,
    brought: Brought,
    ticket: str = "",
    source: str = Source.WEB,
    overrule: bool = False,
    by: AnyAccount,
    now: datetime,
) -> Outcome:
    """
    Give someone a place, or a place on the waiting list when the event is full.

    The same person twice changes nothing, and neither does the same ``ticket``. With ``overrule``,
    for staff, the deadline has not passed and there is always a place; once the event has begun
    nobody is mailed.

    :raises RegistrationClosed: if nobody can register at this moment
    :raises Full: if all places are taken and there is no waiting list
    :raises TicketUsed: if the form served for another address
    :raises NotAnAddress: if the address is none
    """
    style = emails.style_of_places()  # before the lock: in a rush everybody waits for it
    with transaction.atomic():
        event = lock_open(event, now, overrule=overrule)
        person = person_of(who, by=by, now=now)
        earlier = _earlier(event, person, ticket)
        if sent := next((each for each in earlier if each.ticket == ticket), None):
            return _same(sent, event, who)
        known = earlier[0] if earlier else None
        mode = brought.mode if brought.mode in modes_of(event) else modes_of(event)[0]
        status = _status_for(event, mode, overrule=overrule)
        row = {"event": event, "mode": mode, "status": status, "ticket": ticket or None, "source": source}
        facts = {**row, "registered_at": now, "registered_by": by}
        with transaction.atomic():
            entered = enter(who, None if known else person, brought, facts, by=by, now=now)
            # Who is known costs what someone new costs: time does not tell who that is.
            transaction.set_rollback(known is not None)
        comes = is_to_come(event, now)  # what staff write down afterwards needs no mail
        if known and comes:
            known.event, invites = event, status == Status.REGISTERED
            emails.already_registered(known, ticket=ticket, invites=invites, style=style, now=now)
        elif comes:
            confirm(entered, style=style, now=now)
        return Outcome(known or entered, is_new=not known, shown=status)


def _earlier(event: Event, person: Person | None, ticket: str) -> list[Registration]:
    """Give what came of the same form, and the place that the person has already."""
    wanted = Q(ticket=ticket)
    if person:
        wanted |= Q(event=event, person=person, status__in=LIVE)
    return list(Registration.objects.filter(wanted))


def _same(sent: Registration, event: Event, who: Who) -> Outcome:
    """Give what came of a form the first time, if it is the same again."""
    email = address(who.email) if who.email else ""
    if sent.email != email or sent.event_id != event.pk or sent.status == Status.CANCELLED:
        raise TicketUsed
    waited = sent.promoted_at or sent.status == Status.WAITING
    return Outcome(sent, is_new=False, shown=Status.WAITING if waited else Status.REGISTERED)


def _status_for(event: Event, mode: str, *, overrule: bool) -> str:
    if overrule or not places_of(event)[Mode(mode)].is_full:
        return Status.REGISTERED
    if not event.waiting_list:
        raise Full
    return Status.WAITING
