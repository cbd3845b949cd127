"""The plan of 2026 under damage: at least 99 in 100 targets, and a word about whatever is lost."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from trekker.plan.reader import Proposal, read
from trekker.plan.tests.reader.damage import DAMAGES

SEEDS = range(8)
ALWAYS_THE_SAME = {"crlf", "no bullets", "60 columns", "110 columns", "lines broken at 60", "running heads"}


def targets(proposal: Proposal) -> Counter:
    """Count the targets by goal."""
    return Counter(
        (indicator.goal, line.comparator, line.target)
        for indicator in proposal.indicators
        for line in indicator.lines
    )


def lines(proposal: Proposal) -> Counter:
    """Count the lines with all that they measure."""
    return Counter(
        (indicator.goal, line.measure, line.target, line.unit, str(sorted(line.filters.items())))
        for indicator in proposal.indicators
        for line in indicator.lines
    )


@pytest.fixture(scope="module")
def damaged(seed_lines, measures):
    def read_under(name: str) -> list[Proposal]:
        text = "\n".join(seed_lines)
        return [
            read(DAMAGES[name](text, random.Random(number)).split("\n"), measures=measures)  # noqa: S311 - damage need not be secret
            for number in SEEDS[: 1 if name in ALWAYS_THE_SAME else None]
        ]

    return read_under


@pytest.mark.parametrize("name", DAMAGES)
class TestUnderDamage:
    def test_targets_are_right(self, name, damaged, seed):
        proposals = damaged(name)

        right = sum((targets(each) & targets(seed)).total() for each in proposals)
        false = sum((targets(each) - targets(seed)).total() for each in proposals)
        assert right >= 0.99 * 23 * len(proposals)
        assert false <= 0.01 * 23 * len(proposals)
        measured = sum((lines(each) & lines(seed)).total() for each in proposals)
        assert measured >= 0.97 * 23 * len(proposals)
        for each in proposals:
            assert len(each.goals) == 11
            lost = targets(seed) - targets(each)
            assert not lost or any(warning.source_lines for warning in each.warnings)
