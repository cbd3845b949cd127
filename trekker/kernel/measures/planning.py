"""What a forecast must know of a measure: the things with a day that its figure comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from trekker.kernel.periods import Period


class Foretold(StrEnum):
    """How what is still to come can be foretold."""

    PLANNED = "planned"  # ours to do: from what is planned
    ASKED = "asked"  # asked of us: from the pace
    TURNOUT = "turnout"  # each planned thing brings people
    LEVEL = "level"  # a stock: from its changes
    NOT = "not"  # nothing tells


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """
    How planned things bring people: one row of the figure for each person, or for each person's hours.

    ``item`` is the path from a counted row to the planned thing, and ``event`` to what people register
    for; with ``hours`` a person brings that many, by the paths from a counted row and from a planned thing.
    ``registered()`` gives everyone with a place, of whom ``place_at`` is the path to what they registered
    for, and ``since`` the moment. A line's filters about persons narrow those, except the one ``without``:
    whether someone came.
    """

    item: str
    event: str
    registered: Callable[[], QuerySet]
    place_at: str
    since: str
    hours_of_counted: str = ""
    hours: str = ""
    without: str = ""


@dataclass(frozen=True, kw_only=True)
class Planning:
    """
    Everything that was ever planned, with what became of it.

    ``items(period)`` gives each thing with a day in the period, whose ``moment`` and whose planning
    ``made`` are fields. It was ``held``, it was ``dropped``, or it is still to come; of those held that are
    not ``known`` nobody noted who came. A line's filters narrow them as base rows, or by their ``beside``.
    Things with the same ``once`` count once. People see the thing ``about``, by its ``title`` and the page
    that ``address`` gives of its number; it ``closes`` to registrations.
    """

    items: Callable[[Period], QuerySet]
    held: Q
    dropped: Q
    moment: str
    made: str
    about: str
    title: str
    address: Callable[[Any], str]
    known: Q = field(default_factory=Q)
    are_base: bool = False
    once: str = ""
    closes: str = ""
    turnout: Turnout | None = None
