"""What the registers say now of figures that were fixed: «sinds vaststelling +3/-1»."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import cast

from trekker.kernel.measures import Filters, InvalidFilters, Rows, catalogue, evidence_of
from trekker.kernel.periods import Period
from trekker.reports.contents import Contents, Evidence, GoalContents, Line, Promise
from trekker.reports.queries.contents import plain
from trekker.ui.charts import number

ZERO = Decimal(0)
Fact = tuple[Decimal, Decimal | None, int]  # what a row contributes, of what whole, and its organisation


@dataclass(frozen=True)
class Row:
    """A row that differs: what it contributed then and now, none where it was or is not there."""

    pk: int
    then: Decimal | None
    now: Decimal | None
    organisation: int

    @property
    def difference(self) -> Decimal:
        """What it adds to the figure since then."""
        return (self.now or ZERO) - (self.then or ZERO)


@dataclass(frozen=True, kw_only=True)
class LineSince:
    """
    One figure that was fixed, beside the same question to the registers of now.

    ``then + plus - minus + doubles == now`` for every figure but a share; ``doubles`` is nothing where the
    rows add up. Of a share both parts are asked: ``parts`` are (of how many, then and now). A line whose
    question can no longer be asked is not ``askable``.
    """

    goal: str
    promise: str
    line: Line
    askable: bool = True
    now: Decimal | None = None
    added: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()
    changed: tuple[Row, ...] = ()
    parts: tuple[tuple[Decimal, Decimal], ...] = ()

    @property
    def then(self) -> Decimal | None:
        """The value that was fixed."""
        return self.line.value

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row that differs."""
        return (*self.added, *self.removed, *self.changed)

    @cached_property
    def plus(self) -> Decimal:
        """What rows that came or grew contribute more."""
        return sum((row.difference for row in self.rows if row.difference > 0), ZERO)

    @cached_property
    def minus(self) -> Decimal:
        """What rows that went or shrank contribute less."""
        return sum((-row.difference for row in self.rows if row.difference < 0), ZERO)

    @property
    def doubles(self) -> Decimal:
        """What the figure gained or lost because its rows share more or less than before."""
        if self.line.is_share or self.line.adds_up or self.now is None or self.then is None:
            return ZERO
        return self.now - self.then - self.plus + self.minus

    @property
    def words(self) -> str:
        """Say what changed: *sinds vaststelling +3/-1*."""
        if not self.askable:
            return "Dit kan niet meer geteld worden."
        if self.is_same:
            return "Ongewijzigd sinds de vaststelling."
        if self.parts:
            then, now = (f"{number(part)} van {number(whole)}" for part, whole in self.parts)
            return f"Bij de vaststelling {then}, nu {now}."
        said = f"Sinds vaststelling +{number(self.plus)}/-{number(self.minus)}"
        if self.doubles:
            sign = "+" if self.doubles > 0 else "-"
            said += f", en {sign}{number(abs(self.doubles))} door wat in meer rijen zit"
        return f"{said}."

    @property
    def rows_in_words(self) -> str:
        """Say how many rows came, went and changed: *1 rij erbij, 2 rijen weg*."""
        named = ((self.added, "erbij"), (self.removed, "weg"), (self.changed, "gewijzigd"))
        return ", ".join(
            f"{len(rows)} {'rij' if len(rows) == 1 else 'rijen'} {word}" for rows, word in named if rows
        )

    @property
    def is_same(self) -> bool:
        """Whether the registers still say exactly this."""
        return self.askable and not self.rows and self.now == self.then

    @property
    def has_figure(self) -> bool:
        """Whether there is a figure to compare, then or now."""
        return self.then is not None or self.now is not None or bool(self.rows)


@dataclass(frozen=True)
class Summary:
    """How many figures the registers still say, of how many, and which others they say."""

    same: int
    of: int
    other: tuple[LineSince, ...]

    @classmethod
    def over(cls, lines: Iterable[LineSince]) -> Summary:
        """Count the lines that have a figure, then or now."""
        known = [each for each in lines if each.has_figure]
        other = tuple(each for each in known if not each.is_same)
        return cls(len(known) - len(other), len(known), other)


def since(found: Contents, *, only: int | None = None) -> list[LineSince]:
    """
    Ask the registers again, for the same days, what each figure of a fixed report was; two questions a line.

    The question is the one that was fixed, whatever became of the plan. ``only`` is the key of the one line
    to ask about, or none for all.
    """
    period = Period.year(found.first_day.year).until(found.last_day)
    return [
        _line(goal, promise, line, period)
        for goal, promise, line in found.every_line()
        if only in {None, line.key}
    ]


def _line(goal: GoalContents, promise: Promise, line: Line, period: Period) -> LineSince:
    measure = catalogue.get(line.measure)
    same = LineSince(goal=goal.code, promise=promise.text, line=line)
    if measure is None or not measure.has_register:
        return replace(same, askable=line.value is None)
    filters = cast("Filters", line.filters)
    try:
        value, rows = measure.value(period, filters), evidence_of(measure, period, filters)
    except InvalidFilters:
        return replace(same, askable=line.value is None)
    then, now = dict(_facts(line.evidence)), dict(_facts(rows))
    both = [pk for pk in then if pk in now and then[pk] != now[pk]]
    return replace(
        same,
        now=plain(value),
        added=tuple(_row(pk, then, now) for pk in now if pk not in then),
        removed=tuple(_row(pk, then, now) for pk in then if pk not in now),
        changed=tuple(_row(pk, then, now) for pk in both),
        parts=_parts(line.evidence, rows) if line.is_share else (),
    )


def _facts(rows: Evidence | Rows) -> Iterator[tuple[int, Fact]]:
    for place, pk in enumerate(rows.pks):
        contribution = rows.contributions[place] if rows.contributions else Decimal(1)
        whole = rows.wholes[place] if rows.wholes else None
        yield pk, (contribution, whole, rows.organisations[place] if rows.organisations else 0)


def _row(pk: int, then: Mapping[int, Fact], now: Mapping[int, Fact]) -> Row:
    before, after = then.get(pk), now.get(pk)
    organisation = (after or before or (ZERO, None, 0))[2]
    return Row(pk, before[0] if before else None, after[0] if after else None, organisation)


def _parts(then: Evidence, now: Rows) -> tuple[tuple[Decimal, Decimal], ...]:
    return (
        (then.added(), sum(then.wholes, ZERO)),
        (now.added(), sum(now.wholes, ZERO)),
    )
