"""A version comes to hold or is thrown away; what holds changes by a next one."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from trekker.plan import actions
from trekker.plan.models import Goal, Indicator, IndicatorLine, PlanVersion
from trekker.plan.tests.factories import DAY, NOW, IndicatorFactory, LineFactory, VersionFactory
from trekker.plan.tests.storing import owned_lines, store

pytestmark = pytest.mark.django_db


def test_a_plan_is_started_by_hand():
    version = actions.start_version(title="Met de hand", owner="", year=2027, by=None, now=NOW)

    assert (version.number, version.is_concept, version.source) == (1, True, [])


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
