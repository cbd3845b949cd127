"""The plan of the demo, read by the real reader."""

from __future__ import annotations

import re

import pytest

from trekker.demo import plan_text
from trekker.plan.reader import extract, read
from trekker.plan.reader.proposal import PassageKind
from trekker.plan.tests.reader.promised import as_promised, reference_indicators, without_database


@pytest.fixture(scope="module", params=["text", "docx"])
def proposal(request):
    if request.param == "text":
        lines = plan_text.TEXT.splitlines()
    else:
        lines = extract(plan_text.build_docx(), "jaarplan.docx")
    return read(lines, measures=without_database())


class TestDemoPlan:
    def test_has_three_strategic_and_eight_operational_goals(self, proposal):
        assert [goal.code for goal in proposal.goals] == [
            *("SD1", "OD1.1", "OD1.2", "OD1.3"),
            *("SD2", "OD2.1", "OD2.2"),
            *("SD3", "OD3.1", "OD3.2", "OD3.3"),
        ]

    def test_has_its_leads(self, proposal):
        leads = {goal.code: goal.leads for goal in proposal.goals}

        assert leads["OD1.1"] == ("VVSG",)
        assert leads["OD1.2"] == ("VVSG", "Mediawijs")
        assert leads["OD2.1"] == ("Mediawijs",)

    def test_has_23_indicators_with_23_targets_and_one_narrative(self, proposal):
        assert len(proposal.indicators) == 23
        assert sum(len(each.lines) for each in proposal.indicators) == 23
        assert [each.name for each in proposal.indicators if each.narrative] == ["OD3.3-2"]
        assert all(line.measure for each in proposal.indicators for line in each.lines)

    def test_measures_what_the_plan_of_2026_measures(self, proposal):
        found = proposal.as_json()["indicators"]

        assert [(each["name"], as_promised(each["lines"])) for each in found] == [
            (each["id"], as_promised(each["lines"])) for each in reference_indicators()
        ]

    def test_ends_in_a_closing_passage(self, proposal):
        assert proposal.passages[-1].kind is PassageKind.CLOSING

    def test_has_no_sentence_over_twenty_words(self):
        sentences = re.split(r"[.?!:]\s|\n", plan_text.TEXT.replace("\\\n", ""))

        assert max(len(sentence.split()) for sentence in sentences) <= 20
