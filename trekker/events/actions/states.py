"""Moving an event from one state to the next, by the table of steps."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from trekker.events import registry
from trekker.events.models import Event
from trekker.events.models.event import STEPS
from trekker.events.queries.events import missing
from trekker.events.registry import Change
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

MOVED = audit.act("events.moved", "stand van de activiteit gewijzigd")
State = Event.State
PAIRS = {(step.source, step.target) for step in STEPS}
TOLD = {
    State.OPEN: Change.OPENED,
    State.CONFIRMED: Change.CONFIRMED,
    State.HELD: Change.HELD,
    State.CANCELLED: Change.CANCELLED,
}
# What happens by going back to the planning depends on where it comes from.
BACK_IN_PLANNING = {State.OPEN: Change.CLOSED, State.CANCELLED: Change.REPLANNED}


class WrongStep(Exception):
    """No step leads from where the event stands to where it should go."""


class NotReady(Exception):
    """A participant would miss something; ``missing`` names it in Dutch."""

    def __init__(self, missing: list[str]) -> None:
        """Keep what is missing."""
        super().__init__(", ".join(missing))
        self.missing = missing


class AlreadyBegun(Exception):
    """Registration would open for something that began."""


class DeadlinePassed(Exception):
    """Registration would open after its own deadline."""


class NotBegun(Exception):
    """Something would be held that has not begun."""


class NeedsReason(Exception):
    """A cancellation says no reason."""


@transaction.atomic
def move(*, event: Event, to: str, by: AnyAccount, now: datetime, because: str = "") -> Event:
    """
    Take a step to another state, and tell who listens.

    :raises WrongStep: if no step leads there
    :raises NotReady: if people could register without what they need
    :raises AlreadyBegun: if registration would open after the start
    :raises DeadlinePassed: if registration would open after its deadline
    :raises NotBegun: if it would be held before the start
    :raises NeedsReason: if a cancellation gives no reason
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    earlier = event.state
    if (earlier, to) not in PAIRS:
        raise WrongStep
    _check(event, to, because, now)
    event.state = State(to)
    event.cancelled_because = because.strip() if to == State.CANCELLED else ""
    event.save(update_fields=["state", "cancelled_because"])
    audit.record(MOVED, event, by=by, at=now, **{"from": earlier, "to": to})
    if change := BACK_IN_PLANNING.get(State(earlier)) if to == State.PLANNED else TOLD.get(State(to)):
        registry.tell(change, event, by=by, now=now)
    return event


def _check(event: Event, to: str, because: str, now: datetime) -> None:
    """Refuse what the table allows and the facts do not."""
    if to == State.CANCELLED and not because.strip():
        raise NeedsReason
    if to == State.HELD and (event.starts_at is None or event.starts_at > now):
        raise NotBegun
    if to == State.CONFIRMED and event.starts_at is None:
        raise NotReady(["een dag en een uur"])
    if event.state == State.PLANNED and to in {State.OPEN, State.CONFIRMED} and (lacks := missing(event)):
        raise NotReady(lacks)
    if event.state == State.PLANNED and to == State.OPEN:
        _check_opening(event, now)


def _check_opening(event: Event, now: datetime) -> None:
    if event.starts_at is None:
        raise NotReady(["een dag en een uur"])
    if event.starts_at <= now:
        raise AlreadyBegun
    if event.deadline_at and event.deadline_at <= now and not event.external_url:
        raise DeadlinePassed
