"""What the reader of plans hands over: a proposal to check next to the text, nothing stored yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

Number = int | float


class Level(StrEnum):
    """The depth of a goal; an action with a code of its own is the deepest."""

    STRATEGIC = "strategic"
    OPERATIONAL = "operational"
    ACTION = "action"


class PassageKind(StrEnum):
    """What a stretch of text is that is no goal, action or indicator."""

    INTRO = "intro"
    BODY = "body"
    HEADING = "heading"
    LABEL = "label"
    CLOSING = "closing"
    CONTENTS = "contents"
    NOISE = "noise"


class MomentKind(StrEnum):
    """How exactly the text says when."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    FREQUENCY = "frequency"
    DEADLINE = "deadline"


class Role(StrEnum):
    """What a party does in an action."""

    LEAD = "lead"
    SUPPORT = "support"


@dataclass(frozen=True, kw_only=True)
class Node:
    """A part of the plan and the numbers, from 1, of the lines it was read from."""

    source_lines: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lead:
    """A party and what it does."""

    party: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class Goal(Node):
    """A goal with its code; ``leads`` pull it, ``partners`` support it, ``text`` explains it."""

    code: str
    title: str
    level: Level
    parent: str | None = None
    leads: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    text: str = ""
    certainty: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Line:
    """
    One question to a register with its target; ``measure`` is absent where the reader is unsure.

    A range in the text (*tussen 10 en 12*) becomes two lines, one with >= and one with <=.
    """

    measure: str | None
    filters: Mapping[str, Any]
    comparator: str
    target: Number
    unit: str


@dataclass(frozen=True, kw_only=True)
class Indicator(Node):
    """
    A promise of the plan, with the lines that would measure it.

    ``name`` is the goal's code with a number, and serves to refer to it in this proposal only.
    ``inherits`` is the name of an earlier indicator whose filters apply (*deze bijeenkomsten*).
    ``conditions`` are rules of the text that are no target. A ``narrative`` asks for a text.
    """

    name: str
    goal: str | None
    text: str
    certainty: float
    lines: tuple[Line, ...] = ()
    narrative: bool = False
    inherits: str | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Action(Node):
    """Something the plan says will be done, and who does it."""

    goal: str | None
    text: str
    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Passage(Node):
    """Text that is kept but proposes nothing."""

    kind: PassageKind
    goal: str | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Moment(Node):
    """A moment the text plans: a first and last day, or how many times a year."""

    goal: str | None
    text: str
    kind: MomentKind
    start: date | None = None
    end: date | None = None
    times: int | None = None


@dataclass(frozen=True, kw_only=True)
class Caution(Node):
    """Something a person must look at: a Dutch sentence and a code for the kind of doubt."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A plan as the reader understood it; every line of the text stands in exactly one node."""

    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    actions: tuple[Action, ...]
    passages: tuple[Passage, ...]
    moments: tuple[Moment, ...]
    warnings: tuple[Caution, ...]
    lines: tuple[str, ...] = field(repr=False)

    def nodes(self) -> Iterator[Node]:
        """Give the nodes that own lines; moments and warnings only point at lines."""
        yield from self.goals
        yield from self.indicators
        yield from self.actions
        yield from self.passages

    def as_json(self) -> dict[str, Any]:
        """Give the proposal as plain values; dates as ISO text."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
