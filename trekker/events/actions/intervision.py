"""Whether an intervision goes ahead, and which case the group takes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from trekker.events import emails
from trekker.events.actions.states import WrongStep, move
from trekker.events.emails.kinds import TOO_FEW
from trekker.events.models import Event, Registration
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

CHOSE = audit.act("events.case_chosen", "vraagstuk gekozen")
UNDECIDED = {Event.State.PLANNED, Event.State.OPEN}


class NoCase(Exception):
    """The participant brings no case, or has no place."""


@transaction.atomic
def ask_to_decide(*, event: Event, now: datetime) -> None:
    """Ask the leads, once for each deadline, whether the event goes ahead; they get our advice by mail."""
    count = event.registrations.holding_a_place().count()
    for lead in event.leads.filter(is_active=True):
        emails.decide(event, address=lead.email, count=count, now=now)


@transaction.atomic
def decide(*, event: Event, goes_ahead: bool, by: AnyAccount, now: datetime) -> Event:
    """
    Let an event go ahead or call it off for lack of people; everyone gets the mail that fits.

    :raises WrongStep: if that was decided already, or the event needs no minimum
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.state not in UNDECIDED or not event.min_registrations:
        raise WrongStep
    if goes_ahead:
        return move(event=event, to=Event.State.CONFIRMED, by=by, now=now)
    return move(event=event, to=Event.State.CANCELLED, because=TOO_FEW, by=by, now=now)


@transaction.atomic
def choose_case(*, registration: Registration, chosen: bool = True, by: AnyAccount, now: datetime) -> None:
    """
    Take the case of one participant, or leave it again.

    :raises NoCase: if there is none, or no place any more
    """
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    found = event.registrations.holding_a_place().exclude(case="").filter(pk=registration.pk)
    if not found.update(case_chosen=chosen):
        raise NoCase
    audit.record(CHOSE, event, by=by, at=now, registration=registration.pk, chosen=chosen)
