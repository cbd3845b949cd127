"""
Counts of people, rounded so that nobody can be told apart.

The more figures one measure has, the larger its steps: parts and their sum, each rounded, would else give the
parts away. See decision 0013.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from trekker.plan.forecast import MEETS
from trekker.reports.contents import Contents, Line
from trekker.ui import charts

FIVE = 5
SMALLEST = Decimal("0.01")  # figures have two decimals at most
ANSWERS = "feedback."  # what is said of a goal is a part of what such a measure counts


@dataclass(frozen=True)
class Rounded:
    """A count of people as it may be said: rounded ``down`` to a whole ``step``."""

    down: Decimal
    step: int

    @property
    def is_small(self) -> bool:
        """Whether it lies under the first step."""
        return self.down < self.step

    @property
    def said(self) -> str:
        """The count in words: *minder dan 5*, or *1.095 of meer*."""
        return f"minder dan {self.step}" if self.is_small else f"{charts.number(self.down)} of meer"

    @property
    def most(self) -> Decimal:
        """The highest count that reads the same."""
        return self.down + self.step - SMALLEST

    def meets(self, comparator: str, target: Decimal) -> bool | None:
        """Tell whether every count that reads the same meets a target; none where some do and some do not."""
        meets = MEETS[comparator]
        ends = {meets(self.down, target), meets(self.most, target)}
        if comparator == "=" and self.down <= target <= self.most:
            return None
        return ends.pop() if len(ends) == 1 else None


def rounded(value: Decimal | int, step: int = FIVE) -> Rounded:
    """Round a count of people down to whole steps."""
    steps = (Decimal(value) / step).to_integral_value(ROUND_FLOOR)
    return Rounded(steps * step, step)


@dataclass(frozen=True)
class Rounding:
    """
    In which steps each figure of one publication is rounded.

    Of n figures of one measure one may be the sum of the others. Each is known to within a step, so the sum
    of n - 1 parts tells of one of them only where the step is n - 1 at most: the step is always larger.
    """

    steps: Mapping[int, int]
    figures: Mapping[str, int]
    of_answers: int

    @classmethod
    def of(cls, contents: Contents, steps: Mapping[int, int]) -> Rounding:
        """Count the figures that may be parts of each other."""
        figures = Counter(line.measure for _goal, _promise, line in contents.every_line())
        # Of the goals too, one may tell of all that the others tell of, whether or not a line asks it.
        with_effect = sum(bool(goal.effect) for goal in contents.every_goal())
        asked = [code for code in figures if code.startswith(ANSWERS)]
        for code in asked:
            figures[code] += with_effect
        of_answers = FIVE * _fives(max([with_effect, *(figures[code] for code in asked)]))
        return cls(steps, figures, of_answers)

    def of_line(self, line: Line) -> int:
        """Give the step of one figure."""
        return self.steps.get(line.key, FIVE) * _fives(self.figures[line.measure])


def _fives(many: int) -> int:
    return max(-(-many // FIVE), 1)
