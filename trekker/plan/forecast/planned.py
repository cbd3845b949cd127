"""What is ours to do: what is planned takes place or does not, and some of it is not planned yet."""

from __future__ import annotations

from collections.abc import Iterable

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


def still_to_come(times: Iterable[int], chance: float) -> Distribution:
    """Give how many planned things will count; each is planned so many times, and once is enough."""
    return Distribution.poisson_binomial(1 - (1 - chance) ** often for often in times)


def beyond_the_calendar(ahead: float, leads: Iterable[float], held: int) -> float:
    """
    Give for how much of the time ahead the calendar does not tell yet what will be held.

    Something a time ``s`` from now is not planned yet if it gets planned less than ``s`` before. At a
    steady pace that leaves ``∫ P(lead < s) ds = E[max(ahead - lead, 0)]``. Of ``held`` things before,
    ``leads`` has how long before they were planned, of those that were planned less than ``ahead`` before.
    """
    return sum(ahead - max(lead, 0.0) for lead in leads) / held if held else 0.0


def to_plan(coming: Distribution, needed: int, chance: float) -> int | None:
    """Give how many more to plan to be 8 in 10 sure of what is needed; nothing where fifty do not do."""
    for extra in range(MOST_EXTRA + 1):
        if coming.plus(Distribution.binomial(extra, chance)).chance(">=", needed) >= ENOUGH:  # type: ignore[arg-type]
            return extra
    return None
