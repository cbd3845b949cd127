"""What came of it, weeks later: of evaluations where at least five people told, each as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from trekker.feedback.models import FollowUp
from trekker.feedback.models.evaluation import LEAST
from trekker.feedback.queries.results import Reading


@dataclass(frozen=True)
class FollowedUp:
    """
    Of how many people who were asked again how many answered, and what came of it.

    ``left_out`` evaluations that are over do not count (yet): fewer than five people told there, or
    nobody was asked.
    """

    asked: int
    answered: int
    outcomes: tuple[tuple[str, int, float], ...]
    left_out: int

    @property
    def is_shown(self) -> bool:
        """Whether enough people told."""
        return self.answered >= LEAST


@dataclass(frozen=True)
class Told:
    """What helped people and what stood in their way, in their own words."""

    helped: tuple[str, ...]
    hindered: tuple[str, ...]


def told_later(reading: Reading, after: FollowedUp | None) -> Told | None:
    """
    Give what people told weeks later about evaluations whose follow-up is shown; nothing where none is.

    The order is that of numbers that say nothing.
    """
    if not after or not after.is_shown or after.left_out:
        return None
    rows = FollowUp.objects.of_ended_rounds().filter(response__evaluation__in=reading.evaluations)  # type: ignore[attr-defined]
    words = list(rows.exclude(outcome="").order_by("pk").values_list("helped", "hindered"))
    told = Told(
        tuple(helped for helped, _ in words if helped), tuple(hindered for _, hindered in words if hindered)
    )
    return told if told.helped or told.hindered else None


def followed_up(reading: Reading, kept_back: int = 0) -> FollowedUp | None:
    """
    Add up what came of it; nothing where nobody agreed to be asked again.

    ``kept_back`` evaluations that belong here are no part of the reading: too few people answered.
    """
    each_of = [reading.counts.outcomes[pk] for pk in reading.evaluations if pk in reading.counts.outcomes]
    if not each_of:
        return None
    shown = [rows for rows in each_of if sum(row.many for row in rows if row.word) >= LEAST]
    rows = [row for of_one in shown for row in of_one]
    answered = sum(row.many for row in rows if row.word)
    totals = [
        (label, sum(row.many for row in rows if row.word == value))
        for value, label in FollowUp.Outcome.choices
    ]
    return FollowedUp(
        asked=sum(row.many for row in rows if row.is_asked),
        answered=answered,
        outcomes=tuple((label, many, 100 * many / max(answered, 1)) for label, many in totals),
        left_out=len(reading.lines) - len(shown) + kept_back,
    )
