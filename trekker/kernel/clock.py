"""
What happens by itself as time passes: chores, declared by the room whose work it is.

One process, ``trekker clock``, carries them out. Where several run, the row of a chore is claimed
before it starts, so that only one of them does it. A chore that takes long asks :func:`going` now
and then, so that the process can stop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from django.db.models import Q

from trekker.kernel.models import Turn

Work = Callable[[datetime], object]
CHORES: dict[str, Chore] = {}
_STOPPING = Event()


@dataclass(frozen=True)
class Chore:
    """
    Work to do again each time ``every`` has passed; ``work(now)`` must be safe to repeat.

    When it gives back a moment, its next turn comes no sooner.
    """

    code: str
    every: timedelta
    work: Work


def chore(code: str, *, every: timedelta) -> Callable[[Work], Work]:
    """
    Declare the decorated function as a chore; it is called with the moment.

    :raises ValueError: if the code is taken
    """

    def declare(work: Work) -> Work:
        if code in CHORES:
            raise ValueError(f"Chore {code} is declared twice")
        CHORES[code] = Chore(code, every, work)
        return work

    return declare


def due(now: datetime) -> list[Chore]:
    """Give the chores whose time has come, in the order of their declaration."""
    known = dict(Turn.objects.values_list("chore", "next_at"))
    return [each for each in CHORES.values() if each.code not in known or known[each.code] <= now]


def take(each: Chore, now: datetime) -> bool:
    """Claim a chore until its next time; tells whether this process is the one to do it."""
    Turn.objects.get_or_create(chore=each.code, defaults={"next_at": now})
    mine = Turn.objects.filter(Q(next_at__lte=now), chore=each.code)
    return mine.update(next_at=now + each.every) == 1


def carry_out(each: Chore, now: datetime) -> None:
    """Do a chore that was taken; when it asks for rest, its next turn comes later."""
    after = each.work(now)
    if isinstance(after, datetime):
        Turn.objects.filter(chore=each.code, next_at__lt=after).update(next_at=after)


def stop() -> None:
    """Ask the chore at hand to leave the rest for a later turn, as this process ends."""
    _STOPPING.set()


def going() -> bool:
    """Tell whether this process goes on."""
    return not _STOPPING.is_set()
