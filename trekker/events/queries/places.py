"""How many places there are, and who comes next when one falls free."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from trekker.events.models import Event, Registration, RegistrationQuerySet, SignUpQuestion

Mode, Status = Registration.Mode, Registration.Status
LIVE = (Status.REGISTERED, Status.WAITING)
COMING = (Event.State.PLANNED, Event.State.OPEN, Event.State.CONFIRMED)
# In a rush everybody asks these: written out, each costs a quarter of what composing it does.
QUESTIONS = """SELECT id, event_id, label, kind, options, required, position
FROM events_signupquestion WHERE event_id = %s ORDER BY position, id"""
COUNTED = """SELECT mode, status, COUNT(*) FROM events_registration
WHERE event_id = %s AND status IN (%s, %s) GROUP BY mode, status"""
_KEPT = ("id", "event_id", "email", "status", "ticket")
EARLIER = f"""WITH known AS (
  SELECT id FROM people_person WHERE email = %(email)s
  UNION SELECT person_id FROM people_alias WHERE email = %(email)s
), kept AS (
  SELECT {", ".join(_KEPT)}, person_id FROM events_registration
), live AS (
  SELECT * FROM kept WHERE event_id = %(event)s AND status IN ('REGISTERED', 'WAITING')
)
SELECT * FROM kept WHERE ticket = %(ticket)s
UNION SELECT * FROM live WHERE email = %(email)s AND email <> ''
UNION SELECT live.* FROM live JOIN known ON known.id = live.person_id
UNION SELECT NULL, NULL, NULL, NULL, NULL, id FROM known
ORDER BY 1"""  # noqa: S608 - the names of our own columns


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


def is_to_come(event: Event, now: datetime) -> bool:
    """Tell whether the event is planned and has not begun."""
    return event.state in COMING and event.starts_at is not None and event.starts_at > now


def places_of(event: Event) -> dict[Registration.Mode, Places]:
    """
    Count the places of each way to take part; where there is one way, everyone counts for it.

    Without any limit nobody is counted: there is always a place.
    """
    modes = modes_of(event)
    if all(limit_of(event, mode) is None for mode in modes):
        return {mode: Places(mode, None, 0, 0) for mode in modes}
    counted: Counter[tuple[str, str]] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [event.pk, *LIVE])
        for mode, status, count in cursor.fetchall():
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


def questions_of(event: Event) -> list[SignUpQuestion]:
    """Give what the organiser asks who registers."""
    return list(SignUpQuestion.objects.raw(QUESTIONS, [event.pk]))


def earlier_of(event: Event, *, email: str, ticket: str) -> tuple[int | None, list[Registration]]:
    """Give who is known by an address, and what came of the same form or is their place already."""
    person, found = None, []
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, {"email": email, "event": event.pk, "ticket": ticket})
        for *kept, whose in cursor.fetchall():
            if kept[0] is None:
                person = whose
            else:
                found.append(Registration.from_db(connection.alias, _KEPT, kept))
    return person, found


def queue_of(event: Event, mode: str) -> RegistrationQuerySet:
    """Give who waits for a place of this kind, who comes first first."""
    waiting = Registration.objects.waiting().filter(event=event)
    return waiting.filter(mode=mode) if len(modes_of(event)) > 1 else waiting


def place_in_queue(registration: Registration) -> int:
    """Give which place someone has on the waiting list; the first is number 1."""
    queue = queue_of(registration.event, registration.mode)
    return [*queue.values_list("pk", flat=True)].index(registration.pk) + 1
