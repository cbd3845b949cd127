"""The list of actions: which are shown, what is late, and what a month asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q

from trekker.plan.models import Goal, Moment, PlanVersion, Progress
from trekker.plan.queries.progress import Standing, Tally, tally

State = Progress.State
HEADINGS = (
    *("doelstelling", "titel", "actie", "trekker", "stand", "te laat", "gepland begin", "gepland einde"),
    *("wie volgt het op", "laatste notitie", "genoteerd op", "notitie voor het rapport"),
)


@dataclass(frozen=True)
class Asked:
    """
    What a reader asks of the list.

    ``parties`` are those they work for, when only theirs is asked; ``only`` are numbers of actions, or none
    for all.
    """

    search: str = ""
    goal: str = ""
    party: str = ""
    state: str = ""
    parties: tuple[str, ...] | None = None
    only_late: bool = False
    only: frozenset[int] | None = None

    def narrowed(self, only: frozenset[int]) -> Asked:
        """Ask the same of these actions alone."""
        return replace(self, only=only)

    def takes(self, each: Standing) -> bool:
        """Tell whether an action is asked for."""
        return (
            (not self.goal or each.goal.code == self.goal)
            and (not self.party or self.party in each.parties)
            and (self.parties is None or bool(set(self.parties) & set(each.parties)))
            and (not self.state or each.state == self.state or (self.state == "open" and not each.is_over))
            and (not self.only_late or bool(each.late))
            and (self.only is None or each.action.pk in self.only)
            and self._finds(each)
        )

    def _finds(self, each: Standing) -> bool:
        words = self.search.casefold().split()
        text = " ".join([each.action.text, *(entry.text for entry in each.log)]).casefold()
        return all(word in text for word in words)


@dataclass(frozen=True)
class OfGoal:
    """A goal with the actions that are shown, and how all of its actions stand."""

    goal: Goal
    standings: tuple[Standing, ...]
    told: Tally


def by_goal(found: Iterable[Standing], asked: Asked) -> list[OfGoal]:
    """Bring the actions that are asked for under their goals, in the order of the plan."""
    groups = []
    for _goal, all_of_it in groupby(found, key=lambda each: each.goal.pk):
        whole = list(all_of_it)
        shown = tuple(each for each in whole if asked.takes(each))
        if shown:
            groups.append(OfGoal(whole[0].goal, shown, tally(whole)))
    return groups


def cells(each: Standing) -> list[object]:
    """Give what one action shows in a sheet, in the order of the headings."""
    progress, last = each.progress, next((entry for entry in each.log if entry.text), None)
    return [
        each.goal.code,
        each.goal.title,
        each.action.text,
        ", ".join(each.parties),
        each.state.label,
        each.late,
        progress and progress.starts_on,
        progress and progress.ends_on,
        str((progress and progress.in_charge) or ""),
        last.text if last else "",
        last.at if last else None,
        each.report_note,
    ]


@dataclass(frozen=True)
class Month:
    """What one month asks: actions to begin, actions to end, moments of the plan's text."""

    first: date
    begins: tuple[Standing, ...]
    ends: tuple[Standing, ...]
    moments: tuple[Moment, ...]

    @property
    def actions(self) -> frozenset[int]:
        """The numbers of the actions that begin or end."""
        return frozenset(each.action.pk for each in (*self.begins, *self.ends))


def month_of(day: date) -> tuple[date, date]:
    """Give the first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_asks(
    version: PlanVersion, found: Sequence[Standing], day: date, *, goals: Collection[int] | None = None
) -> Month:
    """Give what the month of a day asks of those actions, and the moments of some goals or of all."""
    first, last = month_of(day)
    rows = Moment.objects.filter(goal__version=version, start__lte=last)
    rows = rows if goals is None else rows.filter(goal__in=goals)
    moments = rows.filter(Q(end__gte=first) | Q(end=None, start__gte=first)).select_related("goal")
    return Month(
        first,
        tuple(
            each
            for each in found
            if each.state == State.PLANNED and each.progress and _within(each.progress.starts_on, first, last)
        ),
        tuple(
            each
            for each in found
            if not each.is_over and each.progress and _within(each.progress.ends_on, first, last)
        ),
        tuple(moments.order_by("start", "pk")),
    )


def _within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last
