"""Chances of each outcome, on evenly spaced values: exact while there are few, on a coarser grid beyond."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import ceil, exp, floor, gcd, lcm, lgamma, log, log1p, sqrt
from operator import mul
from typing import Any

MOST_CELLS = 512  # beyond this many values the grid gets coarser
FAR = 8  # standard deviations from the mean beyond which nothing is kept
NOISE = 1e-12  # what rounding may leave of a sum of chances

MEETS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": lambda value, target: value >= target,
    ">": lambda value, target: value > target,
    "<=": lambda value, target: value <= target,
    "<": lambda value, target: value < target,
    "=": lambda value, target: value == target,
}


@dataclass(frozen=True)
class Distribution:
    """
    The chances of the values ``start``, ``start + step``, …; they add up to one.

    Sums are exact up to ``MOST_CELLS`` values. Beyond, each value is shared out over its two neighbours on
    a coarser grid, which leaves the mean as it is.
    """

    chances: tuple[float, ...]
    start: Fraction = Fraction(0)
    step: Fraction = Fraction(1)

    @classmethod
    def certain(cls, value: Fraction | int = 0) -> Distribution:
        """Give the distribution of what is known."""
        return cls((1.0,), Fraction(value))

    @classmethod
    def binomial(cls, times: int, chance: float) -> Distribution:
        """Give how often something with this chance happens in so many independent times."""
        if chance in (0.0, 1.0) or not times:
            return cls.certain(round(times * chance))

        def log_of(count: int) -> float:
            ways = lgamma(times + 1) - lgamma(count + 1) - lgamma(times - count + 1)
            return ways + count * log(chance) + (times - count) * log1p(-chance)

        mean = times * chance
        return _tabulated(log_of, mean, mean * (1 - chance), most=times)

    @classmethod
    def poisson_binomial(cls, chances: Iterable[float]) -> Distribution:
        """
        Give how many of independent things happen, each with a chance of its own.

        The exact convolution: equal chances together as a binomial, the rest one by one (Hong, *On
        computing the distribution function for the Poisson binomial distribution*, 2013, section 2).
        """
        found = cls.certain()
        for chance, times in sorted(Counter(chances).items()):
            found = found.plus(cls.binomial(times, chance))
        return found

    @classmethod
    def negative_binomial(cls, shape: float, mean: float) -> Distribution:
        """
        Give a count whose rate itself is uncertain: a Poisson with a gamma rate of this shape.

        The variance is ``mean + mean² / shape`` (Gelman et al., *Bayesian Data Analysis*, 3rd ed., 2.6).
        """
        if not mean:
            return cls.certain()
        hit = log(mean) - log(shape + mean)  # their quotient may be too small to be told from nothing
        missed = shape * log(shape / (shape + mean))

        def log_of(count: int) -> float:
            return lgamma(count + shape) - lgamma(shape) - lgamma(count + 1) + missed + count * hit

        return _tabulated(log_of, mean, mean + mean * mean / shape)

    @classmethod
    def poisson(cls, mean: float) -> Distribution:
        """Give a count whose rate is known."""
        if not mean:
            return cls.certain()
        return _tabulated(lambda count: count * log(mean) - mean - lgamma(count + 1), mean, mean)

    @classmethod
    def mixture(cls, parts: Sequence[tuple[float, Distribution]]) -> Distribution:
        """Give the distribution that is one of these, each with its weight; the weights add up to one."""
        step = max(part.step for _weight, part in parts)
        first = min(part.start for _weight, part in parts)
        cells: list[float] = []
        for weight, part in parts:
            laid = part.on_grid(step, first)
            cells += [0.0] * (len(laid) - len(cells))
            for place, chance in enumerate(laid):
                cells[place] += weight * chance
        return cls(tuple(cells), first, step)

    def plus(self, other: Distribution) -> Distribution:
        """Give the sum of two independent outcomes."""
        step = _common(self, other)
        cells = _convolved(self.on_grid(step, self.start), other.on_grid(step, other.start))
        found = Distribution(tuple(cells), self.start + other.start, step)
        while len(found.chances) > MOST_CELLS:
            found = found.on_step(2 * found.step)
        return found

    def times(self, factor: Fraction) -> Distribution:
        """Give the outcome so many times as large: hours from persons."""
        return (
            Distribution(self.chances, self.start * factor, self.step * factor) if factor else self.certain()
        )

    def if_happens(self, chance: float) -> Distribution:
        """Give this outcome with a chance, and zero otherwise."""
        return self.mixture([(chance, self), (1 - chance, Distribution((1.0,), Fraction(0), self.step))])

    def at_least(self, other: Distribution) -> Distribution:
        """Give the larger of two independent outcomes on whole numbers."""
        first = int(max(self.start, other.start))
        last = int(max(self.start + len(self.chances), other.start + len(other.chances)))
        mine, theirs = self._below(first, last), other._below(first, last)
        both = [one * two for one, two in zip(mine, theirs, strict=True)]
        cells = (now - before for now, before in zip(both, [0.0, *both[:-1]], strict=True))
        return Distribution(tuple(cells), Fraction(first))

    def _below(self, first: int, last: int) -> list[float]:
        """Give the chance of no more than each whole number from ``first`` up to ``last``."""
        below = list(accumulate(self.chances))
        places = (number - int(self.start) for number in range(first, last))
        return [below[place] if place < len(below) else below[-1] for place in places]

    def on_step(self, step: Fraction) -> Distribution:
        """Give the same on a coarser grid, with the same mean."""
        return Distribution(tuple(self.on_grid(step, self.start)), self.start, step)

    def on_grid(self, step: Fraction, start: Fraction) -> list[float]:
        """Give the chances of ``start``, ``start + step``, …; a value in between is shared out over both."""
        offset, ratio = (self.start - start) / step, self.step / step
        if ratio == 1 and offset.denominator == 1:
            return [0.0] * int(offset) + list(self.chances)
        # In whole numbers of the smallest part: fractions are exact too, but slow.
        parts = lcm(offset.denominator, ratio.denominator)
        first, each = int(offset * parts), int(ratio * parts)
        cells = [0.0] * ((first + each * (len(self.chances) - 1)) // parts + 2)
        for place, chance in enumerate(self.chances):
            low, over = divmod(first + each * place, parts)
            cells[low] += chance * (parts - over) / parts
            cells[low + 1] += chance * over / parts
        return cells if cells[-1] else cells[:-1]

    @property
    def values(self) -> list[Fraction]:
        """The outcomes, from low to high."""
        return [self.start + place * self.step for place in range(len(self.chances))]

    @property
    def mean(self) -> float:
        """The expected outcome."""
        return float(self.start) + float(self.step) * sum(n * chance for n, chance in enumerate(self.chances))

    @property
    def variance(self) -> float:
        """How far outcomes lie from the expected one, squared."""
        around = (float(self.start) - self.mean, float(self.step))
        return sum(chance * (around[0] + n * around[1]) ** 2 for n, chance in enumerate(self.chances))

    def quantile(self, part: float) -> Fraction:
        """Give the lowest outcome that at least this part of all chances does not go beyond."""
        for place, below in enumerate(accumulate(self.chances)):
            if below >= part - NOISE:
                return self.start + place * self.step
        return self.values[-1]

    def chance(self, comparator: str, target: Fraction) -> float:
        """Give the chance, from 0 to 1, that the outcome stands so to a target."""
        meets = MEETS[comparator]
        total = sum(c for value, c in zip(self.values, self.chances, strict=True) if meets(value, target))
        return min(max(total, 0.0), 1.0)


def _common(one: Distribution, other: Distribution) -> Fraction:
    """Give the step on which both lie, or the larger of both where that would be too fine."""
    if one.step == other.step:
        return one.step
    below = one.step.denominator * other.step.denominator
    fine = gcd(one.step.numerator * other.step.denominator, other.step.numerator * one.step.denominator)
    step = Fraction(fine, below)
    span = len(one.chances) * one.step + len(other.chances) * other.step
    return step if span <= MOST_CELLS * step else max(one.step, other.step)


def _convolved(one: Sequence[float], other: Sequence[float]) -> list[float]:
    short, long = sorted((one, other), key=len)
    room = [0.0] * (len(short) - 1)
    padded, turned = [*room, *long, *room], list(reversed(short))
    width = len(short)
    return [
        sum(map(mul, turned, padded[place : place + width])) for place in range(len(long) + len(short) - 1)
    ]


def _tabulated(
    log_of: Callable[[int], float], mean: float, variance: float, *, most: int | None = None
) -> Distribution:
    """Write out the chances around the mean, on a coarser grid where they are very many."""
    reach = FAR * sqrt(variance) + FAR * FAR
    first = max(floor(mean - reach), 0)
    last = ceil(mean + reach) if most is None else min(ceil(mean + reach), most)
    step = max(ceil((last - first) / MOST_CELLS), 1)
    cells = [exp(log_of(count)) for count in range(first, last + 1, step)]
    whole = sum(cells)
    return Distribution(tuple(cell / whole for cell in cells), Fraction(first), Fraction(step))
