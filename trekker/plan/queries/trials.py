"""What if: what a trial would still promise and how likely that is kept, beside the plan as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from trekker.kernel.measures import Labels
from trekker.plan.forecast import MEETS
from trekker.plan.forecast.words import THIRD
from trekker.plan.models import Goal, Indicator, IndicatorLine, PlanVersion
from trekker.plan.queries.diff import Change, Diff, What, compare, links, promised
from trekker.plan.queries.figures import Figure, State, figure
from trekker.plan.queries.forecast import Telling
from trekker.plan.queries.lineage import together
from trekker.plan.queries.sides import Side, sides


class Standing(StrEnum):
    """How likely a promise is kept."""

    LIKELY = "likely"
    OPEN = "open"
    UNLIKELY = "unlikely"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return {
            "likely": "waarschijnlijk gehaald",
            "open": "kan beide kanten op",
            "unlikely": "waarschijnlijk niet gehaald",
            "unknown": "niet te zeggen",
        }[self.value]

    @property
    def tone(self) -> str:
        """The mark beside the words."""
        return {"likely": "good", "open": "heed", "unlikely": "wrong"}.get(self.value, "plain")


# Of a promise with several lines the first of these holds.
WORST_FIRST = (Standing.UNLIKELY, Standing.OPEN, Standing.UNKNOWN, Standing.LIKELY)


@dataclass(frozen=True)
class Weighed:
    """One promise of a version, with its figures today and how likely it is kept."""

    goal: Goal
    indicator: Indicator
    figures: tuple[Figure, ...]
    standing: Standing

    @property
    def target(self) -> str:
        """What is promised, in a few words."""
        said = [promised(figure.line) for figure in self.figures]
        return " en ".join(filter(None, said)) or ("beschrijving" if self.indicator.is_narrative else "–")


@dataclass(frozen=True)
class Changed:
    """One promise that a trial changes, drops or adds: as it is now, and as it would be."""

    goal: Goal
    change: Change
    now: tuple[Weighed, ...]
    then: tuple[Weighed, ...]


@dataclass(frozen=True)
class Outcome:
    """
    What a version promises, and how likely each promise is kept.

    Of a trial, ``diff`` and ``changed`` tell how it differs from the plan as it is; ``kept`` gives, by the
    number of each promise of the plan, what becomes of it: the same, another, several, or none.
    """

    version: PlanVersion
    promises: tuple[Weighed, ...]
    actions: int
    diff: Diff | None = None
    changed: tuple[Changed, ...] = ()
    kept: Mapping[int, tuple[Weighed, ...]] | None = None

    def count(self, standing: Standing) -> int:
        """Count the promises that stand so."""
        return Counter(each.standing for each in self.promises)[standing]

    @property
    def counts(self) -> list[tuple[Standing, int]]:
        """How many promises stand so, for every standing."""
        return [(standing, self.count(standing)) for standing in Standing]

    @property
    def likely(self) -> int:
        """How many are likely kept."""
        return self.count(Standing.LIKELY)

    @property
    def as_list(self) -> list[Outcome]:
        """Itself alone, for a table that takes several."""
        return [self]

    @property
    def same(self) -> list[Weighed]:
        """The promises that do not change."""
        touched = {each.indicator.pk for changed in self.changed for each in changed.then}
        return [each for each in self.promises if each.indicator.pk not in touched]

    @property
    def remaining(self) -> int:
        """How many promises of the plan remain, changed or not."""
        return sum(bool(each) for each in (self.kept or {}).values())

    @property
    def others(self) -> Diff | None:
        """What it changes beside promises: goals, actions and moments."""
        if self.diff is None:
            return None
        kept = (
            replace(each, changes=tuple(one for one in each.changes if one.what is not What.INDICATOR))
            for each in self.diff.sections
        )
        return replace(self.diff, sections=tuple(each for each in kept if each.changes))


def outcomes(
    base: PlanVersion, trials: Iterable[PlanVersion], *, today: date
) -> tuple[Outcome, list[Outcome]]:
    """
    Weigh the plan as it is and trials of it, as known today.

    Each line of the plan is measured and foretold once; of a trial only the lines that ask or promise
    otherwise.
    """
    day = max(min(today, base.period.last_day), base.period.start)
    loaded = sides([base, *trials])
    weighing = _Weighing(loaded[base.pk], Telling(base.period, day), today)
    return weighing.now, [weighing.trial(loaded[each.pk]) for each in trials]


class _Weighing:
    """The plan as it is, weighed once, to lay trials beside it."""

    def __init__(self, plan: Side, telling: Telling, today: date) -> None:
        """Measure and foretell every line of the plan."""
        self.plan, self.telling, self.today = plan, telling, today
        self.lineage, self.labels = links(), Labels()
        self.measured = {line.pk: self._told(line, plan.version) for line in plan.lines()}
        self.now = _weigh(plan, self.measured)

    def _told(self, line: IndicatorLine, version: PlanVersion) -> Figure:
        measured = figure(line, version, self.telling.day, today=self.today)
        return replace(measured, foretold=self.telling.of(measured))

    def _figures(self, trial: Side) -> dict[int, Figure]:
        """Take over what stays the same; measure and foretell the rest."""
        figures = {}
        for group in together(self.plan.lines(), trial.lines(), self.lineage[IndicatorLine]):
            for line in group.after:
                known = next((each for each in group.before if _asks(each) == _asks(line)), None)
                figures[line.pk] = (
                    replace(self.measured[known.pk], line=line) if known else self._told(line, trial.version)
                )
        return figures

    def trial(self, trial: Side) -> Outcome:
        """Weigh one trial, and say how it differs from the plan."""
        then = _weigh(trial, self._figures(trial))
        difference = compare(self.plan, trial, self.lineage, self.labels)
        before = {each.indicator.pk: each for each in self.now.promises}
        after = {each.indicator.pk: each for each in then.promises}
        changed = tuple(
            Changed(
                section.goal,
                change,
                tuple(before[each.pk] for each in change.before),
                tuple(after[each.pk] for each in change.after),
            )
            for section in difference.sections
            for change in section.changes
            if change.what is What.INDICATOR
        )
        kept = {
            each.pk: tuple(after[one.pk] for one in group.after)
            for group in together(self.plan.indicators(), trial.indicators(), self.lineage[Indicator])
            for each in group.before
        }
        return replace(then, diff=difference, changed=changed, kept=kept)


def _asks(line: IndicatorLine) -> tuple[object, ...]:
    return line.measure, line.filters, line.comparator, line.target


def _weigh(side: Side, figures: Mapping[int, Figure]) -> Outcome:
    weighed = []
    for indicator in side.indicators():
        mine = tuple(figures[line.pk] for line in indicator.lines.all())
        standings = {standing_of(each) for each in mine} or {Standing.UNKNOWN}
        standing = next(each for each in WORST_FIRST if each in standings)
        weighed.append(Weighed(side.by_number[indicator.goal_id], indicator, mine, standing))
    return Outcome(side.version, tuple(weighed), sum(1 for _ in side.actions()))


def standing_of(measured: Figure) -> Standing:
    """
    Say how likely one line is kept.

    From two in three on it is likely, below one in three it is not. A stock has a range and no chance: it is
    likely where the whole range keeps the promise, and not where none of it does.
    """
    if measured.state is State.REACHED:
        return Standing.LIKELY
    if measured.state is State.MISSED:
        return Standing.UNLIKELY
    told = measured.foretold
    if told is None or told.outlook.target is None:
        return Standing.UNKNOWN
    outlook = told.outlook
    if outlook.chance is not None:
        return _by_chance(outlook.chance)
    if outlook.ends is None:
        return Standing.UNKNOWN
    met = {MEETS[outlook.comparator](Fraction(end), Fraction(told.outlook.target)) for end in outlook.ends}
    return Standing.OPEN if len(met) > 1 else Standing.LIKELY if met == {True} else Standing.UNLIKELY


def _by_chance(chance: float) -> Standing:
    if chance >= 1 - THIRD:
        return Standing.LIKELY
    return Standing.OPEN if chance >= THIRD else Standing.UNLIKELY


@dataclass(frozen=True)
class Row:
    """One promise of the plan, and what becomes of it in each trial."""

    now: Weighed
    then: tuple[tuple[Weighed, ...], ...]


def rows(now: Outcome, found: Sequence[Outcome]) -> list[Row]:
    """Lay trials beside each other: each promise of the plan that any of them changes or drops."""
    touched = {each.indicator.pk for outcome in found for changed in outcome.changed for each in changed.now}
    return [
        Row(each, tuple((outcome.kept or {}).get(each.indicator.pk, ()) for outcome in found))
        for each in now.promises
        if each.indicator.pk in touched
    ]
