"""Plans in other shapes, and texts that are no plan."""

from __future__ import annotations

import time
from datetime import date

import pytest

from trekker.plan.reader import NotAPlan, read
from trekker.plan.reader.proposal import Level, MomentKind, PassageKind
from trekker.plan.tests.reader import shapes


@pytest.fixture
def reading(measures):
    def of(text: str, **given):
        return read(text.split("\n"), measures=measures, **given)

    return of


def promised(proposal):
    """Give each line in short: goal, measure, comparator, target, unit."""
    return [
        (each.goal, line.measure, line.comparator, line.target, line.unit)
        for each in proposal.indicators
        for line in each.lines
    ]


class TestMunicipalCodes:
    def test_give_a_tree_of_three_levels(self, reading):
        goals = [(goal.code, goal.level, goal.parent) for goal in reading(shapes.BBC).goals]

        assert goals == [
            ("BD1", Level.STRATEGIC, None),
            ("AP1.1", Level.OPERATIONAL, "BD1"),
            ("AC1.1.1", Level.ACTION, "AP1.1"),
            ("AC1.1.2", Level.ACTION, "AP1.1"),
            ("AP1.2", Level.OPERATIONAL, "BD1"),
        ]

    def test_give_targets_with_every_comparator_and_scale(self, reading):
        assert promised(reading(shapes.BBC)) == [
            ("AC1.1.1", None, ">=", 40, "zitdagen"),
            ("AC1.1.2", "participations.hours", ">=", 1000, "deelnemersuren"),
            ("AC1.1.2", "participations.hours", "<=", 1200, "deelnemersuren"),
            ("AC1.1.2", None, ">", 7, "op 10"),
            ("AC1.1.2", "feedback.applied_share", ">=", 90, "procent"),
            ("AP1.2", "events.held", "<=", 3, "focusgroepen"),
            ("AP1.2", "events.held", ">", 12, "infosessies"),
        ]

    def test_take_leads_and_partners_from_label_lines(self, reading):
        goal = reading(shapes.BBC).goals[2]

        assert (goal.leads, goal.partners) == (("Bibliotheek Wilgendaal",), ("OCMW",))

    def test_make_a_date_a_deadline_and_not_a_target(self, reading):
        proposal = reading(shapes.BBC)

        deadlines = [each.start for each in proposal.moments if each.kind is MomentKind.DEADLINE]
        assert deadlines == [date(2026, 6, 30), date(2026, 9, 15)]
        assert "date_target" in {each.code for each in proposal.warnings}

    def test_leave_open_what_no_measure_counts(self, reading):
        warned = [each.text for each in reading(shapes.BBC).warnings if each.code == "no_measure"]

        assert warned[0] == "Voor «40 zitdagen» is geen maat gevonden. Kies er zelf een."


class TestPlainNumbering:
    def test_gives_goals_and_their_lists(self, reading):
        proposal = reading(shapes.NUMBERED)

        assert [(goal.code, goal.parent) for goal in proposal.goals] == [
            ("7", None),
            ("7.1", "7"),
            ("7.1.1", "7.1"),
            ("7.1.2", "7.1"),
        ]
        assert promised(proposal) == [
            ("7.1.1", "events.held", ">=", 3, "bijeenkomsten"),
            ("7.1.1", "participations.count", ">=", 50, "deelnames"),
            ("7.1.2", "courses.given", ">=", 2, "opleidingen"),
        ]
        assert [each.name for each in proposal.indicators] == ["7.1.1-1", "7.1.1-2", "7.1.2-1"]


class TestContents:
    def test_are_no_goals(self, reading):
        proposal = reading(shapes.CONTENTS)

        assert [goal.source_lines[0] for goal in proposal.goals] == [7, 9, 16]
        assert [each.source_lines for each in proposal.passages if each.kind is PassageKind.CONTENTS] == [
            (1, 2, 3, 4, 5, 6)
        ]


class TestLostCode:
    def test_is_recovered_from_the_order_and_said(self, reading):
        proposal = reading(shapes.LOST)

        assert [goal.code for goal in proposal.goals] == ["SD1", "OD1.1", "OD1.2", "OD1.3"]
        assert proposal.goals[2].certainty == 0.5
        assert {"code_lost", "heading_misread"} <= {each.code for each in proposal.warnings}

    def test_of_the_last_goal_is_recovered_at_its_list(self, reading):
        text = shapes.LOST.replace("OD1.3 De", "De")

        assert [goal.code for goal in reading(text).goals] == ["SD1", "OD1.1", "OD1.2", "OD1.3"]

    def test_without_a_likely_title_is_only_said(self, reading):
        text = shapes.LOST.replace("De Kring schrijft een nieuwsbrief\n", "")

        codes = {each.code for each in reading(text).warnings}
        assert {"two_lists", "code_missing"} <= codes


class TestOneGoal:
    HEAD = "SD1 De Kring verbindt\n\nOD1.1 De Kring komt samen\n\nIndicatoren 2026:\n\n"

    @pytest.mark.parametrize(
        ("words", "comparator", "target"),
        [
            ("- l0 bijeenkomsten", ">=", 10),
            ("- minimaal twaalf bijeenkomsten", ">=", 12),
            ("- ten hoogste 1 100 bijeenkomsten", "<=", 1100),
            ("- minder dan 7,5 bijeenkomsten", "<", 7.5),
            ("- een bijeenkomst", ">=", 1),
            ("- minstens 4 bijeenkomsten, indien er 3 aanvragen zijn", ">=", 4),
            ("x minstens 4 bijeenkomsten", ">=", 4),
            ("-\nminstens 4 bijeenkomsten", ">=", 4),
        ],
    )
    def test_reads_the_target(self, reading, words, comparator, target):
        proposal = reading(self.HEAD + words)

        assert promised(proposal) == [("OD1.1", "events.held", comparator, target, "bijeenkomsten")]

    def test_warns_for_a_promise_without_a_number(self, reading):
        proposal = reading(
            self.HEAD + "- iedereen is tevreden over de bijeenkomsten\n- minstens 2 bijeenkomsten"
        )

        assert "no_target" in {each.code for each in proposal.warnings}
        assert proposal.indicators[0].lines == ()

    def test_counts_a_part_of_the_same_thing(self, reading):
        lines = (
            reading(self.HEAD + "- minstens 4 bijeenkomsten, waarvan minstens 1 fysiek").indicators[0].lines
        )

        assert [(line.target, dict(line.filters)) for line in lines] == [
            (4, {"kind": ["network_meeting"]}),
            (1, {"kind": ["network_meeting"], "format": ["physical"]}),
        ]

    def test_ends_at_a_closing_heading(self, reading):
        proposal = reading(self.HEAD + "- minstens 4 bijeenkomsten\n\nBesluit\n\nTot volgend jaar.")

        closing = [each for each in proposal.passages if each.kind is PassageKind.CLOSING]
        assert [(each.goal, each.text) for each in closing] == [(None, "Tot volgend jaar.")]

    def test_takes_the_year_that_is_given(self, reading):
        text = self.HEAD.replace("2026", "") + "- minstens 4 bijeenkomsten, op 3 mei"

        assert [each.start for each in reading(text, year=2031).moments] == [date(2031, 5, 3)]


class TestNoPlan:
    @pytest.mark.parametrize("text", ["", shapes.LETTER, shapes.RECIPE, "SD1 Enkel een titel\n\nen tekst"])
    def test_is_refused_with_a_sentence_that_says_how_to_go_on(self, reading, text):
        with pytest.raises(NotAPlan, match="Kies een ander bestand, of typ het plan zelf in"):
            reading(text)

    def test_of_endless_lines_is_refused_at_once(self, reading):
        with pytest.raises(NotAPlan, match="te lang"):
            reading("OD1.1 x\n" * 30_000)


class TestDoubtfulCodes:
    PLAN = "SD1 De Kring verbindt\n\n{}\n\nIndicatoren 2026:\n- minstens 4 bijeenkomsten\n"

    def codes(self, proposal):
        return [goal.code for goal in proposal.goals], {each.code for each in proposal.warnings}

    def test_that_stand_twice_are_read_as_the_next(self, reading):
        titles = "OD1.1 Samen komen\n\nWe komen samen.\n\nOD1.1 Samen leren"

        found, warned = self.codes(reading(self.PLAN.format(titles)))

        assert found == ["SD1", "OD1.1", "OD1.2"]
        assert "code_twice" in warned

    def test_that_only_refer_are_text(self, reading):
        titles = "OD1.1 Samen komen\n\nDit hangt samen met\nOD1.1 en met wat in\nSD1 staat."

        found, _ = self.codes(reading(self.PLAN.format(titles)))

        assert found == ["SD1", "OD1.1"]

    def test_that_skip_one_say_so(self, reading):
        found, warned = self.codes(reading(self.PLAN.format("OD1.2 Samen komen")))

        assert found == ["SD1", "OD1.2"]
        assert "code_missing" in warned

    @pytest.mark.parametrize(
        "code", ["0D1.1", "OD l.1", "O D 1 . 1", "OD1,1:", "ODI.I", "QD1.1", "XD1.1", "jd 1,1", "ODx.1"]
    )
    def test_that_are_misread_are_recovered_and_said(self, reading, code):
        proposal = reading(self.PLAN.format(f"{code} Samen komen"))

        assert [(goal.code, goal.title) for goal in proposal.goals] == [
            ("SD1", "De Kring verbindt"),
            ("OD1.1", "Samen komen"),
        ]

    def test_without_parent_title_or_indicator_say_so(self, reading):
        proposal = reading(
            "OD2.1 Samen komen\n\nIndicatoren:\n- minstens 4 bijeenkomsten\n\nOD2.2\n\nOD2.3 Leren"
        )

        warned = {each.code for each in proposal.warnings}
        assert {"no_parent", "no_indicator"} <= warned


class TestMoments:
    HEAD = TestOneGoal.HEAD + "- minstens 4 bijeenkomsten\n\nOD1.2 De Kring plant\n\n"

    @pytest.mark.parametrize(
        ("words", "start", "end"),
        [
            ("We starten op 12/03/2026.", (3, 12), (3, 12)),
            ("We starten in het tweede kwartaal van 2026.", (4, 1), (6, 30)),
            ("We starten in Q4 2026.", (10, 1), (12, 31)),
            ("We starten eind 2026.", (10, 1), (12, 31)),
            ("We starten uiterlijk op 1 mei.", (5, 1), (5, 1)),
        ],
    )
    def test_are_read_from_many_forms(self, reading, words, start, end):
        moments = reading(self.HEAD + words).moments

        assert [((m.start.month, m.start.day), (m.end.month, m.end.day)) for m in moments] == [(start, end)]

    @pytest.mark.parametrize(
        "words", ["We starten op 31 februari.", "We startten op 12/14/2026 en op 3 mei 2025."]
    )
    def test_that_cannot_be_or_are_past_are_left_out(self, reading, words):
        assert reading(self.HEAD + words).moments == ()

    def test_say_how_often(self, reading):
        moments = reading(
            self.HEAD + "We komen maandelijks samen. Dat gaat van wekelijks naar minder."
        ).moments

        assert [each.times for each in moments] == [12]


class TestLabels:
    def test_of_actions_lead_to_actions(self, reading):
        text = TestOneGoal.HEAD.replace(
            "Indicatoren", "Acties:\n- zaal huren\n\nInitatiefnemer: VVSG\n\nIndicatoren"
        )

        proposal = reading(text + "- minstens 4 bijeenkomsten")

        assert [each.text for each in proposal.actions] == ["Acties:", "zaal huren"]
        assert proposal.goals[1].leads == ("VVSG", "Kring")
        assert "heading_misread" in {each.code for each in proposal.warnings}


class TestHostileText:
    @pytest.mark.parametrize(
        "text",
        [
            "www." * 1_200 + " x",
            " " * 4_900 + "x",
            "." * 4_900 + "x",
            "O" * 4_900,
            "\n".join("woord" * 12 for _ in range(5_000)),
            "\n".join(f"OD{n}.1 Doel" for n in range(1, 99)) * 20,
        ],
    )
    def test_takes_a_few_seconds_at_most(self, reading, text):
        started = time.process_time()

        with pytest.raises(NotAPlan):
            reading("OD1.1 Doel\n\n" + text)

        assert time.process_time() - started < 5
