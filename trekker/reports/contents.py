"""
What a report says, as plain values: gathered from the registers, or read back from what was fixed.

Every writer (page, PDF, DOCX, XLSX) knows these values alone, so that a report of today and a report that
was fixed a year ago are written by the same code. A figure is a decimal, a day a date; nothing here names
a person but who wrote a narrative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class EvidenceRow:
    """
    One row behind a figure: its number in the register, what it contributes, its organisation or none.

    Of a share, ``whole`` is that of which the contribution is a part.
    """

    pk: int
    contribution: Decimal
    organisation: int | None
    whole: Decimal | None = None


@dataclass(frozen=True)
class Evidence:
    """
    The rows behind one figure, column by column, ordered by number.

    ``contributions`` is empty where every row contributes one. Of a share, ``wholes`` says of how many each
    contribution is a part. An organisation is its number, 0 for none.
    """

    pks: Sequence[int] = ()
    contributions: Sequence[Decimal] = ()
    wholes: Sequence[Decimal] = ()
    organisations: Sequence[int] = ()

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.pks)

    def rows(self) -> Iterator[EvidenceRow]:
        """Give the rows one by one."""
        for place, pk in enumerate(self.pks):
            contribution = self.contributions[place] if self.contributions else Decimal(1)
            whole = self.wholes[place] if self.wholes else None
            organisation = self.organisations[place] if self.organisations else 0
            yield EvidenceRow(pk, contribution, organisation or None, whole)

    def added(self) -> Decimal:
        """Add up what the rows contribute."""
        return sum(self.contributions, Decimal(0)) if self.contributions else Decimal(len(self.pks))


@dataclass(frozen=True, kw_only=True)
class Line:
    """
    One figure of a promise.

    ``key`` is the number of the line in the plan; ``sentence`` says what is counted, and ``goal_words`` what
    it should come to: *minstens 4 bijeenkomsten*. ``state`` is a code and its Dutch word. ``trend`` is the
    way there, month by month; ``unknown`` what could still raise the figure, as (how many, what).
    ``foretold`` says in words how it will likely end, ``course`` as a code. ``was`` are the earlier targets,
    newest first.

    ``evidence`` are its rows, and ``rows_are`` says what they are. Where it ``adds_up``, what they contribute
    is the value; a share is their parts of their wholes, and what else does not add up counts the same
    thing once.
    """

    key: int
    measure: str
    sentence: str
    definition: str
    filters: Mapping[str, object]
    comparator: str
    goal_words: str
    target: Decimal | None
    unit: str
    value: Decimal | None
    state: tuple[str, str]
    is_share: bool = False
    trend: Sequence[tuple[date, Decimal | None]] = ()
    unknown: Sequence[tuple[int, str]] = ()
    foretold: str = ""
    course: str = ""
    was: Sequence[Earlier] = ()
    rows_are: str = ""
    adds_up: bool = True
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A target that held before a revision of the plan: which, since when another holds, and why."""

    target: Decimal | None
    until: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One indicator in the words of the plan, with the counting note and its figures."""

    key: int
    text: str
    is_narrative: bool
    counting_note: str
    lines: Sequence[Line] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """So many of so many who answered; none is shown where fewer than five did."""

    label: str
    count: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Narrative:
    """What someone wrote for one goal of the report, as plain paragraphs, with who and when."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GoalContents:
    """
    One goal: its text, leads, actions, promises, effect and narrative, and the goals below it.

    ``actions`` are (text, state in words, note for the report); ``level`` is the code of its level.
    """

    key: int
    code: str
    title: str
    level: str
    text: str = ""
    leads: Sequence[str] = ()
    supports: Sequence[str] = ()
    actions: Sequence[tuple[str, str, str]] = ()
    promises: Sequence[Promise] = ()
    effect: Sequence[Part] = ()
    narrative: Narrative | None = None
    below: Sequence[GoalContents] = ()

    def flat(self) -> Iterator[GoalContents]:
        """Give this goal and those below it, each before its children."""
        yield self
        for goal in self.below:
            yield from goal.flat()


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One version of the plan that held in the year: number, from which day, why, and what it changed."""

    number: int
    since: date
    reason: str
    changes: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Reach:
    """
    The map of the reach as a standalone SVG, its caption, source, and the counts beside it.

    ``title`` says in short what the map shows, and ``legend`` what its looks mean, by their codes. ``splits``
    are the same counts by province and by size, each with its title; ``places`` says in words what the map
    shows of each municipality.
    """

    drawing: str
    caption: str
    source: str
    counts: Sequence[tuple[str, int, int]] = ()
    splits: Sequence[tuple[str, Sequence[tuple[str, int, int]]]] = ()
    places: Sequence[tuple[str, str]] = ()
    title: str = ""
    legend: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, kw_only=True)
class Contents:
    """
    Everything one report says.

    Figures are those of ``last_day``; ``made_at`` is when they were counted. ``fixed_on`` is the day they
    were fixed, none for a report of today. ``organisations`` names every organisation in the evidence.
    """

    title: str
    owner: str
    plan: str
    version: int
    first_day: date
    last_day: date
    made_at: datetime
    fixed_on: date | None = None
    introduction: str = ""
    goals: Sequence[GoalContents] = ()
    revisions: Sequence[Revision] = ()
    reach: Reach | None = None
    organisations: Mapping[int, str] = field(default_factory=dict)

    def every_goal(self) -> Iterator[GoalContents]:
        """Give all goals in the order of the plan."""
        for goal in self.goals:
            yield from goal.flat()

    def every_line(self) -> Iterator[tuple[GoalContents, Promise, Line]]:
        """Give all figures with the promise and the goal they belong to, in the order of the plan."""
        for goal in self.every_goal():
            for promise in goal.promises:
                for line in promise.lines:
                    yield goal, promise, line
