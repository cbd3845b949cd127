"""What leaves without an account: no number of people under five, however it is looked at."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trekker.kernel.measures import Subject, catalogue
from trekker.reports.contents import Contents, Evidence, Narrative, Part, Reach
from trekker.reports.formats import open_data
from trekker.reports.formats.openly import NEAR, ON_THE_MAP, WITHHELD, is_map_shown, published
from trekker.reports.formats.rounding import FIVE, rounded
from trekker.reports.queries.reach import MEMBER, TOOK_PART, WAYS
from trekker.reports.tests.open_report import NOW, line, report

ORGANISATIONS, THINGS = "members.organisations", "events.held"
COUNTS = st.integers(0, 400)
COMPARATORS = st.sampled_from([">=", ">", "<=", "<", "="])


def figures(contents: Contents, steps=None):
    return [
        figure
        for goal in published(contents, steps or {}).goals
        for promise in goal.promises
        for figure in promise.figures
    ]


def figure(*args, **facts):
    return figures(report(line(*args, **facts)))[0]


def as_bytes(contents: Contents, steps=None) -> bytes:
    plain = published(contents, steps or {}).plain()
    rows = [list(map(str, row)) for row in open_data.rows(plain)]
    return json.dumps([plain, rows], default=str).encode()


class TestPeople:
    def test_are_said_rounded_down(self):
        assert figure(1123).said == "1.120 of meer"
        assert figure(1123).value == 1120
        assert figure(1123).is_least

    @pytest.mark.parametrize("value", range(5))
    def test_under_five_are_no_number_and_zero_is_no_exception(self, value):
        assert figure(value).said == "minder dan 5"

    @given(COUNTS, st.integers(0, 4), st.integers(0, 4), st.one_of(st.none(), COUNTS), COMPARATORS)
    def test_two_registers_within_a_step_read_the_same_to_the_byte(
        self, base, one, other, target, comparator
    ):
        start = base // FIVE * FIVE

        def told(value):
            truth = {
                ">=": value >= (target or 0),
                ">": value > (target or 0),
                "<=": value <= (target or 0),
                "<": value < (target or 0),
                "=": value == (target or 0),
            }[comparator]
            state = ("reached", "gehaald") if target is not None and truth else ("missed", "niet gehaald")
            way = ((date(2026, 1, 31), Decimal(value)), (date(2026, 2, 28), Decimal(value)))
            gaps = ((value, "leden zonder organisatie"),) if value % 2 else ()
            facts = {"comparator": comparator, "state": state, "trend": way, "unknown": gaps}
            facts["goal_words"] = "het doel"
            facts["foretold"] = f"{value} van {target}"
            facts["evidence"] = Evidence(pks=range(value), organisations=[0] * value)
            return as_bytes(report(line(value, target=target, **facts)))

        assert told(start + one) == told(start + other)

    @given(st.lists(COUNTS, min_size=2, max_size=12))
    def test_no_difference_of_two_figures_is_between_nothing_and_five(self, values):
        way = tuple((date(2026, month, 1), Decimal(value)) for month, value in enumerate(sorted(values), 1))

        found = figure(max(values), trend=way)

        said = [value for _day, value, _said in found.trend]
        assert all(after == before or after - before >= FIVE for before, after in pairwise(said))

    @given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
    def test_parts_and_their_sum_never_give_a_part_under_five_away(self, parts):
        lines = [line(value, key=key) for key, value in enumerate([*parts, sum(parts)], 1)]
        *of_parts, of_sum = figures(report(*lines))
        step = FIVE * -(-(len(parts) + 1) // FIVE)

        blocks = [range(each.value, each.value + step) for each in of_parts]
        fitting = [guess for guess in product(*blocks) if of_sum.value <= sum(guess) < of_sum.value + step]

        for place, value in enumerate(parts):
            guesses = {guess[place] for guess in fitting}
            assert value in guesses
            if value < FIVE:
                assert len(guesses) > 1

    def test_many_figures_of_one_measure_are_rounded_in_larger_steps(self):
        fives = figures(report(*(line(4, key=key) for key in range(1, 6)), line(20, key=6)))

        assert {each.said for each in fives} == {"minder dan 10", "20 of meer"}

    @pytest.mark.parametrize(
        ("value", "state"), [(99, "running"), (100, "near"), (104, "near"), (105, "reached")]
    )
    def test_a_target_within_the_step_is_neither_reached_nor_missed(self, value, state):
        assert figure(value, target=103).state[0] == state
        assert NEAR[0] == "near"

    def test_who_is_no_longer_declared_counts_as_people(self):
        assert figure(3, "gone.measure").said == "minder dan 5"

    def test_what_is_still_unknown_is_said_only_of_things(self):
        lists = figure(70, "participations.count", unknown=((2, "activiteiten zonder aanwezigheidslijst"),))
        persons = figure(70, "participations.count", unknown=((1, "deelname zonder organisatie"),))

        assert lists.may_rise
        assert not persons.may_rise


class TestOthers:
    def test_activities_are_said_as_they_are(self):
        found = figure(1, THINGS, target=4)

        assert (found.said, found.is_least, found.share) == ("1", False, 25)

    def test_few_organisations_of_people_tell_of_few_people(self):
        assert figure(4, ORGANISATIONS).said == "minder dan 5"
        assert figure(7, ORGANISATIONS).said == "7"
        assert figure(7, ORGANISATIONS, trend=((date(2026, 1, 31), Decimal(4)),)).trend == (
            ("2026-01-31", 0, "minder dan 5"),
        )

    def test_what_has_no_figure_says_so(self):
        found = figure(None, "conversations.held", target=6, state=("no_register", "nog geen register"))

        assert (found.said, found.value, found.state[1]) == ("", None, "nog geen register")


class TestShares:
    def share(self, part, whole, target=None):
        evidence = Evidence(
            pks=[1], contributions=[Decimal(part)], wholes=[Decimal(whole)], organisations=[0]
        )
        value = Decimal(100 * part) / whole
        facts = {"is_share": True, "evidence": evidence, "unit": "procent"}
        return figure(value, "feedback.can_use_share", target=target, **facts)

    def test_follow_from_two_rounded_counts(self):
        assert self.share(33, 58).value == self.share(30, 55).value == 54

    def test_of_too_few_are_not_shown(self):
        found = self.share(3, 4)

        assert (found.value, found.said, found.state) == (None, "", WITHHELD)

    @given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 100))
    def test_read_the_same_within_a_step(self, part, more, target):
        whole = max(part + more, 1)
        low, high = part // FIVE * FIVE, whole // FIVE * FIVE
        if low + 4 <= high:
            assert self.share(low, high or 1, target).said == self.share(low + 4, high + 4, target).said

    def test_say_that_a_target_is_near_where_rounding_hides_it(self):
        assert self.share(33, 58, target=57).state == NEAR
        assert self.share(57, 58, target=20).state[0] == "reached"

    def test_without_their_parts_are_not_shown(self):
        found = figure(Decimal(80), "feedback.can_use_share", is_share=True)

        assert found.state == WITHHELD


class TestEffect:
    def test_is_said_in_rounded_counts(self):
        parts = (
            Part(label="kan ermee aan de slag", count=33, of=58),
            Part(label="deed er iets mee", count=3, of=6),
        )

        goal = published(report(goal={"effect": parts}), {}).goals[0]

        assert [(each.count, each.of, each.share) for each in goal.effect] == [
            ("30 of meer", "55 of meer", 54),
            ("minder dan 5", "5 of meer", 0),
        ]

    def test_beside_a_figure_of_the_same_answers_takes_larger_steps(self):
        effect = (Part(label="kan ermee aan de slag", count=8, of=12),)
        lines = [line(30, "feedback.can_use", key=key) for key in range(5)]

        goal = published(report(*lines, goal={"effect": effect}), {}).goals[0]

        assert (goal.effect[0].count, goal.effect[0].of) == ("minder dan 10", "10 of meer")


class TestHours:
    @given(st.integers(1, 30), st.integers(0, 4))
    def test_fewer_than_five_people_never_fill_a_step(self, longest, people):
        hours = line(longest * people, "participations.hours", key=7)

        assert figures(report(hours), {7: FIVE * longest})[0].said == f"minder dan {FIVE * longest}"

    def test_five_do(self):
        assert figures(report(line(41, "participations.hours", key=7)), {7: 40})[0].said == "40 of meer"


class TestReach:
    def reach(self, members, took_part):
        counts = tuple(
            (label, count, 285) for label, count in zip(ON_THE_MAP, (members, took_part), strict=True)
        )
        return report(reach=Reach(drawing="<svg/>", caption="Kaart", source="Statbel", counts=counts))

    def test_shows_a_map_from_five_on(self):
        assert is_map_shown(self.reach(5, 5))
        assert not is_map_shown(self.reach(5, 4))
        assert published(self.reach(4, 9), {}).reach is None

    def test_knows_the_ways_of_the_map_by_their_names(self):
        assert tuple(way.label for way in WAYS if way.code in {MEMBER, TOOK_PART}) == ON_THE_MAP


class TestNames:
    def test_who_wrote_a_narrative_stays_inside_and_so_does_a_concept(self):
        told = Narrative(text="Het ging goed.", by="Pim Programma", at=NOW)
        concept = report(goal={"narrative": told}, introduction="Vooraf")
        fixed = replace(concept, fixed_on=date(2027, 1, 15))

        assert b"Het ging goed" not in as_bytes(concept)
        assert b"Vooraf" not in as_bytes(concept)
        assert b"Het ging goed" in as_bytes(fixed)
        assert b"Pim" not in as_bytes(fixed)

    def test_rows_and_their_organisations_stay_inside(self):
        evidence = Evidence(pks=[4242], organisations=[777])

        written = as_bytes(report(line(50, evidence=evidence), organisations={777: "Gemeente Klein"}))

        assert not any(secret in written for secret in (b"4242", b"777", b"Klein"))


class TestDeclarations:
    def test_only_these_measures_count_no_people(self):
        things = {code for code, each in catalogue.items() if each.subject is Subject.THINGS}
        organisations = {
            code for code, each in catalogue.items() if each.subject is Subject.THEIR_ORGANISATIONS
        }

        assert things == {
            *("conversations.held", "courses.given", "events.held", "issues.sent"),
            *("practices.published", "publications.published", "trajectories.started"),
        }
        assert organisations == {"members.organisations", "participations.organisations"}

    def test_what_adds_up_hours_of_people_says_how_long_things_last(self):
        hours = [
            each for each in catalogue.values() if each.subject is Subject.PEOPLE and "ur" in each.unit.many
        ]

        assert {each.code for each in hours} == {"participations.hours"}
        assert all(each.planning.turnout.hours for each in hours)


def test_rounding_never_says_more_than_there_is():
    assert all(rounded(value).down <= value <= rounded(value).most for value in range(200))
