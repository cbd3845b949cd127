from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trekker.network.tests.factories import NEWSLETTER, ChannelFactory, MembershipFactory
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import PersonFactory, PositionFactory
from trekker.plan.models import PlanVersion
from trekker.plan.queries.figures import State, as_json, behind, dashboard, figure, parties, tally
from trekker.plan.queries.versions import current_version, years
from trekker.plan.tests.factories import DAY, GoalFactory, IndicatorFactory, LineFactory, VersionFactory

pytestmark = pytest.mark.django_db
END, AFTER = date(2026, 12, 31), date(2027, 1, 4)


def members(count, from_on=date(2026, 2, 1), **fields):
    return [MembershipFactory(from_on=from_on, **fields) for _ in range(count)]


def figure_of(line, day=DAY, today=AFTER):
    return figure(line, line.indicator.goal.version, day, today=today)


class TestFigure:
    def test_counts_on_the_day_asked(self):
        line = LineFactory()
        members(1, from_on=date(2026, 2, 1))
        members(1, from_on=date(2026, 5, 1))

        assert figure_of(line, date(2026, 4, 30)).value == 1
        assert figure_of(line, date(2026, 5, 1)).value == 2

    def test_shows_the_way_there_month_by_month(self):
        line = LineFactory()
        members(1, from_on=date(2026, 2, 10))
        members(2, from_on=date(2026, 4, 10))

        trend = figure_of(line, date(2026, 4, 15)).trend

        assert [(point.day.isoformat(), point.value) for point in trend] == [
            ("2026-01-31", 0),
            ("2026-02-28", 1),
            ("2026-03-31", 1),
            ("2026-04-15", 3),
        ]

    @pytest.mark.parametrize(
        ("comparator", "count", "day", "state"),
        [
            (">=", 2, DAY, State.REACHED),
            (">=", 1, DAY, State.RUNNING),
            (">=", 1, END, State.MISSED),
            (">", 2, DAY, State.RUNNING),
            ("<=", 2, DAY, State.RUNNING),
            ("<=", 2, END, State.REACHED),
            ("<", 2, END, State.MISSED),
            ("=", 2, END, State.REACHED),
        ],
    )
    def test_says_how_it_stands(self, comparator, count, day, state):
        line = LineFactory(comparator=comparator)
        members(count)

        assert figure_of(line, day).state is state

    def test_misses_nothing_before_the_year_is_over(self):
        assert figure_of(LineFactory(), END, today=date(2026, 11, 22)).state is State.RUNNING

    def test_says_that_there_is_no_register_and_never_zero(self):
        found = figure_of(LineFactory(no_register=True))

        assert (found.state, found.value) == (State.NO_REGISTER, None)

    def test_says_that_a_line_is_still_to_be_set(self):
        assert figure_of(LineFactory(unset=True)).state is State.UNSET

    def test_says_that_a_line_with_a_forgotten_filter_is_to_be_set(self):
        assert figure_of(LineFactory(filters={"kleur": ["rood"]})).state is State.UNSET

    def test_says_what_is_unknown_beside_the_figure(self):
        members(3)

        found = figure_of(LineFactory(organisations=True))

        assert found.value == 0
        assert found.unknown == 3
        assert found.gaps[0].label == "leden zonder organisatie"

    def test_gives_what_is_missing_and_the_share(self):
        members(1)

        found = figure_of(LineFactory(target=4))

        assert (found.missing, found.share) == (3, 25)

    def test_counts_municipality_and_ocmw_once_and_follows_a_merger(self):
        successor = OrganisationFactory()
        old = OrganisationFactory(merged_into=successor, merged_on=date(2026, 4, 1))
        ocmw = OrganisationFactory(ocmw=True, counts_as=old)
        for organisation in (successor, old, ocmw):
            membership = MembershipFactory(from_on=date(2026, 1, 1))
            PositionFactory(person=membership.person, organisation=organisation)
        line = LineFactory(organisations=True)

        assert figure_of(line, date(2026, 3, 31)).value == 2
        assert figure_of(line, date(2026, 4, 1)).value == 1


class TestDashboard:
    def test_is_a_tree_of_goals_with_their_promises(self):
        top = GoalFactory(code="SD1", level="strategic")
        line = LineFactory(indicator__goal=GoalFactory(version=top.version, parent=top, code="OD1.1"))

        (found,) = dashboard(top.version, DAY, today=AFTER)

        assert found.goal == top
        assert found.below[0].promises[0].figures[0].line == line

    def test_narrows_to_a_lead_and_keeps_the_goal_above(self):
        top = GoalFactory(code="SD1", level="strategic")
        mine = GoalFactory(version=top.version, parent=top, code="OD1.1")
        GoalFactory(version=top.version, parent=top, code="OD1.2")
        mine.leads.create(party="Mediawijs")

        (found,) = dashboard(top.version, DAY, today=AFTER, lead="Mediawijs")

        assert [below.goal for below in found.below] == [mine]
        assert parties(top.version) == ["Mediawijs"]

    def test_narrows_to_a_goal_and_what_lies_below_it(self):
        top = GoalFactory(code="SD1", level="strategic")
        below = GoalFactory(version=top.version, parent=top, code="OD1.1")
        GoalFactory(version=top.version, code="SD2", level="strategic")

        assert [each.goal for each in dashboard(top.version, DAY, today=AFTER, goal="SD1")] == [top]
        assert dashboard(top.version, DAY, today=AFTER, goal="SD1")[0].below[0].goal == below
        assert dashboard(top.version, DAY, today=AFTER, goal="OD9.9") == []

    def test_tallies_states_and_what_asks_for_action(self):
        version = VersionFactory()
        goal = GoalFactory(version=version)
        members(2)
        LineFactory(indicator__goal=goal)
        LineFactory(indicator__goal=goal, unset=True)
        IndicatorFactory(goal=goal)
        IndicatorFactory(goal=goal, is_narrative=True)
        LineFactory(indicator__goal=goal, target=9)

        found = tally(dashboard(version, END, today=AFTER))

        assert dict(found.counts) == {
            "indicatoren": 5,
            "gehaald": 1,
            "niet gehaald": 1,
            "nog in te stellen": 1,
        }
        assert [asked for _, asked in found.tasks] == [
            "Kies hoe dit gemeten wordt.",
            "Voeg een meetlijn toe.",
            "Leg uit waarom dit niet gehaald is.",
        ]

    @pytest.mark.parametrize("lines", [1, 20])
    def test_asks_one_query_a_line_and_one_for_its_unknown(self, django_assert_num_queries, lines):
        goal = GoalFactory()
        LineFactory.create_batch(lines, indicator__goal=goal, organisations=True)
        fixed = 4

        with django_assert_num_queries(fixed + 2 * lines):
            dashboard(goal.version, DAY, today=AFTER)

    def test_reads_as_plain_values(self):
        members(3)
        line = LineFactory(indicator__text="minstens 2 leden")

        (promise,) = as_json(dashboard(line.indicator.goal.version, DAY, today=AFTER))

        assert promise["text"] == "minstens 2 leden"
        assert promise["lines"] == [
            {
                "measure": "members.count",
                "filters": {"channel": [NEWSLETTER]},
                "comparator": ">=",
                "value": 3,
                "target": 2,
                "unit": "leden",
                "state": "reached",
                "unknown": 0,
            }
        ]


class TestVersions:
    def test_the_newest_that_held_on_the_day_is_current(self):
        first = VersionFactory()
        second = VersionFactory(number=2, in_force_from=date(2026, 7, 1))
        VersionFactory(number=3, concept=True)
        every = PlanVersion.objects.all()

        assert current_version(every, year=2026, day=date(2026, 6, 30)) == first
        assert current_version(every, year=2026, day=date(2026, 7, 1)) == second
        assert years(every) == [2026]

    def test_before_the_first_held_it_is_the_first(self):
        version = VersionFactory(in_force_from=date(2026, 3, 1))

        assert current_version(PlanVersion.objects.all(), year=2026, day=date(2026, 1, 1)) == version

    def test_there_may_be_none(self):
        assert current_version(PlanVersion.objects.all(), year=2030, day=DAY) is None


class TestBehind:
    def test_gives_the_rows_of_a_gap(self):
        (membership,) = members(1)
        line = LineFactory(organisations=True)

        found = behind(line, line.indicator.goal.version, DAY, gap=0)

        assert list(found.rows) == [membership.person]
        assert found.cells(membership.person)[1] == membership.person.email

    @pytest.mark.parametrize(
        ("trait", "gap"), [({"unset": True}, None), ({"no_register": True}, None), ({}, 5)]
    )
    def test_gives_nothing_where_nothing_is_counted(self, trait, gap):
        line = LineFactory(**trait)

        assert behind(line, line.indicator.goal.version, DAY, gap=gap) is None


class TestTheSumOfTheRowsIsTheFigure(TestCase):
    """The first law of counting, over invented members, places, mergers and days."""

    DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 1))

    @settings(max_examples=40, deadline=None)
    @given(
        joined=st.lists(
            st.tuples(DAYS, st.one_of(st.none(), st.integers(1, 400)), st.integers(0, 4)), max_size=8
        ),
        merged=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        day=DAYS,
    )
    def test_for_every_line_at_any_date(self, joined, merged, day):
        ChannelFactory()
        new = OrganisationFactory()
        places = [
            new,
            OrganisationFactory(merged_into=new, merged_on=merged),
            OrganisationFactory(igs=True),
            OrganisationFactory(ocmw=True, counts_as=new),
        ]
        for from_on, days, place in joined:
            ended = {"until_on": from_on + timedelta(days), "ended_because": "LEFT"} if days else {}
            person = PersonFactory()
            MembershipFactory(person=person, from_on=from_on, **ended)
            if place < len(places):
                PositionFactory(person=person, organisation=places[place])
        goal = GoalFactory()
        lines = [
            LineFactory(indicator__goal=goal),
            LineFactory(indicator__goal=goal, organisations=True),
            LineFactory(indicator__goal=goal, filters={"organisation_kind": {"not_in": ["igs"]}}),
            LineFactory(indicator__goal=goal, measure="members.organisations", filters={}),
        ]

        for line in lines:
            found = figure(line, goal.version, day, today=day)
            rows = list(behind(line, goal.version, day).rows)
            assert found.value == len(rows) == len({row.pk for row in rows})
            assert found.trend[-1].value == found.value
            for gap in found.gaps:
                assert behind(line, goal.version, day, gap=gap.place).rows.count() == gap.count
