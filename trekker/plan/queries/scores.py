"""How good forecasts were, once the year they were about is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from trekker.kernel.measures import InvalidFilters
from trekker.plan.forecast import MEETS, words
from trekker.plan.models import Forecast, IndicatorLine
from trekker.plan.queries.lineage import links_of, origins

ALWAYS_HALF = 0.25  # the score of who says «five in ten» each time
SOME = 12  # of a line, as many weeks


def monday_of(day: date) -> date:
    """Give the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Said:
    """How often forecasts said one word for a chance, and how often it came true."""

    word: str
    times: int
    came_true: int


@dataclass(frozen=True)
class Score:
    """
    The forecasts of one year beside what came.

    ``brier`` is the mean squared distance between the chance and what came, 1 or 0 (Brier, *Verification
    of forecasts expressed in terms of probability*, 1950): 0 is perfect; none where no chance was given.
    ``within`` of ``ranges`` ended between the low and the high end.
    """

    year: int
    lines: int
    brier: float | None
    within: int
    ranges: int
    said: tuple[Said, ...]

    @property
    def percent_within(self) -> int:
        """How many in a hundred ended within the range."""
        return round(100 * self.within / self.ranges)

    @property
    def written(self) -> str:
        """The score as people read it."""
        return "" if self.brier is None else f"{self.brier:.2f}".replace(".", ",")


def scores(*, today: date) -> list[Score]:
    """Score the forecasts of each year that is over, the newest first: one question, and one for a line."""
    rows = Forecast.objects.filter(line__indicator__goal__version__year__lt=today.year)
    rows = rows.select_related("line__indicator__goal__version").order_by("made_on", "pk")
    by_year: dict[int, list[Forecast]] = {}
    for row in rows:
        by_year.setdefault(row.line.indicator.goal.version.year, []).append(row)
    found = (_score(year, by_year[year]) for year in sorted(by_year, reverse=True))
    return [score for score in found if score]


def _score(year: int, rows: Sequence[Forecast]) -> Score | None:
    lines = {row.line_id: row.line for row in rows}
    ends = {pk: end for pk, line in lines.items() if (end := _end_of(line)) is not None}
    kept = [row for row in rows if row.line_id in ends]
    if not kept:
        return None
    within = sum(row.low <= ends[row.line_id] <= row.high for row in kept)
    judged = [(row.chance, _came_true(row, ends[row.line_id])) for row in kept if row.chance is not None]
    brier = sum((chance - true) ** 2 for chance, true in judged) / len(judged) if judged else None
    return Score(year, len(ends), brier, within, len(kept), tuple(_said(judged)))


def _end_of(line: IndicatorLine) -> Decimal | None:
    """Give what a line came to at the end of its year, as the registers have it now."""
    measure = line.declared
    if measure is None or not measure.has_register:
        return None
    try:
        return measure.value(line.indicator.goal.version.period, line.filters)
    except InvalidFilters:
        return None


def _came_true(row: Forecast, end: Decimal) -> bool:
    return row.target is not None and MEETS[row.line.comparator](Fraction(end), Fraction(row.target))


def _said(judged: Sequence[tuple[float, bool]]) -> Iterator[Said]:
    for _least, word in words.CLASSES:
        came = [true for chance, true in judged if words.class_of(chance) == word]
        if came:
            yield Said(word, len(came), sum(came))


def earlier(line: IndicatorLine) -> list[tuple[Forecast, str]]:
    """
    Give what was said of a line in the last twelve weeks it was kept, the newest first, with its word.

    Before a revision it was said of the line that this one came in the place of, in the same year, where that
    measured the same.
    """
    family = origins(links_of(IndicatorLine), line.pk)
    year = line.indicator.goal.version.year
    rows = Forecast.objects.filter(line__in=family, line__indicator__goal__version__year=year)
    rows = rows.filter(line__measure=line.measure).select_related("line").order_by("-week", "-line")
    same = [row for row in rows if row.line.filters == line.filters][:SOME]
    return [(row, "–" if row.chance is None else words.class_of(row.chance)) for row in same]
