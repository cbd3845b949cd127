"""How many places there are, and who comes next when one falls free."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from trekker.events.models import Event, Registration, RegistrationQuerySet

Mode, Status = Registration.Mode, Registration.Status
LIVE = (Status.REGISTERED, Status.WAITING)


@dataclass(frozen=True)
class Places:
    """The places of an event for who comes in person, or for who takes part online."""

    mode: Registration.Mode
    limit: int | None
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        """How many more can get a place; nothing when there is no limit."""
        return None if self.limit is None else max(0, self.limit - self.taken)

    @property
    def is_full(self) -> bool:
        """Tell whether someone new has to wait: nobody passes those who wait already."""
        return self.free == 0 or (self.free is not None and self.waiting >= self.free)


def modes_of(event: Event) -> list[Registration.Mode]:
    """Give the ways to take part, in person first."""
    match event.format:
        case Event.Format.PHYSICAL:
            return [Mode.ON_SITE]
        case Event.Format.ONLINE:
            return [Mode.ONLINE]
    return [Mode.ON_SITE, Mode.ONLINE]


def limit_of(event: Event, mode: Registration.Mode) -> int | None:
    """Give how many may take part this way; nothing when there is no limit."""
    online_beside = event.format == Event.Format.HYBRID and mode == Mode.ONLINE
    return event.max_online if online_beside else event.max_registrations


def is_online(registration: Registration) -> bool:
    """Tell whether someone takes part online; where there is one way, everyone takes that one."""
    event = registration.event
    only_way = event.format == Event.Format.ONLINE
    return only_way or (event.format == Event.Format.HYBRID and registration.mode == Mode.ONLINE)


def takes_registrations(event: Event, now: datetime) -> bool:
    """Tell what ``taking_registrations`` would, of an event that was read; the action asks again, locked."""
    return (
        event.state in {Event.State.OPEN, Event.State.CONFIRMED}
        and not event.external_url
        and event.starts_at is not None
        and event.starts_at > now
        and (event.deadline_at is None or event.deadline_at > now)
    )


def places_of(event: Event) -> dict[Registration.Mode, Places]:
    """
    Count the places of each way to take part; where there is one way, everyone counts for it.

    Without any limit nobody is counted: there is always a place.
    """
    modes = modes_of(event)
    if all(limit_of(event, mode) is None for mode in modes):
        return {mode: Places(mode, None, 0, 0) for mode in modes}
    live = event.registrations.filter(status__in=LIVE).values_list("mode", "status")
    counted: Counter[tuple[str, str]] = Counter()
    for mode, status, count in live.annotate(Count("pk")):
        counted[mode if len(modes) > 1 else modes[0], status] += count
    return {
        mode: Places(
            mode,
            limit_of(event, mode),
            counted[mode, Status.REGISTERED],
            counted[mode, Status.WAITING],
        )
        for mode in modes
    }


def queue_of(event: Event, mode: str) -> RegistrationQuerySet:
    """Give who waits for a place of this kind, who comes first first."""
    waiting = Registration.objects.waiting().filter(event=event)
    return waiting.filter(mode=mode) if len(modes_of(event)) > 1 else waiting


def place_in_queue(registration: Registration) -> int:
    """Give which place someone has on the waiting list; the first is number 1."""
    queue = queue_of(registration.event, registration.mode)
    return [*queue.values_list("pk", flat=True)].index(registration.pk) + 1
