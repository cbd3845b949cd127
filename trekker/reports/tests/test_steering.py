"""A report of a year under way says what is on course, what needs work, and what it asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from trekker.plan.forecast import Outlook, Way
from trekker.reports.contents import Contents
from trekker.reports.formats.document import Heading, Points, Said
from trekker.reports.formats.steering import steering
from trekker.reports.tests.open_report import line, report


def lists(contents: Contents) -> dict[str, tuple[str, ...]]:
    blocks = list(steering(contents))
    pairs = ((one, two) for one, two in pairwise(blocks) if isinstance(two, Points))
    return {one.text: two.items_said for one, two in pairs if isinstance(one, Heading)}


class TestSteering:
    def test_sorts_figures_by_where_they_are_heading(self):
        well = line(
            3, "events.held", target=4, unit="sessies", course="on_course", foretold="Waarschijnlijk 4."
        )
        both = line(2, "events.held", target=4, course="both_ways")
        behind = line(1, "events.held", target=9, course="needs_work")
        reached = line(9, "events.held", target=9)

        found = lists(report(well, both, behind, reached))

        assert found["Op koers"][0] == "OD1 een belofte: 3 van 4 sessies. Waarschijnlijk 4."
        assert [len(found[name]) for name in ("Op koers", "Kan beide kanten op", "Vraagt werk")] == [2, 1, 1]
        assert found["Wat we vragen"] == ("OD1 een belofte: doen we meer, of passen we het doel aan?",)

    def test_asks_how_to_go_on_with_what_is_stuck(self):
        actions = (("Een kader maken.", "loopt vast", ""), ("Bellen", "bezig", ""))

        found = lists(report(goal={"actions": actions}))

        assert found["Wat we vragen"] == ("OD1 Een kader maken: dit loopt vast. Hoe gaan we verder?",)

    def test_says_so_when_it_asks_nothing(self):
        blocks = list(steering(report(line(9, target=9))))

        assert blocks[-1] == Said("We vragen nu geen beslissing.")

    def test_is_no_part_of_a_report_of_a_whole_year(self):
        whole = replace(report(line(1, target=9, course="needs_work")), last_day=date(2026, 12, 31))

        assert list(steering(whole)) == []


class TestCourse:
    def outlook(self, **facts) -> Outlook:
        known = {
            "way": Way.PLANNED,
            "value": Decimal(2),
            "target": Decimal(4),
            "comparator": ">=",
            "days_left": 90,
        }
        return Outlook(**{**known, **facts})

    @pytest.mark.parametrize(
        ("chance", "course"), [(0.9, "on_course"), (0.5, "both_ways"), (0.2, "needs_work"), (None, "")]
    )
    def test_follows_the_words_for_the_chance(self, chance, course):
        assert self.outlook(chance=chance).course == course

    @pytest.mark.parametrize(
        ("low", "high", "course"), [(4, 6, "on_course"), (3, 6, "both_ways"), (1, 3, "needs_work")]
    )
    def test_of_a_stock_follows_both_ends(self, low, high, course):
        ends = {"low": Decimal(low), "middle": Decimal(high), "high": Decimal(high)}

        assert self.outlook(way=Way.LEVEL, **ends).course == course

    def test_what_is_reached_is_on_course_and_without_a_target_there_is_none(self):
        assert self.outlook(value=Decimal(4), chance=None).course == "on_course"
        assert self.outlook(target=None, chance=0.1).course == ""
