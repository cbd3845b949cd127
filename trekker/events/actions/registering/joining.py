"""Giving someone a place, or a place on the waiting list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from trekker.events.actions.registering.entering import Brought, Who, enter
from trekker.events.actions.registering.locking import lock_open
from trekker.events.actions.registering.welcoming import welcome
from trekker.events.models import Event, Registration, Welcome
from trekker.events.queries.places import earlier_of, modes_of, places_of
from trekker.kernel.models import AnyAccount
from trekker.people.addresses import address

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
    nobody learns from the screen whether an address is known. ``welcome`` is what is still to be
    done; nothing when the form had come already.
    """

    registration: Registration
    is_new: bool
    shown: str
    welcome: Welcome | None = None


@transaction.atomic
def register(*, now: datetime, **form: Any) -> Outcome:
    """
    Give someone a place as :func:`admit` does, and finish it at once: the mail waits in the outbox.

    It takes, gives and raises what :func:`admit` does.
    """
    outcome = admit(now=now, **form)
    if outcome.welcome:
        welcome(outcome.welcome, now=now)
    return outcome


def admit(
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
    Give someone a place, or a place on the waiting list when the event is full, and no more than that.

    The mail, and who it is, follow in a moment (see ``welcoming``), so that in a rush nobody waits for
    those of all before. The same person twice changes nothing, and neither does the same ``ticket``.
    With ``overrule``, for staff, the deadline has not passed and there is always a place; once the
    event has begun nobody is mailed.

    :raises RegistrationClosed: if nobody can register at this moment
    :raises Full: if all places are taken and there is no waiting list
    :raises TicketUsed: if the form served for another address
    :raises NotAnAddress: if the address is none
    """
    email = address(who.email) if who.email else ""
    with transaction.atomic():
        locked = lock_open(event, now, overrule=overrule)
        person, earlier = earlier_of(event, email=email, ticket=ticket)
        if sent := next((each for each in earlier if each.ticket == ticket), None):
            return _same(sent, email, event)
        known = earlier[0] if earlier else None
        if known:
            known.event = event
        mode = brought.mode if brought.mode in modes_of(locked) else modes_of(locked)[0]
        status = _status_for(locked, mode, overrule=overrule)
        row = {"event": event, "mode": mode, "status": status, "ticket": ticket or None, "source": source}
        facts = {**row, "registered_at": now, "registered_by": by}
        with transaction.atomic():
            entered = enter(who, None if known else person, brought, facts, now=now)
            # Who is known costs what someone new costs: time does not tell who that is.
            transaction.set_rollback(known is not None)
        follows = Welcome.objects.create(
            registration=known or entered,
            asked_at=now,
            again=known is not None,
            has_place=status == Status.REGISTERED,
            ticket=ticket,
        )
    return Outcome(follows.registration, is_new=not known, shown=status, welcome=follows)


def _same(sent: Registration, email: str, event: Event) -> Outcome:
    """Give what came of a form the first time, if it is the same again."""
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
