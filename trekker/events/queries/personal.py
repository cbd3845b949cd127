"""What a participant may see beside their own registration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trekker.events.models import Event, Material, Recording, Registration

Status = Registration.Status


@dataclass(frozen=True)
class Case:
    """A case that someone of the group brings, without the name."""

    text: str
    is_chosen: bool
    is_mine: bool


def cases_for(registration: Registration, now: datetime) -> list[Case]:
    """Give what the group brings to an intervision, once its deadline has passed; to who has a place."""
    event = registration.event
    closed = event.state == Event.State.CONFIRMED or (event.deadline_at and event.deadline_at <= now)
    if not event.asks_case or not closed or registration.status != Status.REGISTERED:
        return []
    rows = event.registrations.holding_a_place().exclude(case="").order_by("-case_chosen", "pk")
    return [Case(each.case, each.case_chosen, each.pk == registration.pk) for each in rows]


def kept_for(registration: Registration) -> list[Recording | Material]:
    """Give recordings and material for who took part."""
    event = registration.event
    if registration.status != Status.REGISTERED:
        return []
    return [*event.recordings.order_by("pk"), *event.materials.order_by("pk")]


IDEAL = (4, 10)


@dataclass(frozen=True)
class Standing:
    """How an event with a minimum stands: how many come, and whether it is time to decide."""

    count: int
    minimum: int
    is_due: bool

    @property
    def is_enough(self) -> bool:
        """Tell whether the minimum is reached."""
        return self.count >= self.minimum


def standing_of_intervision(event: Event, now: datetime) -> Standing | None:
    """Weigh an event with a minimum on which nobody decided yet; nothing for others."""
    if not event.min_registrations or event.state not in {Event.State.OPEN, Event.State.PLANNED}:
        return None
    due = event.deadline_at is not None and event.deadline_at <= now
    return Standing(event.registrations.holding_a_place().count(), event.min_registrations, due)
