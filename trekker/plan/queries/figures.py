"""What every promise measures on a day: the figures of the dashboard and of the commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.formats import date_format

from trekker.feedback.queries.effect import Effect
from trekker.kernel.measures import InvalidFilters, Listing, Measure, noun
from trekker.kernel.periods import Period
from trekker.plan.forecast import MEETS, Foretelling
from trekker.plan.models import Goal, Indicator, IndicatorLine, Lead, PlanVersion


class State(StrEnum):
    """How a line stands on the day."""

    REACHED = "reached"
    RUNNING = "running"
    MISSED = "missed"
    UNKNOWN = "unknown"
    NO_REGISTER = "no_register"
    UNSET = "unset"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return STATE_LABELS[self]

    @property
    def tone(self) -> str:
        """The mark beside the word."""
        return {"reached": "good", "missed": "wrong", "unset": "heed"}.get(self.value, "plain")


STATE_LABELS = {
    State.REACHED: "gehaald",
    State.RUNNING: "loopt",
    State.MISSED: "niet gehaald",
    State.UNKNOWN: "nog niet bekend",
    State.NO_REGISTER: "nog geen register",
    State.UNSET: "nog in te stellen",
}


@dataclass(frozen=True)
class Gap:
    """Rows that could still raise a figure: how many, and what they are, in Dutch."""

    place: int
    count: int
    label: str


@dataclass(frozen=True)
class Point:
    """The figure on one day of the year; of a share none where nothing counted yet."""

    day: date
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """
    A target that held before a revision: what it was and became, in words, since when and why.

    ``before`` and ``after`` are the versions between which it changed, by their number in the database.
    """

    target: Decimal | None
    was: str
    became: str
    since: date
    reason: str
    before: int
    after: int


@dataclass(frozen=True)
class Figure:
    """
    One line on one day: its value, the way there, what is unknown, and what is foretold where asked.

    It has no value without a register; a share has none while nothing counts. ``was`` are the targets that
    held before, newest first, where asked.
    """

    line: IndicatorLine
    state: State
    value: Decimal | None = None
    trend: tuple[Point, ...] = ()
    gaps: tuple[Gap, ...] = ()
    foretold: Foretelling | None = None
    was: tuple[Earlier, ...] = ()

    @property
    def unknown(self) -> int:
        """How many rows could still raise the figure."""
        return sum(gap.count for gap in self.gaps)

    @property
    def unit(self) -> str:
        """The noun that fits its value."""
        return noun(self.line.unit, self.value)

    @property
    def is_share(self) -> bool:
        """Whether it is a part of something, which can go down as well."""
        return bool(self.line.declared and self.line.declared.is_share)

    @property
    def points(self) -> list[tuple[str, Decimal | None]]:
        """The way there as (day, value), for a drawing."""
        return [(date_format(point.day, "j F"), point.value) for point in self.trend]

    @property
    def missing(self) -> Decimal:
        """How much is still to come before the target, never below zero."""
        return max((self.line.target or Decimal(0)) - (self.value or Decimal(0)), Decimal(0))

    @property
    def share(self) -> int:
        """The part of the target that is reached, in whole percents from 0 to 100."""
        if not self.line.target or self.value is None:
            return 0
        return min(100, int(100 * self.value / self.line.target))


@dataclass(frozen=True)
class Promise:
    """One indicator with the figures of its lines."""

    indicator: Indicator
    figures: tuple[Figure, ...]

    @property
    def asks_action(self) -> list[str]:
        """Say in Dutch what someone should do for this promise; empty when nothing."""
        asked = []
        if any(figure.state is State.UNSET for figure in self.figures):
            asked.append("Kies hoe dit gemeten wordt.")
        if not self.indicator.is_narrative and not self.figures:
            asked.append("Voeg een meetlijn toe.")
        asked += [f"{gap.count} {gap.label}: vul aan." for figure in self.figures for gap in figure.gaps]
        if any(figure.state is State.MISSED for figure in self.figures):
            asked.append("Leg uit waarom dit niet gehaald is.")
        return list(dict.fromkeys(asked))


@dataclass(frozen=True)
class GoalFigures:
    """
    A goal with its leads, its promises and the goals below it.

    Where it was asked, what came of it, also of promises dropped since, and how far its actions have come.
    """

    goal: Goal
    promises: tuple[Promise, ...]
    below: tuple[GoalFigures, ...] = field(default=())
    effect: Effect | None = None
    has_dropped_effect: bool = False
    progress: str = ""

    def all_promises(self) -> Iterator[Promise]:
        """Give the promises of this goal and of those below it."""
        yield from self.promises
        for below in self.below:
            yield from below.all_promises()


def figure(line: IndicatorLine, version: PlanVersion, day: date, *, today: date) -> Figure:
    """
    Measure one line as it stood on a day: one query, and one for each kind of unknown.

    A flow counts from 1 January up to and including the day, a stock on the day itself. Nothing is
    *missed* before the year is over ``today``.
    """
    measure = line.declared
    if measure is None:
        return Figure(line, State.UNSET)
    if not measure.has_register:
        return Figure(line, State.NO_REGISTER)
    whole = version.period.until(day)
    days = whole.month_ends()
    try:
        values = measure.series([version.period.until(each) for each in days], line.filters)
    except InvalidFilters:
        return Figure(line, State.UNSET)
    unknown = tuple(_gaps(measure, line, whole))
    if values[-1] is None:
        return Figure(line, State.UNKNOWN, gaps=unknown)
    points = tuple(Point(each, value) for each, value in zip(days, values, strict=True))
    return Figure(line, _state(line, values[-1], version, day, today), values[-1], points, unknown)


def gaps(line: IndicatorLine, version: PlanVersion, day: date) -> tuple[Gap, ...]:
    """Give what could still raise the figure of a line, unmeasured: one query for each kind of unknown."""
    measure = line.declared if line.declared and line.declared.has_register else None
    try:
        return tuple(_gaps(measure, line, version.period.until(day))) if measure else ()
    except InvalidFilters:
        return ()


def _gaps(measure: Measure, line: IndicatorLine, period: Period) -> Iterator[Gap]:
    for place, unknown in enumerate(measure.unknowns):
        count = measure.unknown_rows(unknown, period, line.filters).count()
        if count:
            yield Gap(place, count, unknown.unit.of(count))


def _state(line: IndicatorLine, value: Decimal, version: PlanVersion, day: date, today: date) -> State:
    over = day >= version.period.last_day and today > version.period.last_day
    if line.target is not None and MEETS[line.comparator](value, line.target):
        # At most, less than and exactly can still be lost until the year is over.
        return State.REACHED if over or line.comparator in (">=", ">") else State.RUNNING
    return State.MISSED if over else State.RUNNING


@dataclass(frozen=True)
class Tally:
    """The promises of a dashboard in a few numbers, and what they ask of people."""

    counts: tuple[tuple[str, int], ...]
    tasks: tuple[tuple[Promise, str], ...]


def tally(goals: Iterable[GoalFigures]) -> Tally:
    """Count the lines by state and gather what asks for action."""
    promises = [promise for goal in goals for promise in goal.all_promises()]
    states = Counter(figure.state for promise in promises for figure in promise.figures)
    counts = [(state.label, states[state]) for state in State if states[state]]
    tasks = [(promise, asked) for promise in promises for asked in promise.asks_action]
    return Tally((("indicatoren", len(promises)), *counts), tuple(tasks))


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure, or behind one kind of unknown, with how they are listed."""

    title: str
    day: date
    value: Decimal | None
    rows: QuerySet
    listing: Listing
    file_name: str
    gap: int | None = None

    @property
    def headings(self) -> list[str]:
        """The headings of the columns."""
        return [column.label for column in self.listing.columns]

    def cells(self, row: Model) -> list[object]:
        """Give what one row shows, in the order of the headings."""
        return [column.value(row) for column in self.listing.columns]

    def linked(self, row: Model) -> list[tuple[object, str]]:
        """Give what one row shows, each with the page it leads to or nothing."""
        return [
            (column.value(row), column.address(row) if column.address else "")
            for column in self.listing.columns
        ]


def behind(line: IndicatorLine, version: PlanVersion, day: date, *, gap: int | None = None) -> Behind | None:
    """
    Give the rows behind a line on a day; with ``gap`` those of one kind of unknown.

    Gives nothing where the line counts nothing: no measure, no register, no such unknown.
    """
    measure = line.declared
    if measure is None or not measure.has_register:
        return None
    period = version.period.until(day)
    name = f"{line.indicator.goal.code} {period.last_day.isoformat()}"
    if gap is not None:
        if gap >= len(measure.unknowns):
            return None
        unknown = measure.unknowns[gap]
        rows = measure.unknown_rows(unknown, period, line.filters).order_by("pk")
        count = Decimal(rows.count())
        title = unknown.unit.of(count)
        return Behind(title, period.last_day, count, rows, unknown.listing, f"{name} onbekend", gap)
    rows = measure.rows(period, line.filters).order_by("pk")
    value = measure.value(period, line.filters)
    return Behind(line.unit or measure.unit.many, period.last_day, value, rows, measure.listing, name)


def dashboard(
    version: PlanVersion, day: date, *, today: date, lead: str = "", goal: str = ""
) -> list[GoalFigures]:
    """
    Measure a version on a day as a tree of goals.

    ``lead`` narrows to the goals that this party pulls or supports, ``goal`` to one code and
    what lies below it.
    """
    goals = list(
        version.goals.order_by("position", "pk").prefetch_related(
            "leads",
            Prefetch(
                "indicators",
                Indicator.objects.order_by("position", "pk").prefetch_related(
                    Prefetch("lines", IndicatorLine.objects.order_by("position", "pk"))
                ),
            ),
        )
    )
    children: dict[int | None, list[Goal]] = {}
    for each in goals:
        children.setdefault(each.parent_id, []).append(each)

    def build(parent: int | None, *, wanted: bool) -> Iterator[GoalFigures]:
        for each in children.get(parent, []):
            inside = wanted or each.code == goal
            below = tuple(build(each.pk, wanted=inside))
            mine = inside and (not lead or any(one.party == lead for one in each.leads.all()))
            promises = tuple(_promises(each, version, day, today)) if mine else ()
            if mine or below:
                yield GoalFigures(each, promises, below)

    return list(build(None, wanted=not goal))


def _promises(goal: Goal, version: PlanVersion, day: date, today: date) -> Iterator[Promise]:
    for indicator in goal.indicators.all():
        figures = tuple(figure(line, version, day, today=today) for line in indicator.lines.all())
        yield Promise(indicator, figures)


def parties(version: PlanVersion) -> list[str]:
    """List who leads or supports a goal of the version, by name."""
    leads = Lead.objects.filter(goal__version=version)
    return list(leads.values_list("party", flat=True).order_by("party").distinct())


def as_json(goals: Iterable[GoalFigures]) -> list[dict[str, Any]]:
    """Give the figures as plain values: one entry an indicator, numbers as numbers."""
    return [
        {
            "goal": goal.goal.code,
            "text": promise.indicator.text,
            "narrative": promise.indicator.is_narrative,
            "counting_note": promise.indicator.counting_note,
            "lines": [_line_json(figure) for figure in promise.figures],
        }
        for goal in flat(goals)
        for promise in goal.promises
    ]


def flat(goals: Iterable[GoalFigures]) -> Iterator[GoalFigures]:
    """Give goals one after the other, each before those below it."""
    for goal in goals:
        yield goal
        yield from flat(goal.below)


def number(value: Decimal | None) -> int | float | None:
    """Give a figure as the plain number it is: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _line_json(figure: Figure) -> dict[str, Any]:
    line = figure.line
    return {
        "measure": line.measure or None,
        "filters": line.filters,
        "comparator": line.comparator,
        "value": number(figure.value),
        "target": number(line.target),
        "unit": line.unit,
        "state": str(figure.state),
        "unknown": figure.unknown,
    }
