"""Whole versions of the plan, loaded at once to lay them beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from trekker.plan.models import Action, Goal, Indicator, IndicatorLine, Lead, Moment, PlanVersion


@dataclass(frozen=True)
class Side:
    """One version with all it promises, in the order of its text."""

    version: PlanVersion
    goals: tuple[Goal, ...]

    @cached_property
    def by_number(self) -> dict[int, Goal]:
        """Each goal by its number in the database."""
        return {goal.pk: goal for goal in self.goals}

    def actions(self) -> Iterator[Action]:
        """Give all actions."""
        for goal in self.goals:
            yield from goal.actions.all()

    def indicators(self) -> Iterator[Indicator]:
        """Give all promises."""
        for goal in self.goals:
            yield from goal.indicators.all()

    def moments(self) -> Iterator[Moment]:
        """Give all planned moments."""
        for goal in self.goals:
            yield from goal.moments.all()

    def lines(self) -> Iterator[IndicatorLine]:
        """Give all lines."""
        for indicator in self.indicators():
            yield from indicator.lines.all()


def sides(versions: Iterable[PlanVersion]) -> dict[int, Side]:
    """Load versions by their number in the database: seven questions, however many they are."""
    wanted = {version.pk: version for version in versions}
    leads = Prefetch("leads", Lead.objects.order_by("role", "party"))
    goals: dict[int, list[Goal]] = {pk: [] for pk in wanted}
    rows = Goal.objects.filter(version__in=wanted).order_by("position", "pk")
    for goal in rows.prefetch_related(
        leads,
        Prefetch("actions", Action.objects.order_by("position", "pk").prefetch_related(leads)),
        Prefetch(
            "indicators",
            Indicator.objects.order_by("position", "pk").prefetch_related(
                Prefetch("lines", IndicatorLine.objects.order_by("position", "pk"))
            ),
        ),
        Prefetch("moments", Moment.objects.order_by("position", "pk")),
    ):
        goal.version = wanted[goal.version_id]
        goals[goal.version_id].append(goal)
    return {pk: Side(version, tuple(goals[pk])) for pk, version in wanted.items()}
