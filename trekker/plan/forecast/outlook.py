"""What a reader sees of a forecast: a range, a chance, and what is still needed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from trekker.plan.forecast.distribution import MEETS, Distribution

LOW, HIGH = 0.1, 0.9  # eight in ten outcomes lie between
DAYS_A_MONTH = 365.25 / 12
THIRD = 1 / 3  # where the words for a chance turn


class Way(StrEnum):
    """How a figure was foretold."""

    PLANNED = "planned"
    ASKED = "asked"
    TURNOUT = "turnout"
    LEVEL = "level"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """
    One line on one day, with what the year will come to.

    Eight in ten outcomes lie from ``low`` to ``high``, as many above ``middle`` as below; none of the
    three where nothing is known. ``chance``, from 0 to 1, is that of reaching the target; a stock has none.
    """

    way: Way
    value: Decimal
    target: Decimal | None
    comparator: str
    days_left: int
    low: Decimal | None = None
    middle: Decimal | None = None
    high: Decimal | None = None
    chance: float | None = None

    def told(self, coming: Distribution, way: Way) -> Outlook:
        """Give the same with what is still to come."""
        already = Fraction(self.value)
        target = None if self.target is None else Fraction(self.target)
        chance = None if target is None else coming.chance(self.comparator, target - already)
        ends = (coming.quantile(part) + already for part in (LOW, 0.5, HIGH))
        return self._between(way, *(_decimal(end) for end in ends), chance=chance)

    def ranged(self, ends: tuple[float, float, float]) -> Outlook:
        """Give the same with a range and no chance: a stock."""
        return self._between(Way.LEVEL, *(Decimal(str(end)) for end in ends), chance=None)

    def _between(
        self, way: Way, low: Decimal, middle: Decimal, high: Decimal, *, chance: float | None
    ) -> Outlook:
        return Outlook(
            way=way,
            value=self.value,
            target=self.target,
            comparator=self.comparator,
            days_left=self.days_left,
            low=low.to_integral_value(ROUND_FLOOR),
            middle=middle.to_integral_value(ROUND_HALF_UP),
            high=high.to_integral_value(ROUND_CEILING),
            chance=chance,
        )

    @property
    def ends(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """The low end, the middle and the high end; nothing where nothing is known."""
        if self.low is None or self.middle is None or self.high is None:
            return None
        return self.low, self.middle, self.high

    @property
    def is_known(self) -> bool:
        """Whether there is more to say than what is needed."""
        return self.low is not None

    @property
    def is_reached(self) -> bool:
        """Whether the target is reached and cannot be lost by what still comes."""
        if self.target is None or self.way is Way.LEVEL:
            return False
        met = MEETS[self.comparator](Fraction(self.value), Fraction(self.target))
        return met and self.comparator in (">=", ">")

    @property
    def course(self) -> str:
        """
        Tell where it is heading: ``on_course``, ``needs_work``, ``both_ways``, or nothing where nobody knows.

        A chance of two in three or more is on course, one of less than one in three needs work; of a stock
        both ends of its range decide.
        """
        if self.target is None:
            return ""
        if self.is_reached:
            return "on_course"
        if self.chance is not None:
            sure, unsure = self.chance >= 1 - THIRD, self.chance < THIRD
        elif self.low is not None and self.high is not None:
            met = {
                MEETS[self.comparator](Fraction(end), Fraction(self.target)) for end in (self.low, self.high)
            }
            sure, unsure = met == {True}, met == {False} and self.comparator != "="
        else:
            return ""
        return "on_course" if sure else "needs_work" if unsure else "both_ways"

    @property
    def needed(self) -> Decimal | None:
        """How much is still to come; below zero where there is too much; nothing without a target."""
        if self.target is None:
            return None
        whole = self.value == self.value.to_integral_value()
        beyond = Decimal({">": 1, "<": -1}.get(self.comparator, 0)) if whole else Decimal(0)
        return self.target + beyond - self.value

    @property
    def months_left(self) -> float:
        """How long the year still lasts, in months."""
        return self.days_left / DAYS_A_MONTH


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
