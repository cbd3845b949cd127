"""What came of what was promised: the evaluations behind the figures of each goal, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from trekker.feedback.models import Evaluation, EvaluationQuerySet
from trekker.feedback.queries.effect import added, counted
from trekker.kernel.measures import InvalidFilters
from trekker.kernel.numbers import whole_number
from trekker.kernel.periods import Period
from trekker.plan.models import Goal, IndicatorLine, PlanVersion
from trekker.plan.queries.figures import GoalFigures, flat
from trekker.plan.queries.history import Dropped, History, history
from trekker.plan.queries.versions import current_version

AT_ONCE = 200  # SQLite joins no more than 500 questions in one


def with_effect(
    goals: Sequence[GoalFigures], version: PlanVersion, day: date, told: History
) -> list[GoalFigures]:
    """
    Add to goals what the evaluations behind their figures come to: three questions for all goals, or four.

    They are of what counts up to the day, each once for a goal; what people answered is that of now. What was
    done for a promise, or for a line of one, until it was dropped stays: ``told`` is the history of the
    version, and knows which.
    """
    period = version.period.until(day)
    known = counted(Evaluation.objects.filter(about_on__gte=period.start))
    if not known:
        return list(goals)
    shown = list(flat(goals))
    of = _evaluations_of(
        (item.goal.pk, figure.line, period)
        for item in shown
        for promise in item.promises
        for figure in promise.figures
    )
    # Who asks for the goals of one party sees other goals without their promises.
    whole = (item.goal.pk for item in shown if item.promises or not item.goal.indicators.all())
    left = _evaluations_of(each for goal in whole for each in _left(goal, told, period))

    def filled(item: GoalFigures) -> GoalFigures:
        live, gone = (found.get(item.goal.pk, set()) & known.keys() for found in (of, left))
        mine = [known[pk] for pk in live | gone]
        below = tuple(filled(each) for each in item.below)
        return replace(
            item, below=below, effect=added(mine) if mine else None, has_dropped_effect=bool(gone - live)
        )

    return [filled(item) for item in goals]


def with_effect_of_dropped(gone: Sequence[Dropped], version: PlanVersion, day: date) -> list[Dropped]:
    """Add to what was dropped what came of it until its last day: three questions, none where nothing was."""
    period = version.period.until(day)
    of = _evaluations_of(asked for place, each in enumerate(gone) for asked in _as_long(place, each, period))
    behind: set[int] = set().union(*of.values())
    known = counted(Evaluation.objects.filter(about_on__gte=period.start, pk__in=behind)) if behind else {}
    mine = [[known[pk] for pk in of.get(place, set()) & known.keys()] for place in range(len(gone))]
    return [
        replace(each, effect=added(found)) if found else each for each, found in zip(gone, mine, strict=True)
    ]


Asked: TypeAlias = tuple[int, IndicatorLine, Period]  # the number of who asks, a line, and when it counts


def _evaluations_of(lines: Iterable[Asked]) -> dict[int, set[int]]:
    """Give for each who asks, mostly a goal, the numbers of the evaluations behind its lines."""
    asked = [
        rows.annotate(asked_by=Value(number)).values_list("asked_by", "evaluated_by")
        for number, line, period in lines
        for rows in _behind(line, period)
    ]
    found: dict[int, set[int]] = {}
    for start in range(0, len(asked), AT_ONCE):
        first, *rest = asked[start : start + AT_ONCE]
        for number, evaluation in first.distinct() if not rest else first.union(*rest):
            found.setdefault(number, set()).add(evaluation)
    return found


def _left(goal: int, told: History, period: Period) -> Iterator[Asked]:
    """Give the lines that were dropped from a goal, each as long as it held."""
    for each in told.left.get(goal, ()):
        yield from _as_long(goal, each, period)


def _as_long(number: int, gone: Dropped, period: Period) -> Iterator[Asked]:
    """Give the lines of what was dropped, as long as they held."""
    if gone.last_day >= period.start:
        for line in gone.lines:
            yield number, line, period.until(gone.last_day)


def _behind(line: IndicatorLine, period: Period) -> Iterator[QuerySet]:
    """Give the evaluations of what a line counts, as a question; nothing where there are none."""
    try:
        rows = line.declared.evaluations(period, line.filters) if line.declared else None
    except InvalidFilters:
        return
    if rows is not None:
        yield rows


def goals_evaluated(period: Period) -> list[tuple[str, str]]:
    """Give the goals of the plan of a year that have an evaluation to read, by number and name."""
    today = timezone.localdate()
    version = current_version(
        PlanVersion.objects.all(), year=period.start.year, day=min(today, period.last_day)
    )
    if version is None:
        return []
    goals, told = list(version.goals.order_by("position", "pk")), history(version)
    of = _evaluations_of(each for goal in goals for each in _lines_of(goal, told, period))
    readable = set(
        Evaluation.objects.readable().filter(about_on__gte=period.start).values_list("pk", flat=True)
    )
    return [
        (str(goal.pk), f"{goal.code} {goal.title}") for goal in goals if of.get(goal.pk, set()) & readable
    ]


def _lines_of(goal: Goal, told: History, period: Period) -> Iterator[Asked]:
    """Give the lines of a goal, and those of what was dropped from it."""
    for line in IndicatorLine.objects.filter(indicator__goal=goal):
        yield goal.pk, line, period
    yield from _left(goal.pk, told, period)


def _goals(key: str) -> QuerySet[Goal]:
    """Give the goal of an adopted plan with this number; none where there is none."""
    adopted = PlanVersion.objects.adopted().values("pk")  # type: ignore[attr-defined]
    return Goal.objects.filter(pk=whole_number(key) or 0, version__in=adopted)


def name_of_goal(key: str) -> str:
    """Name a goal of an adopted plan, by code and title."""
    goal = _goals(key).first()
    return f"{goal.code} {goal.title}" if goal else ""


def evaluations_of_goal(key: str, period: Period) -> EvaluationQuerySet:
    """Give the evaluations behind one goal of an adopted plan: the same that its effect adds up."""
    wanted = Q(pk__in=[])
    for goal in _goals(key).select_related("version__plan"):
        for _goal, line, within in _lines_of(goal, history(goal.version), period):
            for rows in _behind(line, within):
                wanted |= Q(pk__in=rows)
    return Evaluation.objects.filter(wanted)
