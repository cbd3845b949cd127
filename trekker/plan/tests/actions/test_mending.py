"""The parts of a concept are mended: goals, promises and actions, lines, remarks."""

from decimal import Decimal

import pytest

from trekker.kernel.measures import InvalidFilters
from trekker.network.tests.factories import NEWSLETTER
from trekker.people.tests.factories import AccountFactory
from trekker.plan import actions
from trekker.plan.models import Indicator
from trekker.plan.tests.factories import NOW, TEXT, GoalFactory, IndicatorFactory, LineFactory
from trekker.plan.tests.storing import owned_lines, store

pytestmark = pytest.mark.django_db


class TestGoals:
    fields = {"level": "operational", "text": "", "leads": ["VVSG"], "partners": ["Mediawijs", "VVSG"]}

    def test_a_new_goal_takes_its_lines_from_who_had_them(self):
        version = store()
        taken = version.goals.get(code="OD1.2").source_lines

        added = actions.add_goal(
            version=version,
            code="OD1.3",
            title="Nieuw",
            parent=None,
            source_lines=taken,
            by=None,
            now=NOW,
            **self.fields,
        )

        assert added.source_lines == taken
        assert version.goals.get(code="OD1.2").source_lines == []
        assert owned_lines(version) == list(range(1, len(version.source) + 1))

    def test_lines_a_goal_lets_go_stay_as_a_passage(self):
        version = store()
        goal = version.goals.get(code="OD1.2")

        actions.correct_goal(
            goal=goal,
            code="OD1.2",
            title="Advies",
            parent=None,
            source_lines=[],
            by=None,
            now=NOW,
            **self.fields,
        )

        assert owned_lines(version) == list(range(1, len(version.source) + 1))
        assert version.passages.filter(kind="loose").exists()

    def test_a_party_that_leads_does_not_also_support(self):
        goal = GoalFactory(version__concept=True)

        actions.correct_goal(
            goal=goal,
            code=goal.code,
            title="T",
            parent=None,
            source_lines=[],
            by=None,
            now=NOW,
            **self.fields,
        )

        assert set(goal.leads.values_list("party", "role")) == {("VVSG", "lead"), ("Mediawijs", "support")}

    def test_two_goals_cannot_have_one_code(self):
        goal = GoalFactory(version__concept=True)

        with pytest.raises(actions.CodeTaken):
            actions.add_goal(
                version=goal.version,
                code=goal.code,
                title="T",
                parent=None,
                source_lines=[],
                by=None,
                now=NOW,
                **self.fields,
            )

    def test_a_goal_cannot_hang_under_itself(self):
        goal = GoalFactory(version__concept=True)
        below = GoalFactory(version=goal.version, parent=goal)

        for parent in (goal, below):
            with pytest.raises(actions.GoalUnderItself):
                actions.correct_goal(
                    goal=goal,
                    code="X",
                    title="T",
                    parent=parent,
                    source_lines=[],
                    by=None,
                    now=NOW,
                    **self.fields,
                )


class TestIndicators:
    fields = {"condition": "", "source_lines": [], "by": None, "now": NOW}

    def test_a_counting_note_remembers_who_chose_it(self):
        by = AccountFactory()
        indicator = IndicatorFactory(certainty=0.4, concept=True)
        fields = {**self.fields, "by": by}

        actions.correct_indicator(
            indicator=indicator,
            goal=indicator.goal,
            text="T",
            is_narrative=False,
            counting_note="hybride telt niet",
            **fields,
        )

        indicator.refresh_from_db()
        assert (indicator.noted_by, indicator.noted_at, indicator.certainty) == (by, NOW, 1.0)

    def test_a_narrative_keeps_no_lines(self):
        indicator = LineFactory(concept=True).indicator

        actions.correct_indicator(
            indicator=indicator,
            goal=indicator.goal,
            text="T",
            is_narrative=True,
            counting_note="",
            **self.fields,
        )

        assert not indicator.lines.exists()

    def test_a_new_one_comes_last_in_its_goal(self):
        first = IndicatorFactory(position=7, concept=True)

        added = actions.add_indicator(
            goal=first.goal, text="T", is_narrative=False, counting_note="", **self.fields
        )

        assert added.position > first.position

    def test_removing_a_goal_keeps_the_lines_of_all_below_it(self):
        version = store()

        actions.remove_node(node=version.goals.get(code="SD1"), by=None, now=NOW)

        assert not version.goals.exists()
        assert owned_lines(version) == list(range(1, len(version.source) + 1))

    def test_an_action_moves_to_another_goal(self):
        version = store()
        action = version.goals.get(code="OD1.1").actions.first()

        actions.correct_action(
            action=action,
            goal=version.goals.get(code="OD1.2"),
            text="Anders",
            leads=["Mediawijs"],
            partners=[],
            source_lines=action.source_lines,
            by=None,
            now=NOW,
        )

        moved = version.goals.get(code="OD1.2").actions.get()
        assert (moved.text, moved.leads.get().party) == ("Anders", "Mediawijs")


class TestLines:
    fields = {"comparator": ">=", "target": Decimal(4), "unit": "leden", "by": None, "now": NOW}

    def test_a_line_is_set(self):
        line = actions.save_line(
            indicator=IndicatorFactory(concept=True),
            line=None,
            measure="members.count",
            filters={"channel": [NEWSLETTER]},
            **self.fields,
        )

        assert line.sentence() == "Leden (kanaal: Nieuwsbrief digitale inclusie): minstens 4 leden"

    def test_the_next_line_comes_last(self):
        first = LineFactory(position=3, concept=True)

        second = actions.save_line(
            indicator=first.indicator, line=None, measure="members.count", filters={}, **self.fields
        )

        assert second.position == 4

    @pytest.mark.parametrize(
        ("measure", "filters"),
        [
            ("bestaat.niet", {}),
            ("members.count", {"kleur": ["rood"]}),
            ("members.count", {"channel": ["bestaat-niet"]}),
            ("members.count", {"channel": []}),
            ("members.count", {"channel": {"in": [NEWSLETTER]}}),
        ],
    )
    def test_what_cannot_be_counted_is_refused(self, measure, filters):
        line = LineFactory(concept=True)

        with pytest.raises(InvalidFilters):
            actions.save_line(
                indicator=line.indicator, line=line, measure=measure, filters=filters, **self.fields
            )

        line.refresh_from_db()
        assert line.filters == {"channel": [NEWSLETTER]}

    def test_a_line_is_removed_and_the_promise_stays(self):
        line = LineFactory(concept=True)

        actions.remove_line(line=line, by=None, now=NOW)

        assert not line.indicator.lines.exists()
        assert Indicator.objects.filter(pk=line.indicator_id).exists()


def test_a_remark_is_settled():
    version = store(TEXT.replace("minstens zes", "zes"))
    remark = version.remarks.first()

    actions.settle_remark(remark=remark, by=None, now=NOW)

    remark.refresh_from_db()
    assert remark.is_settled
