"""
What happens to an event, and who wants to hear of it.

Actions tell; modules such as the mails listen. A listener runs inside the transaction of the
action, so that what it queues or changes stands or falls with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from trekker.events.models import Event

if TYPE_CHECKING:
    from trekker.kernel.models import AnyAccount


class Change(StrEnum):
    """What can happen to an event that others want to hear of."""

    CHANGED = "changed"
    OPENED = "opened"
    CLOSED = "closed"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"
    REPLANNED = "replanned"


class Listener(Protocol):
    """
    What is called when something happens.

    ``what`` gives, for ``CHANGED``, each fact that changed with its earlier value, by the name of
    the field (``starts_at``, ``place``, ``online_link``, ``max_registrations``, …); it is empty for
    the other changes. The reason of a cancellation stands on the event.
    """

    def __call__(self, event: Event, *, what: Mapping[str, Any], by: AnyAccount, now: datetime) -> None:
        """Do what follows from it, within the caller's transaction."""


LISTENERS: dict[Change, list[Listener]] = {change: [] for change in Change}
Listening = TypeVar("Listening", bound=Listener)


def when(*changes: Change) -> Callable[[Listening], Listening]:
    """Declare that the decorated function is called at each of these changes."""

    def declare(listener: Listening) -> Listening:
        for change in changes:
            LISTENERS[change].append(listener)
        return listener

    return declare


def tell(
    change: Change, event: Event, *, by: AnyAccount, now: datetime, what: Mapping[str, Any] | None = None
) -> None:
    """Call every listener of this change, in the order in which they were declared."""
    for listener in LISTENERS[change]:
        listener(event, what=what or {}, by=by, now=now)
