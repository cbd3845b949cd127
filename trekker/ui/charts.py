"""Where the points and bars of a chart lie, in percent of its width and height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from textwrap import wrap

from django.utils.formats import number_format

Number = int | float | Decimal

# Room in percent: above for the figure of the last point, below for the labels of the axis.
LEFT, RIGHT, TOP, BOTTOM = 2.0, 96.0, 14.0, 82.0
CLOSE = 15.0  # a figure above a point takes this much height


@dataclass(frozen=True)
class Spot:
    """One value of a chart: what it says, and where it lies in percent; ``y`` is 0 at the top."""

    label: str
    value: Number | None
    x: float
    y: float | None

    @property
    def shown(self) -> str:
        """The value as the table beneath shows it; nothing is known: a word, not zero."""
        return "niet gekend" if self.value is None else number(self.value)


@dataclass(frozen=True)
class Line:
    """A line over time: its spots, its stretches without a gap, and the height of the target."""

    spots: tuple[Spot, ...]
    stretches: tuple[str, ...]
    target_y: float | None

    @property
    def areas(self) -> tuple[str, ...]:
        """Each stretch closed along the axis, to fill the room beneath it."""
        ends = ((points, points.split()[0], points.split()[-1]) for points in self.stretches)
        return tuple(
            f"{first.split(',')[0]},{BOTTOM} {points} {final.split(',')[0]},{BOTTOM}"
            for points, first, final in ends
        )

    @property
    def label_below(self) -> bool:
        """Whether the last figure goes under its point, because the target runs just above it."""
        if self.last is None or self.last.y is None or self.target_y is None:
            return False
        return 0 < self.last.y - self.target_y < CLOSE

    @property
    def last(self) -> Spot | None:
        """The last value that is known."""
        return next((spot for spot in reversed(self.spots) if spot.y is not None), None)


@dataclass(frozen=True)
class Bar:
    """One bar: what it says, and its length in percent of the longest."""

    label: str
    value: Number
    length: float

    @property
    def shown(self) -> str:
        """The value as text."""
        return number(self.value)


# Of a drawing with words above each bar: widths in percent, heights in em of its own letters.
WIDEST = 68.0  # the longest bar; its figure stands to the right of it
LETTERS = 34  # of a line that fits on a phone
LINE_HEIGHT, BAR_HEIGHT, BETWEEN = 1.45, 1.25, 0.85


@dataclass(frozen=True)
class Slat:
    """A bar with its words above it and its figure beside it; ``span`` is between which two it may lie."""

    label: str
    shown: str
    lines: tuple[tuple[float, str], ...]
    top: float
    length: float
    span: tuple[float, float] | None = None

    @property
    def middle(self) -> float:
        """Halfway the height of the bar."""
        return round(self.top + BAR_HEIGHT / 2, 2)

    @property
    def width(self) -> float:
        """How wide the span is."""
        return round(self.span[1] - self.span[0], 2) if self.span else 0.0


@dataclass(frozen=True)
class Slats:
    """Bars beneath each other, and how high they stand together."""

    rows: tuple[Slat, ...]
    height: float


def slats(rows: Sequence[tuple[str, str, float, tuple[float, float] | None]]) -> Slats:
    """Lay out rows of (words, figure, percentage, between which two percentages) as bars of a hundred."""
    laid, y = [], 0.0
    for label, shown, percentage, span in rows:
        words = wrap(label, LETTERS) or [""]
        lines = tuple((round(y + LINE_HEIGHT * (n + 0.75), 2), line) for n, line in enumerate(words))
        y += LINE_HEIGHT * len(words)
        laid.append(Slat(label, shown, lines, round(y, 2), _of_widest(percentage), span and _both(span)))
        y += BAR_HEIGHT + BETWEEN
    return Slats(tuple(laid), round(max(y - BETWEEN, 0.0), 2))


def _of_widest(percentage: float) -> float:
    return round(WIDEST * min(max(percentage, 0.0), 100.0) / 100, 2)


def _both(span: tuple[float, float]) -> tuple[float, float]:
    return _of_widest(span[0]), _of_widest(span[1])


def percent(value: float) -> str:
    """Write a percentage as it is read aloud: 56 %; never 0 % or 100 % for what is almost that."""
    if 0 < value < 1:
        return "minder dan 1 %"
    if 99 < value < 100:  # noqa: PLR2004 - all but everyone
        return "meer dan 99 %"
    return f"{round(value)} %"


def number(value: Number | None) -> str:
    """Write a number the Dutch way, to the hundredth: 1.100, 2,5 and 80,42; an unknown one as a dash."""
    if value is None:
        return "–"
    rounded = round(Decimal(str(value)), 2)
    decimals = next(places for places in (0, 1, 2) if rounded == round(rounded, places))
    return number_format(round(rounded, decimals), decimals, force_grouping=True)


def line(points: Sequence[tuple[str, Number | None]], *, target: Number | None = None) -> Line:
    """Lay a row of (label, value) out as a line; a value that is not known leaves a gap."""
    known = [float(value) for _label, value in points if value is not None]
    top = max([*known, float(target or 0), 1.0])
    step = (RIGHT - LEFT) / max(len(points) - 1, 1)

    def height(value: Number) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * float(value) / top, 2)

    spots = tuple(
        Spot(label, value, round(LEFT + place * step, 2), None if value is None else height(value))
        for place, (label, value) in enumerate(points)
    )
    return Line(spots, tuple(_stretches(spots)), None if target is None else height(target))


def _stretches(spots: Sequence[Spot]) -> list[str]:
    """Join neighbours that are both known into the points of a polyline."""
    found: list[list[str]] = []
    for before, after in pairwise(spots):
        if before.y is None or after.y is None:
            continue
        if not found or found[-1][-1] != f"{before.x},{before.y}":
            found.append([f"{before.x},{before.y}"])
        found[-1].append(f"{after.x},{after.y}")
    return [" ".join(stretch) for stretch in found]


def bars(rows: Sequence[tuple[str, Number]]) -> tuple[Bar, ...]:
    """Lay rows of (label, value) out as bars; the longest takes the full width."""
    longest = max([float(value) for _label, value in rows] + [1.0])
    return tuple(Bar(label, value, round(100 * float(value) / longest, 2)) for label, value in rows)


def share(value: Number, whole: Number) -> float:
    """Give what part of the whole a value is, in percent, from 0 to 100."""
    return round(min(max(100 * float(value) / float(whole), 0.0), 100.0), 1) if whole else 0.0
