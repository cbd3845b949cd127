"""Two readings of a plan, compared."""

from __future__ import annotations

import pytest

from trekker.plan.reader import compare, only_changes, read
from trekker.plan.reader.compare import Kind
from trekker.plan.tests.reader import shapes

PLAN = shapes.LOST.replace("De Kring schrijft", "OD1.2 De Kring schrijft").replace("Indik", "Indic")


@pytest.fixture
def changed(measures):
    """Give what a change of the text changes, in short."""

    def after(text: str):
        old, new = (read(each.split("\n"), measures=measures) for each in (PLAN, text))
        return [
            (change.kind, type(change.old or change.new).__name__, change.goal)
            for change in only_changes(compare(old, new))
        ]

    return after


class TestCompare:
    def test_of_the_same_text_changes_nothing(self, changed):
        assert changed(PLAN) == []

    def test_does_not_mind_other_line_ends_and_capitals(self, changed):
        assert changed(PLAN.replace("uit, zoals", "uit,\nzoals")) == []

    def test_sees_another_target(self, changed):
        text = PLAN.replace("minstens 2 bijeenkomsten", "minstens 3 bijeenkomsten")

        assert changed(text) == [(Kind.CHANGED, "Indicator", "OD1.1")]

    def test_sees_another_title(self, changed):
        text = PLAN.replace("OD1.1 De Kring houdt bijeenkomsten", "OD1.1 De Kring houdt meer bijeenkomsten")

        assert changed(text) == [(Kind.CHANGED, "Goal", "OD1.1")]

    def test_sees_what_came_and_went(self, changed):
        text = PLAN.replace("- minstens 5 adviesgesprekken", "- minstens 7 focusgroepen")

        assert changed(text) == [(Kind.DROPPED, "Indicator", "OD1.3"), (Kind.ADDED, "Indicator", "OD1.3")]

    def test_knows_a_goal_again_that_got_another_number(self, changed):
        swapped = (
            PLAN.replace("OD1.2 De", "OD1.9 De").replace("OD1.3 De", "OD1.2 De").replace("OD1.9", "OD1.3")
        )

        assert {kind for kind, _, _ in changed(swapped)} == {Kind.CHANGED}

    def test_does_not_trust_a_code_alone(self, changed):
        text = PLAN.replace("OD1.1 De Kring houdt bijeenkomsten", "OD1.1 Grachten worden uitgebaggerd")

        kinds = [kind for kind, name, _ in changed(text) if name == "Goal"]
        assert kinds == [Kind.DROPPED, Kind.ADDED]

    def test_sees_an_action_that_changes(self, changed):
        text = PLAN.replace("nodigt iedereen uit", "nodigt alle inwoners uit")

        assert changed(text) == [(Kind.CHANGED, "Action", "OD1.1")]
