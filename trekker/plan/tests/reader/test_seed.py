"""The plan of 2026, read whole."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import date

from trekker.plan.reader import compare, read
from trekker.plan.reader.compare import only_changes
from trekker.plan.reader.proposal import Level, MomentKind, PassageKind
from trekker.plan.tests.reader.promised import as_promised

LEADS = {
    "OD1.1": (("VVSG",), ("Mediawijs",)),
    "OD1.2": (("VVSG", "Mediawijs"), ()),
    "OD1.3": (("VVSG",), ()),
    "OD2.1": (("Mediawijs",), ("VVSG",)),
    "OD2.2": (("VVSG",), ()),
    "OD3.1": (("VVSG", "Mediawijs"), ()),
    "OD3.2": (("VVSG",), ()),
    "OD3.3": (("VVSG",), ("Mediawijs",)),
}


class TestGoals:
    def test_are_three_strategic_and_eight_operational_in_a_tree(self, seed):
        tree = {goal.code: (goal.level, goal.parent) for goal in seed.goals}

        assert tree == {
            **{f"SD{n}": (Level.STRATEGIC, None) for n in (1, 2, 3)},
            **{code: (Level.OPERATIONAL, f"SD{code[2]}") for code in LEADS},
        }

    def test_have_whole_titles(self, seed):
        titles = {goal.code: goal.title for goal in seed.goals}

        assert titles["SD3"].endswith("ervaren bij hun digitale-inclusiebeleid")
        assert titles["OD3.2"] == "VVSG geeft lokale besturen advies over digitale inclusie"

    def test_have_the_leads_and_partners_of_the_text(self, seed):
        found = {goal.code: (goal.leads, goal.partners) for goal in seed.goals if goal.code in LEADS}

        assert found == LEADS

    def test_say_which_code_was_misread(self, seed):
        texts = [each.text for each in seed.warnings if each.code == "code_misread"]

        assert texts == ["Code gelezen als OD2.2; er staat «0OD2.2»."]


class TestIndicators:
    def test_equal_the_reference_in_order_with_measure_filters_target_and_unit(self, seed, reference):
        found = seed.as_json()["indicators"]

        assert [(each["name"], as_promised(each["lines"])) for each in found] == [
            (each["id"], as_promised(each["lines"])) for each in reference
        ]

    def test_are_23_with_23_targets_and_one_narrative(self, seed):
        assert len(seed.indicators) == 23
        assert sum(len(each.lines) for each in seed.indicators) == 23
        assert [each.name for each in seed.indicators if each.narrative] == ["OD3.3-2"]

    def test_keep_a_rule_of_the_event_apart_from_the_target(self, seed):
        rules = {each.name: each.conditions for each in seed.indicators if each.conditions}

        assert rules == {"OD1.1-7": ("De sessie gaat pas door vanaf minimaal 3 inschrijvingen",)}

    def test_say_which_earlier_indicator_they_point_back_to(self, seed):
        inherited = {each.name: each.inherits for each in seed.indicators if each.inherits}

        assert inherited == {"OD1.1-2": "OD1.1-1", "OD1.2-2": "OD1.2-1"}

    def test_are_less_certain_where_the_reader_assumed(self, seed):
        doubtful = {each.name for each in seed.indicators if each.certainty < 0.85}

        assert doubtful == {"OD1.1-7", "OD3.1-2"}


class TestLines:
    def test_stand_each_in_exactly_one_node(self, seed, seed_lines):
        owned = Counter(number for node in seed.nodes() for number in node.source_lines)

        assert owned == Counter(range(1, len(seed_lines) + 1))

    def test_of_links_between_the_text_are_noise(self, seed):
        noise = [each.text for each in seed.passages if each.kind is PassageKind.NOISE]

        assert len(noise) == 3
        assert all(text.startswith("http") for text in noise)

    def test_after_the_last_list_are_the_closing_passage(self, seed):
        closing = [each for each in seed.passages if each.kind is PassageKind.CLOSING]

        assert [each.text.split()[:2] for each in closing] == [["Eind", "2025"]]


class TestMoments:
    def test_are_the_days_months_seasons_and_frequencies_of_the_year(self, seed):
        days = {each.start for each in seed.moments if each.kind is MomentKind.DAY}
        months = [each.start.month for each in seed.moments if each.kind is MomentKind.MONTH]
        times = [(each.goal, each.times) for each in seed.moments if each.times]

        assert days == {date(2026, 1, 8), date(2026, 1, 29), date(2026, 4, 24)}
        assert months == [2, 3, 3, 10, 1]
        assert times == [("OD1.1", 4)]


class TestReading:
    def test_gives_the_same_again(self, seed, seed_lines, measures):
        again = read(seed_lines, measures=measures)

        assert again == seed
        assert only_changes(compare(seed, again)) == []

    def test_fits_in_json(self, seed):
        assert json.loads(json.dumps(seed.as_json())) == seed.as_json()

    def test_takes_well_under_half_a_second(self, seed_lines, measures):
        spent = []
        for _ in range(3):  # what else the machine does weighs on processor time too
            started = time.process_time()
            read(seed_lines, measures=measures)
            spent.append(time.process_time() - started)

        assert min(spent) < 0.5
