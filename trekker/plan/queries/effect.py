"""What came of what was promised: the evaluations behind the figures of each goal, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from trekker.feedback.models import Evaluation, EvaluationQuerySet
from trekker.feedback.queries.effect import added, counted
from trekker.kernel.measures import InvalidFilters
from trekker.kernel.periods import Period
from trekker.plan.models import Goal, IndicatorLine, PlanVersion
from trekker.plan.queries.figures import GoalFigures, current_version, flat

AT_ONCE = 200  # SQLite joins no more than 500 questions in one

LONGEST = 18  # digits that every database takes as a number


def with_effect(goals: Sequence[GoalFigures], version: PlanVersion, day: date) -> list[GoalFigures]:
    """
    Add to goals what the evaluations behind their figures come to: three questions for all goals.

    They are of what counts up to the day, each once for a goal; what people answered is that of now.
    """
    period = version.period.until(day)
    known = counted(Evaluation.objects.filter(about_on__gte=period.start))
    if not known:
        return list(goals)
    lines = [
        (item.goal, figure.line)
        for item in flat(goals)
        for promise in item.promises
        for figure in promise.figures
    ]
    of = _evaluations_of(lines, period)

    def filled(item: GoalFigures) -> GoalFigures:
        mine = [known[pk] for pk in of.get(item.goal.pk, ()) if pk in known]
        below = tuple(filled(each) for each in item.below)
        return replace(item, below=below, effect=added(mine) if mine else None)

    return [filled(item) for item in goals]


def _evaluations_of(lines: Iterable[tuple[Goal, IndicatorLine]], period: Period) -> dict[int, set[int]]:
    """Give for each goal the numbers of the evaluations behind its lines."""
    asked = [
        rows.annotate(goal_asked=Value(goal.pk)).values_list("goal_asked", "evaluated_by")
        for goal, line in lines
        for rows in _behind(line, period)
    ]
    found: dict[int, set[int]] = {}
    for start in range(0, len(asked), AT_ONCE):
        first, *rest = asked[start : start + AT_ONCE]
        for goal, evaluation in first.distinct() if not rest else first.union(*rest):
            found.setdefault(goal, set()).add(evaluation)
    return found


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
    goals = list(version.goals.order_by("position", "pk"))
    by_number = {goal.pk: goal for goal in goals}
    lines = IndicatorLine.objects.filter(indicator__goal__version=version).select_related("indicator")
    of = _evaluations_of([(by_number[line.indicator.goal_id], line) for line in lines], period)
    readable = set(
        Evaluation.objects.readable().filter(about_on__gte=period.start).values_list("pk", flat=True)
    )
    return [
        (str(goal.pk), f"{goal.code} {goal.title}") for goal in goals if of.get(goal.pk, set()) & readable
    ]


def _goals(key: str) -> QuerySet[Goal]:
    """Give the goal of an adopted plan with this number; none where there is none."""
    adopted = PlanVersion.objects.adopted().values("pk")  # type: ignore[attr-defined]
    number = int(key) if key.isdecimal() and len(key) <= LONGEST else 0
    return Goal.objects.filter(pk=number, version__in=adopted)


def name_of_goal(key: str) -> str:
    """Name a goal of an adopted plan, by code and title."""
    goal = _goals(key).first()
    return f"{goal.code} {goal.title}" if goal else ""


def evaluations_of_goal(key: str, period: Period) -> EvaluationQuerySet:
    """Give the evaluations behind the figures of one goal of an adopted plan."""
    lines = IndicatorLine.objects.filter(indicator__goal__in=_goals(key).values("pk"))
    wanted = Q(pk__in=[])
    for line in lines:
        for rows in _behind(line, period):
            wanted |= Q(pk__in=rows)
    return Evaluation.objects.filter(wanted)
