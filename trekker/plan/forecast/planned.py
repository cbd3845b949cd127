"""What is ours to do: what is planned takes place or does not, and some things are never planned ahead."""

from __future__ import annotations

from collections.abc import Iterable

from trekker.plan.forecast.asked import LAST_YEAR
from trekker.plan.forecast.distribution import Distribution

ENOUGH, MOST_EXTRA = 0.8, 50


def chance_of(took_place: int, planned: int) -> float:
    """
    Give the chance that something planned takes place, as ``k`` of ``n`` did before: ``(k + 1) / (n + 2)``.

    Laplace's rule of succession: the expected share when, beforehand, every share was as likely (Gelman
    et al., *Bayesian Data Analysis*, 3rd ed., 2.1).

    :raises ValueError: if more took place than was planned
    """
    if not 0 <= took_place <= planned:
        raise ValueError("No more can take place than was planned")
    return (took_place + 1) / (planned + 2)


def still_to_come(times: Iterable[int], chance: float, *, late: int = 0) -> Distribution:
    """
    Give how many of what is planned will count.

    ``times`` says of each thing how often it is planned; once is enough for it to count. ``late`` is how
    many came last year that nobody had planned by the same day; at half weight that is a gamma-Poisson, as
    in :mod:`asked`. Where there were none, none are expected.
    """
    found = Distribution.poisson_binomial(1 - (1 - chance) ** often for often in times)
    return found.plus(Distribution.negative_binomial(LAST_YEAR * late, late)) if late else found


def to_plan(coming: Distribution, needed: int, chance: float) -> int | None:
    """Give how many more to plan to be 8 in 10 sure of what is needed; nothing where that is over fifty."""
    for extra in range(MOST_EXTRA + 1):
        if coming.plus(Distribution.binomial(extra, chance)).chance(">=", needed) >= ENOUGH:  # type: ignore[arg-type]
            return extra
    return None
