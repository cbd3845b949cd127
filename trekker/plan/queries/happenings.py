"""What happens for each goal of the plan, by the registers that its promises count; and moments without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from trekker.events.models import Event
from trekker.kernel.measures import InvalidFilters
from trekker.kernel.periods import Period
from trekker.plan.models import IndicatorLine, Moment, PlanVersion

FEW_DAYS = 31  # a longer moment says too little about which activity it means


@dataclass(frozen=True)
class Happening:
    """One thing with a day that a promise of a goal counts, held or still to be."""

    day: date
    title: str
    url: str
    held: bool


def happenings(version: PlanVersion, period: Period) -> Mapping[int, list[Happening]]:
    """
    Give by the number of each goal what its promises count within days, by day, each once.

    One question for each way in which the lines count; what was dropped is left out. A goal of which no
    promise counts things with a day is not there.
    """
    lines = IndicatorLine.objects.filter(indicator__goal__version=version).select_related("indicator")
    asked: dict[str, list[Happening]] = {}
    found: dict[int, dict[str, Happening]] = {}
    for line in lines.order_by("position", "pk"):
        if line.declared is None or line.declared.planning is None:
            continue
        mine = found.setdefault(line.indicator.goal_id, {})
        key = f"{line.measure} {sorted(line.filters.items())}"
        if key not in asked:
            asked[key] = _counted(line, period)
        for happening in asked[key]:
            mine.setdefault(happening.url, happening)
    return {
        goal: sorted(mine.values(), key=lambda each: (each.day, each.title)) for goal, mine in found.items()
    }


def _counted(line: IndicatorLine, period: Period) -> list[Happening]:
    measure = line.declared
    plan = measure.planning if measure else None
    if measure is None or plan is None:
        return []
    within = {f"{plan.moment}__gte": period.from_at, f"{plan.moment}__lt": period.until_at}
    try:
        # A measure may ask for whole years; the days are narrowed here.
        rows = measure.planned(period, line.filters).filter(**within).exclude(plan.dropped)
    except InvalidFilters:
        return []
    was_held = Exists(rows.model._base_manager.filter(plan.held, pk=OuterRef("pk")))  # noqa: SLF001 - Django documents it
    values = rows.order_by().annotate(was_held=was_held)
    return [
        Happening(timezone.localdate(at), title, plan.address(about), held)
        for at, about, title, held in values.values_list(plan.moment, plan.about, plan.title, "was_held")
    ]


def missed_moments(
    version: PlanVersion, day: date, *, happened: Mapping[int, list[Happening]] | None = None
) -> list[Moment]:
    """
    Give the moments of the plan's text that passed by a day while no activity took place, by day.

    Who has the happenings of the year up to that day, or further, gives them along.

    What the promises of the goal count decides. For a goal that counts no activities, any activity on the
    days of the moment will do, as long as these are at most 31.
    """
    past = Q(end__lt=day) | Q(end=None, start__lt=day)
    moments = list(
        Moment.objects.filter(past, goal__version=version, start__isnull=False)
        .select_related("goal")
        .order_by("start", "pk")
    )
    if not moments:
        return []
    whole = version.period.until(day)
    by_goal = happenings(version, whole) if happened is None else happened
    all_days = _days_with_events(whole)
    return [each for each in moments if _is_missed(each, by_goal.get(each.goal_id), all_days)]


def _is_missed(moment: Moment, mine: list[Happening] | None, all_days: set[date]) -> bool:
    if moment.start is None:
        return False
    last = moment.end or moment.start
    if mine is not None:
        return not any(moment.start <= each.day <= last for each in mine)
    if (last - moment.start).days >= FEW_DAYS:
        return False
    days = (moment.start + timedelta(days=count) for count in range((last - moment.start).days + 1))
    return not any(day in all_days for day in days)


def _days_with_events(period: Period) -> set[date]:
    left_out = [Event.State.IDEA, Event.State.CANCELLED]
    rows = Event.objects.starting_within(period).exclude(state__in=left_out)
    return {timezone.localdate(at) for at in rows.values_list("starts_at", flat=True) if at}
