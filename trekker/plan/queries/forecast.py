"""What each line will likely come to by the end of its year, as known on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import dropwhile, pairwise

from django.db.models import (
    Avg,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
)
from django.utils import timezone

from trekker.kernel.measures import Foretold, InvalidFilters, Measure, Planning
from trekker.kernel.periods import Period
from trekker.plan.forecast import (
    Basis,
    Coming,
    Distribution,
    Foretelling,
    Outlook,
    Way,
    attendance,
    planned,
    stock,
)
from trekker.plan.forecast import asked as as_asked
from trekker.plan.models import Goal, IndicatorLine, Moment, PlanVersion
from trekker.plan.queries.figures import Figure, GoalFigures, Promise

FULL_MONTHS = 7  # of a stock; with fewer this year, the months before it count too
SETTLED_DAYS = 14  # this long before, most people have registered


def with_forecast(goals: Sequence[GoalFigures], version: PlanVersion, day: date) -> list[GoalFigures]:
    """
    Add to the figures of goals what the year will come to: at most five questions for a line.

    Only what was planned and registered by the day counts. Over a year that has ended there is nothing to
    foretell.
    """
    telling = Telling(version.period, day)

    def told(promise: Promise) -> Promise:
        figures = tuple(replace(each, foretold=telling.of(each)) for each in promise.figures)
        return replace(promise, figures=figures)

    def filled(item: GoalFigures) -> GoalFigures:
        below = tuple(filled(each) for each in item.below)
        return replace(item, below=below, promises=tuple(told(each) for each in item.promises))

    return [filled(item) for item in goals]


def moments_ahead(goal: Goal, day: date) -> QuerySet[Moment]:
    """Give the moments of a goal that the text of the plan names after a day; they are not counted."""
    rows = goal.moments.filter(start__isnull=False)
    return rows.filter(Q(end__gt=day) | Q(start__gt=day)).order_by("start", "pk")


@dataclass
class Telling:
    """Forecasts of a year on a day; what several lines ask of a register is asked once."""

    year: Period
    day: date
    _counted: dict[str, bool] = field(default_factory=dict)

    def of(self, figure: Figure) -> Foretelling | None:
        """Foretell one line; nothing where there is no figure, or where the year is over."""
        measure = figure.line.declared
        if figure.value is None or measure is None or measure.is_share or self.day >= self.year.last_day:
            return None
        try:
            return _Line(self, figure, measure).foretold()
        except InvalidFilters:
            return None

    @property
    def last_year(self) -> Period:
        """The year before."""
        return Period.year(self.year.start.year - 1)

    @property
    def both_years(self) -> Period:
        """The year before and this one."""
        return Period(self.last_year.start, self.year.end)

    @property
    def so_far(self) -> Period:
        """The year up to and including the day."""
        return self.year.until(self.day)

    @property
    def until_at(self) -> datetime:
        """The moment after which nothing is known."""
        return self.so_far.until_at

    @property
    def elapsed(self) -> float:
        """The part of the year that has passed, from 0 to 1."""
        return (self.so_far.end - self.year.start).days / (self.year.end - self.year.start).days

    @property
    def days_left(self) -> int:
        """How many days are still to come."""
        return (self.year.end - self.so_far.end).days

    def was_counted(self, measure: Measure) -> bool:
        """Whether anything at all was counted last year, by any line: one question for a measure."""
        if measure.code not in self._counted and measure.base:
            self._counted[measure.code] = measure.base(self.last_year).exists()
        return self._counted.get(measure.code, False)


@dataclass(frozen=True)
class _Planned:
    """One thing still to come, as the register has it."""

    at: datetime
    once: int
    about: int
    title: str
    closes: datetime | None
    hours: Fraction


@dataclass(frozen=True)
class _Line:
    """One line that is being foretold."""

    telling: Telling
    figure: Figure
    measure: Measure

    @property
    def line(self) -> IndicatorLine:
        return self.figure.line

    def foretold(self) -> Foretelling:
        """Foretell it in the way its measure says."""
        ways = {
            Foretold.PLANNED: self._planned,
            Foretold.ASKED: self._asked,
            Foretold.TURNOUT: self._turnout,
            Foretold.LEVEL: self._level,
        }
        way = ways.get(self.measure.foretold(self.line.filters))
        return way() if way else Foretelling(outlook=self._outlook())

    def _outlook(self) -> Outlook:
        assert self.figure.value is not None  # noqa: S101 - checked before it is foretold
        return Outlook(
            way=Way.UNKNOWN,
            value=self.figure.value,
            target=self.line.target,
            comparator=self.line.comparator,
            days_left=self.telling.days_left,
        )

    def _planned(self) -> Foretelling:
        basis, coming = self._history(), self._coming()
        outlook, shown = self._outlook(), self._shown(coming)
        found = planned.still_to_come(Counter(each.once for each in coming).values(), basis.chance)
        needed, to_plan = outlook.needed, None
        if needed is not None and needed > 0 and self.line.comparator in (">=", ">"):
            to_plan = planned.to_plan(found, int(needed), basis.chance)
        if basis.beyond:
            found = found.plus(self._unplanned(basis))
        if coming or basis.beyond:
            outlook = outlook.told(found, Way.PLANNED)
        if outlook.chance is not None and outlook.chance >= planned.ENOUGH:
            to_plan = None
        return Foretelling(outlook=outlook, coming=shown, to_plan=to_plan, basis=basis)

    def _unplanned(self, basis: Basis) -> Distribution:
        """Give how many more things will be held that are not planned yet, at the pace so far."""
        last_year = basis.held_last_year if self.telling.was_counted(self.measure) else None
        so_far = basis.held - basis.held_last_year
        return as_asked.at_pace(so_far, self.telling.elapsed, last_year, basis.beyond)

    def _asked(self) -> Foretelling:
        telling, outlook = self.telling, self._outlook()
        basis, coming = (self._history(), self._coming()) if self.measure.planning else (Basis(), [])
        last_year = None
        if telling.was_counted(self.measure):
            last_year = int(self.measure.value(telling.last_year, self.line.filters) or 0)
        basis = replace(basis, last_year=last_year)
        if outlook.value or last_year or coming:
            agreed = [basis.chance] * len(coming)
            so_far = int(outlook.value)
            found = as_asked.still_to_come(so_far, telling.elapsed, last_year, agreed=agreed)
            outlook = outlook.told(found, Way.ASKED)
        return Foretelling(outlook=outlook, coming=self._shown(coming), basis=basis)

    def _level(self) -> Foretelling:
        changes = self._changes()
        outlook = self._outlook()
        ends = stock.at_the_end(float(outlook.value), changes, outlook.months_left)
        basis = Basis(changes=tuple(changes))
        return Foretelling(outlook=outlook.ranged(ends) if ends else outlook, basis=basis)

    def _changes(self) -> list[float]:
        """Give the net change of each full month, from the first month with anything on."""
        last_days = set(self.telling.year.month_ends())
        ends = [point.value for point in self.figure.trend if point.day in last_days]
        if len(ends) < FULL_MONTHS:
            year = self.telling.last_year
            days = year.month_ends()[len(ends) - FULL_MONTHS :]
            ends = self.measure.series([year.until(day) for day in days], self.line.filters) + ends
        known = [float(value) for value in dropwhile(lambda value: not value, ends) if value is not None]
        return [after - before for before, after in pairwise(known)]

    def _turnout(self) -> Foretelling:
        basis, coming = self._history(), self._coming()
        outlook, shown = self._outlook(), self._shown(coming)
        if not coming and not basis.beyond:
            return Foretelling(outlook=outlook, basis=basis)
        places = self._places()
        came, basis = self._came(basis, places)
        hours = Fraction(max(round(4 * basis.hours), 1), 4)
        unplanned = attendance.Unplanned(self._unplanned(basis), hours) if basis.beyond else None
        soon = self.telling.until_at + timedelta(days=SETTLED_DAYS)
        items = [
            attendance.Planned(
                places.get(each.about, 0),
                each.at < soon or (each.closes is not None and each.closes < self.telling.until_at),
                each.hours,
            )
            for each in self._each_once(coming)
        ]
        before = attendance.Before.of(came)
        found = attendance.still_to_come(
            items,
            basis.chance,
            before,
            came=basis.came,
            registered=basis.registered,
            unplanned=unplanned,
        )
        basis = replace(basis, usual=before.mean if before else 0.0)
        if found is not None:
            outlook = outlook.told(found, Way.TURNOUT)
        return Foretelling(outlook=outlook, coming=shown, basis=basis)

    @property
    def _planning(self) -> Planning:
        assert self.measure.planning is not None  # noqa: S101 - only asked of measures that have it
        return self.measure.planning

    def _ever_planned(self) -> QuerySet:
        return self.measure.planned(self.telling.both_years, self.line.filters).order_by()

    def _history(self) -> Basis:
        """Give what became of what was planned, last year and so far: one question."""
        plan, telling = self._planning, self.telling
        ahead = timedelta(days=telling.days_left)
        over = Q(**{f"{plan.moment}__lt": telling.until_at})
        before = Q(**{f"{plan.moment}__lt": telling.year.from_at})
        late = Q(**{f"{plan.made}__gt": F(plan.moment) - ahead})
        thing, many = plan.about if plan.turnout else "pk", bool(plan.turnout)

        def counted(what: Q) -> Count:
            return Count(thing, distinct=many, filter=what)

        lead = ExpressionWrapper(F(plan.moment) - F(plan.made), DurationField())
        found = self._ever_planned().aggregate(
            held_before=counted(plan.held & over),
            held_last_year=counted(plan.held & before),
            dropped_before=counted(plan.dropped & over),
            planned_late=counted(plan.held & over & late),
            lead=Avg(lead, filter=plan.held & over & late),
            times=Count(plan.once or "pk", distinct=bool(plan.once), filter=plan.held & plan.known & over),
        )
        held, dropped, late_ones = found["held_before"], found["dropped_before"], found["planned_late"]
        days = [found["lead"] / timedelta(days=1)] * late_ones if late_ones else []
        # Another edition of a course that counts already adds nothing.
        beyond = (
            0.0
            if plan.once and not plan.turnout
            else planned.beyond_the_calendar(telling.days_left, days, held)
        )
        return Basis(
            held=held,
            held_last_year=found["held_last_year"],
            dropped=dropped,
            chance=planned.chance_of(held, held + dropped),
            beyond=beyond / (telling.year.end - telling.year.start).days,
            times=found["times"],
        )

    def _coming(self) -> list[_Planned]:
        """Give what is still to come, by day: one question. What counted already does not come again."""
        plan, telling = self._planning, self.telling
        ahead = Q(**{f"{plan.moment}__gte": telling.until_at})
        this_year = self.measure.planned(telling.year, self.line.filters)
        rows = this_year.filter(ahead | ~plan.held, **{f"{plan.made}__lt": telling.until_at})
        rows = rows.exclude(plan.dropped).order_by(plan.moment, "pk")
        if plan.once and not plan.turnout:
            counted = this_year.filter(plan.held & ~ahead).order_by().values(plan.once)
            rows = rows.exclude(**{f"{plan.once}__in": counted})
        hours = plan.turnout.hours if plan.turnout else ""
        found = rows.values_list(
            plan.moment,
            plan.once or "pk",
            plan.about,
            plan.title,
            F(plan.closes) if plan.closes else Value(None, output_field=DateTimeField()),
            F(hours) if hours else Value(1),
        )
        return [
            _Planned(at, once, about, title, closes, Fraction(brings))
            for at, once, about, title, closes, brings in found
        ]

    def _each_once(self, coming: Sequence[_Planned]) -> list[_Planned]:
        return list({each.once: each for each in coming}.values())

    def _shown(self, coming: Sequence[_Planned]) -> tuple[Coming, ...]:
        address = self._planning.address if self.measure.planning else str
        once = {each.about: each for each in reversed(coming)}
        by_day = sorted(once.values(), key=lambda each: (each.at, each.about))
        return tuple(Coming(timezone.localdate(each.at), each.title, address(each.about)) for each in by_day)

    def _places(self) -> Counter[int]:
        """Give how many have a place at each thing, this year and last: one question."""
        turnout = self._planning.turnout
        assert turnout is not None  # noqa: S101 - only asked of measures that have it
        telling = self.telling
        rows = self.measure.registered(telling.both_years, self.line.filters, until=telling.until_at)
        found = rows.order_by().values(turnout.place_at).annotate(places=Count("pk"))
        return Counter(dict(found.values_list(turnout.place_at, "places")))

    def _came(self, basis: Basis, places: Counter[int]) -> tuple[list[float], Basis]:
        """Give how many came each time, and with how many places that was: one question."""
        turnout = self._planning.turnout
        assert turnout is not None  # noqa: S101 - only asked of measures that have it
        window = Period(self.telling.last_year.start, self.telling.so_far.end)
        names = [turnout.item, turnout.event, *filter(None, [turnout.hours_of_counted])]
        rows = self.measure.rows(window, self.line.filters).order_by().values(*names)
        found = rows.annotate(brought=self.measure.total).values_list(*names, "brought")
        came, registered, lasted, events = [], 0, 0.0, set()
        for _item, event, *hours, brought in found:
            length = float(hours[0]) if hours else 1.0
            if length:
                came.append(float(brought) / length)
                registered += places[event]
                lasted += length
                events.add(event)
        each = (lasted if turnout.hours else len(events)) / (len(events) or 1)
        # Where someone noted who was there and nobody was, there are no rows.
        came += [0.0] * max(basis.times - len(came), 0)
        shown_up = min(round(sum(came)), registered)
        return came, replace(basis, came=shown_up, registered=registered, times=len(came), hours=each)
