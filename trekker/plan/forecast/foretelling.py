"""A forecast of one line, with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from trekker.plan.forecast import words
from trekker.plan.forecast.outlook import Outlook, Way

SHOWN = 5  # of what is to come, beneath a figure


@dataclass(frozen=True)
class Coming:
    """Something planned that will count if it takes place, with its page."""

    day: date
    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Basis:
    """
    What a forecast was made from.

    Of what was planned, ``held`` took place and ``dropped`` did not, so that ``chance`` follows;
    ``held_last_year`` is the part of last year. For the part ``beyond`` of a year the calendar does not tell
    yet what will be held. ``last_year`` is the whole figure of that year, none where nobody counted. Each
    time before brought ``usual`` people, over ``times``; ``came`` of ``registered`` showed up, for ``hours``
    at each. ``changes`` are those of a stock, month by month.
    """

    held: int = 0
    dropped: int = 0
    held_last_year: int = 0
    beyond: float = 0.0
    chance: float = 0.0
    last_year: int | None = None
    usual: float = 0.0
    times: int = 0
    came: int = 0
    registered: int = 0
    hours: float = 1.0
    changes: Sequence[float] = ()

    @property
    def ended(self) -> int:
        """Of how many planned things we know what became of them."""
        return self.held + self.dropped

    @property
    def chance_in_ten(self) -> str:
        """The chance that something planned takes place, in words."""
        return words.in_ten(self.chance)

    @property
    def show_up(self) -> int:
        """How many in a hundred who registered came."""
        return round(100 * self.came / self.registered) if self.registered else 100


@dataclass(frozen=True, kw_only=True)
class Foretelling:
    """
    One line on one day: its outlook, what is still to come, and what it takes to make it.

    ``to_plan`` is how many more to plan to be eight in ten sure, whatever else may still come; none where
    planning does not do it.
    """

    outlook: Outlook
    coming: tuple[Coming, ...] = ()
    to_plan: int | None = None
    basis: Basis = field(default_factory=Basis)

    @property
    def said(self) -> str:
        """The forecast in words, without the figure it starts from."""
        parts = (words.span(self.outlook), words.chance(self.outlook), words.need(self.outlook))
        return " ".join(filter(None, parts))

    @property
    def told(self) -> str:
        """The forecast in words, with the figure it starts from."""
        return words.told(self.outlook)

    @property
    def needed(self) -> str:
        """What is still needed, in words."""
        return words.need(self.outlook)

    @property
    def pace(self) -> str:
        """How much is needed each month."""
        return words.pace(self.outlook)

    @property
    def goal(self) -> str:
        """What the figure should come to."""
        return words.goal(self.outlook)

    @property
    def shown(self) -> tuple[Coming, ...]:
        """The first of what is to come."""
        return self.coming[:SHOWN]

    @property
    def more(self) -> int:
        """How many are to come beyond those shown."""
        return max(len(self.coming) - SHOWN, 0)

    @property
    def plans(self) -> bool:
        """Whether it rests on things with a day."""
        return self.outlook.way in (Way.PLANNED, Way.TURNOUT) or bool(self.coming)
