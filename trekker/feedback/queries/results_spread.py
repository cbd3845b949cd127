"""What can be said of answers with a rank and of shares: the middle, where half of them lie, how sure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import sqrt

Z = 1.959964  # 95 % of a normal distribution lies within this many standard deviations


@dataclass(frozen=True)
class Spread:
    """
    The middle of answers with a rank, and between which two half of them lie.

    The answers in the middle differ where they are even in number: then the middle lies between
    ``low_middle`` and ``high_middle``. Their mean is not taken: the steps of a scale are words.
    """

    lower: float
    low_middle: float
    high_middle: float
    upper: float

    @property
    def middle(self) -> tuple[float, ...]:
        """The middle as one value, or as the two it lies between."""
        return (
            (self.low_middle,) if self.low_middle == self.high_middle else (self.low_middle, self.high_middle)
        )


def spread(counted: Iterable[tuple[float, int]]) -> Spread | None:
    """
    Give middle and quartiles of values that occur so many times; nothing without values.

    A quartile is the smallest value that at least a quarter (or three) of the answers do not exceed:
    always an answer that someone gave, so that at least half of all lie between the two. Definition 1
    in R.J. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages, The American Statistician
    50 (1996) 361-365.
    """
    rows = sorted((value, count) for value, count in counted if count)
    people = sum(count for _value, count in rows)
    if not people:
        return None

    def at(place: int) -> float:
        reached = accumulate(count for _value, count in rows)
        return next(value for (value, _count), many in zip(rows, reached, strict=True) if many >= place)

    return Spread(
        lower=at((people + 3) // 4),
        low_middle=at((people + 1) // 2),
        high_middle=at(people // 2 + 1),
        upper=at((3 * people + 3) // 4),
    )


@dataclass(frozen=True)
class Share:
    """How many of so many people; at least one person."""

    count: int
    people: int

    @property
    def percent(self) -> float:
        """The share as a percentage."""
        return 100 * self.count / self.people

    @property
    def interval(self) -> tuple[float, float]:
        """
        Between which two percentages the share wellicht lies, were many more such people asked.

        Wilson's 95 % interval: E.B. Wilson, Probable Inference, the Law of Succession, and Statistical
        Inference, Journal of the American Statistical Association 22 (1927) 209-212. It holds for few
        people and for shares near 0 and 100, where the schoolbook interval runs over the edge.
        """
        low, high = self._wilson()
        return 100 * low, 100 * high

    def _wilson(self) -> tuple[float, float]:
        n, part = self.people, self.count / self.people
        centre = part + Z * Z / (2 * n)
        reach = Z * sqrt(part * (1 - part) / n + Z * Z / (4 * n * n))
        whole = 1 + Z * Z / n
        return max(0.0, (centre - reach) / whole), min(1.0, (centre + reach) / whole)


class Difference(StrEnum):
    """How one share compares with another."""

    HIGHER = "higher"
    LOWER = "lower"
    CHANCE = "chance"


def difference(now: Share, before: Share) -> tuple[float, float]:
    """
    Give the 95 % interval of the first share less the second, from -1 to 1.

    Newcombe's hybrid score interval, from the two of Wilson: R.G. Newcombe, Interval Estimation for
    the Difference between Independent Proportions, Statistics in Medicine 17 (1998) 873-890, method 10.
    """
    one, two = now.count / now.people, before.count / before.people
    (low_one, high_one), (low_two, high_two) = now._wilson(), before._wilson()  # noqa: SLF001 - same module
    apart = one - two
    return (
        apart - sqrt((one - low_one) ** 2 + (high_two - two) ** 2),
        apart + sqrt((high_one - one) ** 2 + (two - low_two) ** 2),
    )


def compare(now: Share, before: Share) -> Difference:
    """Tell whether two shares differ by more than chance: whether zero lies outside the interval."""
    low, high = difference(now, before)
    if low > 0:
        return Difference.HIGHER
    return Difference.LOWER if high < 0 else Difference.CHANCE
