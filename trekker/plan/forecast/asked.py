"""What is asked of us: it comes at a pace that we learn from this year and, at half weight, the last."""

from __future__ import annotations

from collections.abc import Iterable

from trekker.plan.forecast.distribution import Distribution

LAST_YEAR = 0.5  # how much a count of last year weighs beside one of this year
BEFOREHAND = 0.5  # the shape of what we believe before any count: Jeffreys' prior of a Poisson rate


def at_pace(so_far: int, elapsed: float, last_year: int | None, ahead: float) -> Distribution:
    """
    Give how much comes in a part ``ahead`` of a year, at the pace of this year and the last.

    ``so_far`` came in the part ``elapsed`` of the year, from 0 to 1, and ``last_year`` in the whole year
    before; nothing where nobody kept count then. The rate a year is then gamma with shape
    ``so_far + last_year / 2 + 1/2`` and rate ``elapsed + 1/2``; what comes, given the rate, is Poisson;
    together that is negative binomial (Gelman et al., *Bayesian Data Analysis*, 3rd ed., 2.6; weighting an
    earlier year: Ibrahim and Chen, *Power prior distributions*, 2000).

    :raises ValueError: if no time has passed and nothing is known of last year
    """
    known = last_year is not None
    shape = so_far + LAST_YEAR * (last_year or 0) + BEFOREHAND
    rate = elapsed + LAST_YEAR * known
    if not rate:
        raise ValueError("Nothing is known yet")
    return Distribution.negative_binomial(shape, shape / rate * ahead)


def still_to_come(
    so_far: int, elapsed: float, last_year: int | None = None, *, agreed: Iterable[float] = ()
) -> Distribution:
    """
    Give how much more will be asked before the year ends, at the pace of this year and the last.

    ``agreed`` has the chance of each thing that is agreed already: it cannot become less than what takes
    place of those.

    :raises ValueError: if no time has passed and nothing is known of last year
    """
    coming = at_pace(so_far, elapsed, last_year, 1 - elapsed)
    floor = Distribution.poisson_binomial(agreed)
    return coming.at_least(floor) if coming.step == floor.step == 1 else coming
