from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from wagtail.models import ModelLogEntry

from trekker.kernel.measures import InvalidFilters, catalogue
from trekker.network.tests.factories import NEWSLETTER, ChannelFactory
from trekker.people.tests.factories import AccountFactory
from trekker.plan import actions
from trekker.plan.actions.nodes import nodes_with_lines
from trekker.plan.models import Goal, Indicator, IndicatorLine, PlanVersion
from trekker.plan.reader import read
from trekker.plan.tests.factories import (
    DAY,
    NOW,
    TEXT,
    GoalFactory,
    IndicatorFactory,
    LineFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def channel():
    return ChannelFactory(makes_members=True, words="netwerk")


def store(text=TEXT, **changes):
    fields = {"title": "Digitale inclusie", "owner": "VVSG", "year": 2026, "file_name": "plan.txt"}
    proposal = read(text.splitlines(), measures=catalogue, owner="VVSG", year=2026)
    return actions.store_proposal(proposal=proposal, by=None, now=NOW, **{**fields, **changes})


def owned_lines(version):
    return sorted(line for node in nodes_with_lines(version) for line in node.source_lines)


class TestStoreProposal:
    def test_keeps_every_goal_indicator_and_target_as_a_concept(self):
        version = store()

        assert version.is_concept
        assert list(version.goals.order_by("position").values_list("code", flat=True)) == [
            "SD1",
            "OD1.1",
            "OD1.2",
        ]
        targets = IndicatorLine.objects.order_by("pk").values_list("target", flat=True)
        assert list(targets) == [4, 1100, 6]

    def test_gives_every_line_of_the_text_one_owner(self):
        version = store()

        assert owned_lines(version) == list(range(1, len(version.source) + 1))

    def test_hangs_goals_under_their_parent(self):
        version = store()

        assert version.goals.get(code="OD1.2").parent.code == "SD1"

    def test_refuses_a_text_that_says_the_same(self):
        store()

        with pytest.raises(actions.NothingChanged):
            store(TEXT.replace("•", "-"))

        assert PlanVersion.objects.count() == 1

    def test_makes_a_next_version_of_a_changed_text_and_keeps_what_people_settled(self):
        first = store()
        advice = Indicator.objects.get(goal__code="OD1.2")
        actions.correct_indicator(
            indicator=advice,
            goal=advice.goal,
            text=advice.text,
            is_narrative=False,
            condition="",
            counting_note="mail telt niet",
            source_lines=advice.source_lines,
            by=None,
            now=NOW,
        )
        advice.lines.update(unit="stevige gesprekken")

        second = store(TEXT.replace("minstens vier", "minstens vijf"))

        assert (first.number, second.number) == (1, 2)
        kept = Indicator.objects.get(goal__version=second, goal__code="OD1.2")
        assert kept.counting_note == "mail telt niet"
        assert kept.lines.get().unit == "stevige gesprekken"
        assert advice.lines.count() == 1

    def test_writes_one_line_in_the_log(self):
        by = AccountFactory()
        proposal = read(TEXT.splitlines(), measures=catalogue, year=2026)

        version = actions.store_proposal(
            proposal=proposal, title="P", owner="", year=2026, file_name="plan.txt", by=by, now=NOW
        )

        entry = ModelLogEntry.objects.for_instance(version).get()
        assert (entry.action, entry.user, entry.timestamp) == ("plan.read", by, NOW)


class TestAdopt:
    def test_makes_the_concept_hold_from_a_day(self):
        version = actions.adopt(version=store(), in_force_from=date(2026, 1, 1), reason="", by=None, now=NOW)

        assert version.state == PlanVersion.State.ADOPTED
        assert PlanVersion.objects.in_force(year=2026, day=date(2026, 1, 1)).get() == version

    def test_asks_why_from_the_second_version_on(self):
        version = VersionFactory(concept=True, number=2)

        with pytest.raises(actions.ReasonMissing):
            actions.adopt(version=version, in_force_from=date(2026, 1, 1), reason=" ", by=None, now=NOW)

    def test_dates_the_adoption_in_belgian_time(self):
        late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)

        version = actions.adopt(version=store(), in_force_from=DAY, reason="", by=None, now=late)

        assert version.adopted_on == date(2026, 7, 1)

    def test_refuses_what_was_adopted_before(self):
        with pytest.raises(actions.NotAConcept):
            actions.adopt(
                version=VersionFactory(), in_force_from=date(2026, 1, 1), reason="", by=None, now=NOW
            )


class TestDiscard:
    def test_throws_a_concept_away(self):
        actions.discard(version=store(), by=None, now=NOW)

        assert not Goal.objects.exists()

    def test_keeps_what_once_held(self):
        version = VersionFactory()

        with pytest.raises(actions.NotAConcept):
            actions.discard(version=version, by=None, now=NOW)

        assert PlanVersion.objects.filter(pk=version.pk).exists()


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


def test_a_plan_is_started_by_hand():
    version = actions.start_version(title="Met de hand", owner="", year=2027, by=None, now=NOW)

    assert (version.number, version.is_concept, version.source) == (1, True, [])


class TestWhatHolds:
    """An adopted version changes by a next one, never in place."""

    fields = {"by": None, "now": NOW}

    def test_no_part_of_it_is_changed_or_removed(self):
        line = LineFactory()
        indicator, goal = line.indicator, line.indicator.goal
        typed = {"text": "T", "source_lines": [], **self.fields}

        for change in (
            lambda: actions.remove_node(node=goal, **self.fields),
            lambda: actions.remove_line(line=line, **self.fields),
            lambda: actions.add_indicator(
                goal=goal, is_narrative=False, condition="", counting_note="", **typed
            ),
            lambda: actions.correct_indicator(
                indicator=indicator, goal=goal, is_narrative=False, condition="", counting_note="", **typed
            ),
        ):
            with pytest.raises(actions.NotAConcept):
                change()

        assert Indicator.objects.get() == indicator

    def test_its_target_stands_while_its_filters_may_be_set(self):
        line = LineFactory(target=Decimal(2))
        fields = {"indicator": line.indicator, "line": line, "measure": "members.count", "unit": "leden"}

        actions.save_line(filters={}, comparator=">=", target=Decimal(2), **fields, **self.fields)
        with pytest.raises(actions.NotAConcept):
            actions.save_line(filters={}, comparator=">=", target=Decimal(1), **fields, **self.fields)

        line.refresh_from_db()
        assert (line.filters, line.target) == ({}, 2)

    def test_its_counting_note_may_still_be_settled(self):
        indicator = IndicatorFactory()

        actions.note_choice(indicator=indicator, counting_note="hybride telt niet", **self.fields)

        indicator.refresh_from_db()
        assert indicator.counting_note == "hybride telt niet"

    def test_a_copy_is_a_concept_with_all_that_it_held(self):
        version = store()
        actions.adopt(version=version, in_force_from=date(2026, 1, 1), reason="", **self.fields)

        copy = actions.copy_version(version=version, **self.fields)

        assert (copy.number, copy.is_concept) == (2, True)
        assert copy.goals.get(code="OD1.1").parent == copy.goals.get(code="SD1")
        assert owned_lines(copy) == owned_lines(version)
        for each in (version, copy):
            lines = IndicatorLine.objects.filter(indicator__goal__version=each).order_by("target")
            assert [line.target for line in lines] == [4, 6, 1100]
            assert each.goals.get(code="OD1.1").actions.get().leads.exists()


class TestWhatPeopleMended:
    def test_goes_along_into_the_version_of_a_changed_text(self):
        first = store()
        goal = first.goals.get(code="OD1.2")
        actions.correct_goal(
            goal=goal,
            code="OD1.2",
            title="VVSG geeft raad",
            level="operational",
            parent=goal.parent,
            text="",
            leads=["Mediawijs"],
            partners=[],
            source_lines=goal.source_lines,
            by=None,
            now=NOW,
        )
        indicator = goal.indicators.get()
        actions.correct_indicator(
            indicator=indicator,
            goal=goal,
            text="zes gesprekken",
            is_narrative=False,
            condition="",
            counting_note="mail telt niet",
            source_lines=indicator.source_lines,
            by=None,
            now=NOW,
        )

        second = store(TEXT.replace("minstens vier", "minstens vijf"))

        kept = second.goals.get(code="OD1.2")
        assert (kept.title, kept.leads.get().party) == ("VVSG geeft raad", "Mediawijs")
        assert (kept.indicators.get().text, kept.indicators.get().counting_note) == (
            "zes gesprekken",
            "mail telt niet",
        )

    def test_does_not_stray_to_the_same_words_under_another_goal(self):
        text = TEXT.replace(
            "VVSG voert minstens zes adviesgesprekken met lokale besturen.",
            "minstens vier bijeenkomsten van het netwerk.",
        )
        first = store(text)
        first.goals.get(code="OD1.2").indicators.get().lines.update(unit="anders")

        second = store(text.replace("1100", "1200"))

        units = {
            goal.code: goal.indicators.first().lines.get().unit for goal in second.goals.exclude(code="SD1")
        }
        assert units == {"OD1.1": "bijeenkomsten", "OD1.2": "anders"}
