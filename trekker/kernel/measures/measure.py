"""A measure: base rows, what of them counts, and the rows behind the figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import Any

from django.db.models import Case, Count, F, QuerySet, Value, When
from django.db.models.expressions import Combinable

from trekker.kernel.access import Permission
from trekker.kernel.measures.filters import Filter, Filters, FilterSet, Labels
from trekker.kernel.measures.planning import Foretold, Planning
from trekker.kernel.measures.unit import Unit
from trekker.kernel.periods import Period


class Kind(StrEnum):
    """How a measure meets time: a flow is asked over a period, a stock on its last day."""

    FLOW = "flow"
    STOCK = "stock"


class Control(StrEnum):
    """Whether the figure is ours to make or asked of us; the forecast depends on it."""

    OURS = "ours"
    ASKED = "asked"


class Subject(StrEnum):
    """
    What a figure counts; it decides what whoever has no account may read of it.

    ``THEIR_ORGANISATIONS`` are those of people that another measure counts: few of them tell of few people.
    """

    PEOPLE = "people"
    THEIR_ORGANISATIONS = "their_organisations"
    THINGS = "things"


@dataclass(frozen=True)
class Column:
    """One column of the drill-down: its heading, the value it shows of a row, and where that leads."""

    label: str
    value: Callable[[Any], object]
    address: Callable[[Any], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Listing:
    """How rows are listed behind a figure: the columns, who may see them, who may take them along."""

    columns: tuple[Column, ...] = ()
    seen_by: Permission = Permission.OFFICE
    exported_by: Permission = Permission.OFFICE


@dataclass(frozen=True)
class Unknown:
    """
    Rows that could still raise the figure once someone completes them.

    ``rows(period, base)`` picks them from the filtered base rows; ``unit`` names them in Dutch,
    as in *3 leden zonder organisatie*. What a filter cannot be asked of is found ``without`` that
    filter, and only where it is asked. An unknown that stands beside the base rows has a ``base`` of
    its own, which each filter narrows by its ``beside``. ``when`` tells for which filters it is one.
    """

    unit: Unit
    rows: Callable[[Period, QuerySet], QuerySet]
    listing: Listing = field(default_factory=Listing)
    base: Callable[[Period], QuerySet] | None = None
    without: str = ""
    when: Callable[[Filters], bool] = lambda _filters: True
    subject: Subject = Subject.PEOPLE

    def is_asked(self, filters: Filters) -> bool:
        """Tell whether a line with these filters can miss such rows."""
        return self.when(filters) and (not self.without or self.without in filters)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """
    One countable figure.

    ``base(period)`` gives the rows of the register that may count; a line's filters narrow them.
    ``counted(period, base)`` turns them into the things that count, each once, with all that the
    listing shows; absent, the base rows count themselves. ``total`` adds up what each counted row
    contributes. ``moment`` is the field that alone places a counted row in a period, for a flow whose
    rows never change by the day: a year month by month is then one pass. ``base`` is absent while
    the register does not exist. ``words`` are the regular expressions, in lower case, by which plans
    speak of the measure. The value of one that ``is_share`` is not known while nothing counts.
    ``evaluated`` is the path from a base row to the evaluation of what it is about. ``planning`` tells what
    is still to come. A line that asks yes of the filter ``asked_by`` counts what others ask of us.

    For the evidence, ``stands_at`` is the path from a counted row to its organisation, or gives the
    expression for a period, and ``rows_are`` says what the rows are, where the unit does not. A share names
    the count of a row and of what it is a part, as ``part_of``. What the rows of one that ``overlaps``
    contribute may be the same: they add up to more than the figure.

    The ``subject`` says whether it counts people, as it does unless it says otherwise: decision 0013.
    """

    code: str
    label: str
    definition: str
    kind: Kind
    unit: Unit
    control: Control = Control.OURS
    filters: tuple[Filter, ...] = ()
    words: tuple[str, ...] = ()
    base: Callable[[Period], QuerySet] | None = None
    counted: Callable[[Period, QuerySet], QuerySet] | None = None
    moment: str = ""
    total: Combinable = field(default_factory=lambda: Count("pk"))
    listing: Listing = field(default_factory=Listing)
    unknowns: tuple[Unknown, ...] = ()
    is_share: bool = False
    evaluated: str = ""
    planning: Planning | None = None
    asked_by: str = ""
    stands_at: str | Callable[[Period], Combinable] = ""
    part_of: tuple[str, ...] = ()
    overlaps: bool = False
    rows_are: str = ""
    subject: Subject = Subject.PEOPLE

    @property
    def adds_up(self) -> bool:
        """Whether the figure is the sum of what its rows contribute."""
        return not self.is_share and not self.overlaps

    @property
    def has_register(self) -> bool:
        """Whether there are rows to count yet."""
        return self.base is not None

    def filter(self, code: str) -> Filter:
        """
        Give one of the measure's filters.

        :raises StopIteration: if the measure has no such filter
        """
        return next(each for each in self.filters if each.code == code)

    def check(self, filters: Filters) -> None:
        """
        Refuse filters that the measure cannot count.

        :raises InvalidFilters: if a filter or one of its choices is unknown
        """
        FilterSet(self.filters).check(filters)

    def rows(self, period: Period, filters: Filters) -> QuerySet:
        """
        Give the counted rows of a period: the figure, the drill-down and the export are these.

        :raises InvalidFilters: if a filter is unknown
        """
        rows = self._base(period, filters)
        if self.counted:
            rows = self.counted(period, rows)
        for chosen in FilterSet(self.filters).read(filters):
            if chosen.filter.of_counted:
                rows = rows.filter(chosen.where(period))
        return rows

    def value(self, period: Period, filters: Filters) -> Decimal | None:
        """Add up the counted rows of a period: one query."""
        return self._known(self.rows(period, filters).aggregate(value=self.total)["value"])

    def _known(self, found: Any) -> Decimal | None:
        return None if found is None and self.is_share else Decimal(found or 0)

    def series(self, periods: Sequence[Period], filters: Filters) -> list[Decimal | None]:
        """Give the value of each period, in order: one query for all."""
        if not periods:
            return []
        if self._adds_up(periods, filters):
            return self._running(periods, filters)
        asked = [
            self.rows(period, filters)
            .order_by()
            .annotate(nth_period=Value(nth))
            .values("nth_period")
            .annotate(period_value=self.total)
            .values_list("nth_period", "period_value")
            for nth, period in enumerate(periods)
        ]
        found = dict(asked[0].union(*asked[1:], all=True))
        return [self._known(found.get(nth)) for nth in range(len(periods))]

    def _adds_up(self, periods: Sequence[Period], filters: Filters) -> bool:
        """Whether each period is the one before it and some days more, in what it counts too."""
        ends = [period.end for period in periods]
        grows = len({period.start for period in periods}) == 1 and ends == sorted(ends)
        by_day = any(chosen.filter.by_day for chosen in FilterSet(self.filters).read(filters))
        return bool(self.moment) and grows and not by_day

    def _running(self, periods: Sequence[Period], filters: Filters) -> list[Decimal | None]:
        cases = [
            When(**{f"{self.moment}__lt": period.until_at}, then=Value(nth))
            for nth, period in enumerate(periods)
        ]
        rows = self.rows(periods[-1], filters).order_by().annotate(nth_period=Case(*cases))
        added = rows.values("nth_period").annotate(period_value=self.total)
        found = dict(added.values_list("nth_period", "period_value"))
        return list(accumulate(Decimal(found.get(nth) or 0) for nth in range(len(periods))))

    def evaluations(self, period: Period, filters: Filters) -> QuerySet | None:
        """
        Give the numbers of the evaluations of what counts in a period, as ``evaluated_by``.

        It gives nothing for what is never evaluated.

        :raises InvalidFilters: if a filter is unknown
        """
        if not self.evaluated or not self.has_register:
            return None
        rows = self._base(period, filters).order_by().annotate(evaluated_by=F(self.evaluated))
        return rows.filter(evaluated_by__isnull=False).values("evaluated_by")

    def control_of(self, filters: Filters) -> Control:
        """Tell whether what a line counts is ours to do or asked of us."""
        asked = filters.get(self.asked_by, ()) if self.asked_by else ()
        return Control.ASKED if list(asked) == [True] else self.control

    def foretold(self, filters: Filters) -> Foretold:
        """Tell how what is still to come of a line can be foretold."""
        if self.kind is Kind.STOCK:
            return Foretold.LEVEL
        if self.planning and self.planning.turnout:
            return Foretold.TURNOUT
        # Only what counts one by one on its own day comes at a pace: people come in groups, and an
        # organisation that counted once does not count again.
        if self.control_of(filters) is Control.ASKED:
            return Foretold.ASKED if self.moment and self.total == Count("pk") else Foretold.NOT
        return Foretold.PLANNED if self.planning else Foretold.NOT

    def planned(self, period: Period, filters: Filters) -> QuerySet:
        """
        Give everything that was ever planned in a period, held or not, under the filters of a line.

        :raises InvalidFilters: if a filter is unknown
        :raises LookupError: if the measure does not say what is planned
        """
        if self.planning is None:
            raise LookupError(f"{self.code} does not say what is planned")
        items = self.planning.items(period)
        for chosen in FilterSet(self.filters).read(filters):
            items = items.filter(chosen.where(period) if self.planning.are_base else chosen.beside(period))
        return items

    def registered(self, period: Period, filters: Filters, *, until: datetime) -> QuerySet:
        """
        Give who had a place, by a moment, at what is planned in a period, under a line's filters of persons.

        :raises InvalidFilters: if a filter is unknown
        :raises LookupError: if the measure does not say who registers
        """
        if self.planning is None or self.planning.turnout is None:
            raise LookupError(f"{self.code} does not say who registers")
        turnout = self.planning.turnout
        events = self.planned(period, filters).order_by().values(self.planning.about)
        asked = {f"{turnout.place_at}__in": events, f"{turnout.since}__lt": until}
        rows = turnout.registered().filter(**asked)
        for chosen in FilterSet(self.filters).read(filters):
            if chosen.filter.beside is None and chosen.filter.code != turnout.without:
                rows = rows.filter(chosen.where(period))
        return rows

    def unknown_rows(self, unknown: Unknown, period: Period, filters: Filters) -> QuerySet:
        """Give the rows of one kind of unknown, under the same filters as the figure."""
        others = {code: asked for code, asked in filters.items() if code != unknown.without}
        if unknown.base is None:
            base = self._base(period, others)
        else:
            base = unknown.base(period)
            for chosen in FilterSet(self.filters).read(others):
                base = base.filter(chosen.beside(period))
        rows = unknown.rows(period, base)
        return rows if unknown.is_asked(filters) else rows.none()

    def _base(self, period: Period, filters: Filters) -> QuerySet:
        if self.base is None:
            raise LookupError(f"{self.code} has no register yet")
        rows = self.base(period)
        for chosen in FilterSet(self.filters).read(filters):
            if not chosen.filter.of_counted:
                rows = rows.filter(chosen.where(period))
        return rows

    def sentence(self, filters: Filters, labels: Labels | None = None) -> str:
        """Say in one Dutch phrase what is counted: *Leden (kanaal: nieuwsbrief)*."""
        labels = labels or Labels()
        chosen = "; ".join(each.sentence(labels) for each in FilterSet(self.filters).read(filters))
        return f"{self.label} ({chosen})" if chosen else self.label
