"""
Forecasts on thousands of invented years, three and six months in: ours against simpler ones.

``python -m tests.load.forecast`` prints, for what is asked of us and for what we plan ourselves, the
Brier score (the mean squared distance between a chance and what came; 0 is perfect, always saying a
half gives 0.25) of our forecast, of a straight line and of a Poisson with the rate so far, and how
often the range of 80 % holds. It fails unless ours has the lowest score and its range holds 75 to 95 %.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp

from trekker.plan.forecast import Distribution, asked, planned
from trekker.plan.forecast.outlook import HIGH, LOW

YEARS = 6_000
LEAST, MOST = 0.75, 0.95
MONTHS = 12


@dataclass(frozen=True)
class Year:
    """A year as it stands on a day, how it ended, and what was promised; ``ours`` is what is to come."""

    so_far: int
    elapsed: float
    final: int
    target: int
    ours: Distribution


def poisson(pick: random.Random, mean: float) -> int:
    """Draw a count: the number of arrivals, exponentially spaced, in one unit of time (Knuth)."""
    count, left = 0, pick.random()
    while left > exp(-mean):
        count, left = count + 1, left * pick.random()
    return count


def asked_of_us(pick: random.Random, month: int) -> Year:
    """Invent a year in which others ask: the rate drifts, and targets lie far below to far above it."""
    elapsed = month / MONTHS
    usual = pick.gammavariate(2.5, 2.8)
    last_year, rate = poisson(pick, usual), usual * exp(pick.gauss(0, 0.2))
    so_far, rest = poisson(pick, rate * elapsed), poisson(pick, rate * (1 - elapsed))
    target = max(round(usual * pick.uniform(0.4, 1.8)), 1)
    return Year(so_far, elapsed, so_far + rest, target, asked.still_to_come(so_far, elapsed, last_year))


def ours_to_do(pick: random.Random, month: int) -> Year:
    """
    Invent two years that we plan: things of which some drop out, put in the calendar some time before.

    One programme plans all of it a year ahead, another a few weeks; the second year is the one foretold.
    """
    elapsed, ahead = month / MONTHS, 1 - month / MONTHS
    usual, kept = pick.gammavariate(4, 2), pick.betavariate(9, 1.5)
    usual_lead = pick.choice((0.05, 0.2, 0.5, 1.5))
    now = 1 + elapsed
    things = [
        (2 * pick.random(), pick.expovariate(1 / usual_lead), pick.random() < kept)
        for _ in range(poisson(pick, 2 * usual))
    ]
    over = [(lead, held) for moment, lead, held in things if moment < now]
    leads = [lead for lead, held in over if held]
    last_year = sum(held for moment, _lead, held in things if moment < 1)
    so_far = len(leads) - last_year
    planned_ahead = sum(moment >= now and moment - lead < now for moment, lead, _held in things)
    coming = planned.still_to_come([1] * planned_ahead, planned.chance_of(len(leads), len(over)))
    late = [lead for lead in leads if lead < ahead]
    beyond = planned.beyond_the_calendar(ahead, late, len(leads))
    if beyond:
        coming = coming.plus(asked.at_pace(so_far, elapsed, last_year, beyond))
    final = sum(held for _moment, _lead, held in things) - last_year
    target = max(round(usual * pick.uniform(0.5, 1.4)), 1)
    return Year(so_far, elapsed, final, target, coming)


def straight_line(year: Year) -> Distribution:
    """Expect the rest of the year to go as it went so far, for certain."""
    return Distribution.certain(round(year.so_far / year.elapsed * (1 - year.elapsed)))


def plug_in(year: Year) -> Distribution:
    """Expect a Poisson with the rate so far, as if that were the rate."""
    return Distribution.poisson(year.so_far / year.elapsed * (1 - year.elapsed))


FORECASTS: dict[str, Callable[[Year], Distribution]] = {
    "ours": lambda year: year.ours,
    "straight line": straight_line,
    "plug-in Poisson": plug_in,
}


def scored(years: list[Year], forecast: Callable[[Year], Distribution]) -> tuple[float, float]:
    """Give the Brier score over these years, and the part of them within the range of 80 %."""
    missed, within = 0.0, 0
    for year in years:
        coming = forecast(year)
        came = year.final - year.so_far
        missed += (coming.chance(">=", year.target - year.so_far) - (year.final >= year.target)) ** 2
        within += coming.quantile(LOW) <= came <= coming.quantile(HIGH)
    return missed / len(years), within / len(years)


def broken() -> Iterator[str]:
    """Print every score, and give each promise that does not hold."""
    for kind, invent in (("asked of us", asked_of_us), ("ours to do", ours_to_do)):
        for month in (3, 6):
            pick = random.Random(month)  # noqa: S311 - invented years, the same every time
            years = [invent(pick, month) for _ in range(YEARS)]
            found = {name: scored(years, forecast) for name, forecast in FORECASTS.items()}
            print(f"{kind}, {month} months in, {YEARS:,} years")
            for name, (brier, within) in found.items():
                print(f"  {name:16} Brier {brier:.3f}   80 % range holds {within:4.0%}")
            brier, within = found["ours"]
            if any(other <= brier for name, (other, _within) in found.items() if name != "ours"):
                yield f"{kind} at month {month}: a simpler forecast does as well"
            if not LEAST <= within <= MOST:
                yield f"{kind} at month {month}: the range holds {within:.0%}"


def main() -> int:
    """Score them all, and tell whether the promises hold."""
    faults = list(broken())
    for fault in faults:
        print(f"broken: {fault}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
