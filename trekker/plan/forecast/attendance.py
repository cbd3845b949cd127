"""How many people come to what is planned, and for how many hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log1p, sqrt
from statistics import NormalDist, fmean, variance

from trekker.plan.forecast.distribution import Distribution
from trekker.plan.forecast.planned import chance_of

USUAL_SPREAD, USUAL_WEIGHT = 0.25, 2  # variance over the mean squared, as if seen at so many earlier times
MEANS = 5  # equally likely values of the mean that stand for what we do not know of it
FEWEST = 1e-9  # chances below this are left out
OFTEN, MANY = 10, 500  # times and persons beyond which the mean and variance of a sum tell enough


@dataclass(frozen=True)
class Before:
    """
    How many came each time before: the mean, and how much that differs from time to time.

    ``spread`` is the variance beyond that of a Poisson, over the mean squared. Few times say little of
    it, so that a usual spread counts as two times more. ``doubt`` is how unsure the mean itself is, as
    the standard deviation of its logarithm.
    """

    mean: float
    spread: float
    doubt: float

    @classmethod
    def of(cls, came: Sequence[float]) -> Before | None:
        """Learn from how many came each time before; nothing where nobody ever came."""
        mean = fmean(came) if came else 0.0
        if not mean:
            return None
        times = len(came)
        seen = max(variance(came) / mean**2 - 1 / mean, 0.0) if times > 1 else 0.0
        spread = (USUAL_WEIGHT * USUAL_SPREAD + (times - 1) * seen) / (USUAL_WEIGHT + times - 1)
        return cls(mean, spread, sqrt(log1p((spread + 1 / mean) / times)))

    def means(self) -> list[float]:
        """Give equally likely values of the mean, log-normal around the one that was seen."""
        normal = NormalDist()
        marks = (normal.inv_cdf((place + 0.5) / MEANS) for place in range(MEANS))
        return [self.mean * exp(self.doubt * mark - self.doubt**2 / 2) for mark in marks]

    def sum_of(self, times: Distribution, mean: float) -> Distribution:
        """
        Give how many come to an uncertain number of times together.

        Each time is negative binomial; the sum of ``k`` is so again, with ``k`` times its shape.
        """
        people = times.mean * mean
        if times.mean > OFTEN and people > MANY:
            # The variance of a sum of an uncertain number (Wald), and the negative binomial that has it.
            spread = times.mean * (mean + mean**2 * self.spread) + times.variance * mean**2
            return Distribution.negative_binomial(people**2 / (spread - people), people)
        parts = [
            (weight, Distribution.negative_binomial(int(count) / self.spread, int(count) * mean))
            for count, weight in zip(times.values, times.chances, strict=True)
            if weight > FEWEST
        ]
        whole = sum(weight for weight, _part in parts)
        return Distribution.mixture([(weight / whole, part) for weight, part in parts])

    def sum_of_all(self, groups: Sequence[tuple[Fraction, Distribution]]) -> Distribution:
        """Give the hours of several groups of times, each with its hours, whatever the mean may be."""
        sums = []
        for mean in self.means():
            total = Distribution.certain()
            for hours, times in groups:
                total = total.plus(self.sum_of(times, mean).times(hours))
            sums.append((1 / MEANS, total))
        return Distribution.mixture(sums)


@dataclass(frozen=True)
class Unplanned:
    """How many more things will be held that are not planned yet, and the hours each gets in all."""

    times: Distribution
    hours: Fraction = Fraction(1)


@dataclass(frozen=True)
class Planned:
    """Something planned: how many registered, whether that is all of them, and the hours that each gets."""

    registered: int = 0
    is_complete: bool = False
    hours: Fraction = Fraction(1)

    def is_told(self, share: float, usual: float) -> bool:
        """Whether the registrations say how many come, more than earlier times do."""
        return self.registered > 0 and (self.is_complete or self.registered * share > usual)


def still_to_come(
    planned: Sequence[Planned],
    chance: float,
    before: Before | None,
    *,
    came: int = 0,
    registered: int = 0,
    unplanned: Unplanned | None = None,
) -> Distribution | None:
    """
    Give how many people, or hours, the planned things will bring; nothing where nothing tells.

    Where the registrations are complete, or already more than usual, each who registered comes with the
    share of before: ``came`` of ``registered``, by Laplace's rule. Elsewhere, and for what is not planned
    yet, it is as before. What is unsure about the mean of before is the same for all, so that the sum is
    taken for five values of it.
    """
    share = chance_of(came, registered) if registered else 1.0
    usual = before.mean if before else 0.0
    other = Counter(each.hours for each in planned if not each.is_told(share, usual))
    if before is None and (other or not planned):
        return None
    found = Distribution.certain()
    for each in planned:
        if each.is_told(share, usual):
            one = Distribution.binomial(each.registered, share).if_happens(chance)
            found = found.plus(one.times(each.hours))
    groups = [(hours, Distribution.binomial(times, chance)) for hours, times in sorted(other.items())]
    if unplanned:
        groups.append((unplanned.hours, unplanned.times))
    return found.plus(before.sum_of_all(groups)) if before and groups else found
