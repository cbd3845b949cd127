"""Forecasts in plain Dutch: a word for the chance, with the number beside it."""

from __future__ import annotations

from decimal import Decimal

from trekker.plan.forecast.outlook import Outlook, Way

# From which chance each word holds; between «both ways» and its neighbours lie a third and two thirds.
ALMOST, THIRD = 0.05, 1 / 3
CLASSES = (
    (1 - ALMOST, "bijna zeker"),
    (1 - THIRD, "waarschijnlijk"),
    (THIRD, "kan beide kanten op"),
    (ALMOST, "onwaarschijnlijk"),
    (0.0, "bijna uitgesloten"),
)
GOALS = {
    ">=": "{} of meer",
    ">": "meer dan {}",
    "<=": "{} of minder",
    "<": "minder dan {}",
    "=": "precies {}",
}
FEW_DAYS = 45  # below this we count days, not months


def class_of(chance: float) -> str:
    """Give the word for a chance from 0 to 1."""
    return next(word for least, word in CLASSES if chance >= least)


def in_ten(chance: float) -> str:
    """Say a chance as so many in ten; what is almost sure or almost excluded never as ten or none."""
    if chance >= 1 - ALMOST:
        return "meer dan 9 op 10"
    if chance < ALMOST:
        return "minder dan 1 op 10"
    return f"ongeveer {min(max(round(10 * chance), 1), 9)} op 10"


def written(number: Decimal) -> str:
    """Write a number the Dutch way: 1.100 and 80,5."""
    exact = f"{round(number, 1).normalize():,f}"
    return exact.translate(str.maketrans(",.", ".,"))


def span(outlook: Outlook) -> str:
    """Say between which figures the year will likely end; nothing where nothing is known."""
    if outlook.low is None or outlook.high is None:
        return ""
    if outlook.low == outlook.high:
        return f"Waarschijnlijk {written(outlook.low)}."
    return f"Waarschijnlijk {written(outlook.low)} tot {written(outlook.high)}."


def goal(outlook: Outlook) -> str:
    """Say what the figure should come to: «6 of meer»."""
    return GOALS[outlook.comparator].format(written(outlook.target)) if outlook.target is not None else ""


def chance(outlook: Outlook) -> str:
    """Say how likely the target is; nothing where it is reached or where there is no chance to give."""
    if outlook.chance is None or outlook.is_reached:
        return ""
    return f"Kans op {goal(outlook)}: {class_of(outlook.chance)} ({in_ten(outlook.chance)})."


def time_left(outlook: Outlook) -> str:
    """Say how long the year still lasts."""
    if outlook.days_left < FEW_DAYS:
        return "1 dag" if outlook.days_left == 1 else f"{outlook.days_left} dagen"
    return f"{round(outlook.months_left)} maanden"


def need(outlook: Outlook) -> str:
    """Say what is still needed, or how much room is left; nothing where the target is reached."""
    needed = outlook.needed
    if needed is None or outlook.is_reached or not outlook.days_left:
        return ""
    if needed < 0 and outlook.comparator in (">=", ">"):  # a stock that can still fall
        return f"Nu {written(-needed)} boven het doel."
    if needed < 0:
        too_much = f"{written(-needed)} te veel"
        return f"Nu {too_much}." if outlook.way is Way.LEVEL else f"Al {too_much}."
    if outlook.comparator in ("<=", "<"):
        return f"Ruimte: nog {written(needed)} in {time_left(outlook)}."
    return f"Nodig: {written(needed)} in {time_left(outlook)}." if needed else ""


def pace(outlook: Outlook) -> str:
    """Say how much is needed each month, where that is one or more."""
    needed = outlook.needed
    if needed is None or outlook.is_reached or outlook.days_left < FEW_DAYS:
        return ""
    each = needed / Decimal(str(round(outlook.months_left)))
    return (
        f"Dat is {written(each)} per maand." if each >= 1 and outlook.comparator in (">=", ">", "=") else ""
    )


def told(outlook: Outlook) -> str:
    """Say all of it, as in «3 van 6. Waarschijnlijk 4 tot 12. Kans op 6 of meer: … Nodig: …»."""
    stands = written(outlook.value)
    if outlook.target is not None:
        stands += f" van {written(outlook.target)}"
    return " ".join(filter(None, (f"{stands}.", span(outlook), chance(outlook), need(outlook))))
