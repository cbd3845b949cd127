"""
Ways to read evaluations together, declared by the rooms that know what hangs together.

The editions of a course, the activities of a kind, those behind a goal of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trekker.feedback.models import EvaluationQuerySet
from trekker.kernel.periods import Period


@dataclass(frozen=True)
class Selection:
    """
    A way to read evaluations together: by kind, by theme, by goal of the plan.

    ``choices(period)`` gives pairs of key and label that have something in the period;
    ``evaluations(key, period)`` the evaluations of one of them. Both only pick whole evaluations, so
    that no two selections differ by fewer than all answers of one. ``name(key)`` names also one that
    has nothing in the period; it is empty for a key that does not exist.
    """

    code: str
    label: str
    choices: Callable[[Period], Sequence[tuple[str, str]]]
    evaluations: Callable[[str, Period], EvaluationQuerySet]
    name: Callable[[str], str]


SELECTIONS: dict[str, Selection] = {}


def declare_selection(selection: Selection) -> None:
    """
    Add a way to read evaluations together.

    :raises ValueError: if the code is taken
    """
    if selection.code in SELECTIONS:
        raise ValueError(f"Selection {selection.code} is declared twice")
    SELECTIONS[selection.code] = selection
