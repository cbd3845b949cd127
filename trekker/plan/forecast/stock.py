"""Where a stock will stand: a range from how it changed each month, without a chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, variance

FEWEST_CHANGES = 3
_Z = NormalDist().inv_cdf(0.9)


def at_the_end(now: float, changes: Sequence[float], months: float) -> tuple[float, float, float] | None:
    """
    Give the low end, the middle and the high end of where a stock will stand in so many months.

    Months are taken to be alike and independent. The range holds 80 % if they are, with what we do not
    know of the mean in it: Student's prediction interval ``s √(h + h²/n)`` (Hahn and Meeker, *Statistical
    Intervals*, 1991, 4.8). Three changes is the fewest to say anything. A stock is never below zero.
    """
    if len(changes) < FEWEST_CHANGES:
        return None
    middle = now + months * fmean(changes)
    reach = _student(len(changes) - 1) * sqrt(variance(changes) * (months + months**2 / len(changes)))
    return max(middle - reach, 0.0), max(middle, 0.0), max(middle + reach, 0.0)


def _student(freedom: int) -> float:
    """Give the 90 % point of Student's t: Abramowitz and Stegun, 26.7.5, to the second term."""
    first = (_Z**3 + _Z) / 4
    second = (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / 96
    return _Z + first / freedom + second / freedom**2
