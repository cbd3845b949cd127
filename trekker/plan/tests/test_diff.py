"""Two versions beside each other: what differs is named once, whichever way one looks."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trekker.network.tests.factories import ChannelFactory
from trekker.plan import actions
from trekker.plan.models import Action, Goal, Indicator, IndicatorLine, Moment
from trekker.plan.queries.diff import Kind, What, diff
from trekker.plan.queries.lineage import together
from trekker.plan.queries.marks import marked
from trekker.plan.tests.factories import NOW, TEXT, GoalFactory, IndicatorFactory, LineFactory, VersionFactory
from trekker.plan.tests.storing import store


def a_plan(goals=3, promises=2):
    """Give an adopted version with actions, promises with a line, and moments in every goal."""
    version = VersionFactory()
    for place in range(goals):
        goal = GoalFactory(version=version, code=f"OD{place}", title=f"doel {place}")
        goal.leads.create(party="VVSG")
        goal.moments.create(text=f"op dag {place}", start=date(2026, 5, place + 1))
        for number in range(promises):
            Action.objects.create(goal=goal, text=f"actie {place} {number}").leads.create(party="VVSG")
            LineFactory(indicator__goal=goal, indicator__text=f"belofte {place} {number}", target=10 + number)
    return version


def copied(version):
    return actions.copy_version(version=version, by=None, now=NOW)


def as_facts(found):
    """Give a diff as facts that can be mirrored."""
    return {
        (
            each.what,
            each.kind,
            frozenset(node.pk for node in each.before),
            frozenset(node.pk for node in each.after),
            frozenset((field.label, field.before, field.after) for field in each.fields),
        )
        for each in found.changes
    }


def mirrored(facts):
    swapped = {Kind.ADDED: Kind.DROPPED, Kind.DROPPED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}
    return {
        (what, swapped[kind], after, before, frozenset((label, new, old) for label, old, new in fields))
        for what, kind, before, after, fields in facts
    }


def edits(version, rng):
    """Do a random few things to a concept; give what of which sort each did to what it came from."""
    done = set()
    nodes = [
        *((What.GOAL, each) for each in version.goals.all()),
        *((What.ACTION, each) for each in Action.objects.filter(goal__version=version)),
        *((What.INDICATOR, each) for each in Indicator.objects.filter(goal__version=version)),
        *((What.MOMENT, each) for each in Moment.objects.filter(goal__version=version)),
    ]
    for what, node in rng.sample(nodes, rng.randint(1, min(6, len(nodes)))):
        origin = node.supersedes.get()
        if what is What.INDICATOR and rng.random() < 0.5:
            node.lines.update(target=99)
        elif what is What.GOAL or rng.random() < 0.5:
            setattr(node, "title" if what is What.GOAL else "text", f"anders {node.pk}")
            node.save()
        else:
            actions.remove_node(node=node, by=None, now=NOW)
            done.add((what, Kind.DROPPED, origin.pk))
            continue
        done.add((what, Kind.CHANGED, origin.pk))
    if rng.random() < 0.5:
        added = IndicatorFactory(goal=version.goals.first(), text="nieuwe belofte")
        done.add((What.INDICATOR, Kind.ADDED, added.pk))
    return done


class TestLaws(TestCase):
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(rng=st.randoms(use_true_random=False))
    def test_random_changes_are_each_named_once_and_the_same_both_ways(self, rng):
        first = a_plan(goals=rng.randint(1, 3), promises=rng.randint(1, 2))
        second = copied(first)
        assert diff(first, second).changes == []

        done = edits(second, rng)
        third = copied(second)
        more = edits_of_others(third, rng)

        found = diff(first, second)
        named = [(each.what, each.kind, (each.before or each.after)[0].pk) for each in found.changes]
        assert sorted(named) == sorted(done)
        for one, other in ((first, second), (second, third), (first, third)):
            assert as_facts(diff(other, one)) == mirrored(as_facts(diff(one, other)))
        assert len(diff(second, third).changes) == more

    @settings(max_examples=200, deadline=None)
    @given(before=st.text(alphabet="ab c,.\n", max_size=40), after=st.text(alphabet="ab c,.\n", max_size=40))
    def test_marks_leave_both_texts_as_they_are(self, before, after):
        left, right = marked(before, after)

        assert "".join(run.text for run in left) == before
        assert "".join(run.text for run in right) == after
        assert (before == after) is not any(run.differs for run in (*left, *right))


def edits_of_others(version, rng):
    """Move one action elsewhere where there is an elsewhere; give how many things changed."""
    goals, action = list(version.goals.all()), Action.objects.filter(goal__version=version).first()
    elsewhere = [goal for goal in goals if action and goal.pk != action.goal_id]
    if not elsewhere:
        return 0
    Action.objects.filter(pk=action.pk).update(goal=rng.choice(elsewhere))
    return 1


@pytest.mark.django_db
class TestDiff:
    def test_a_code_that_is_given_to_another_goal_is_no_identity(self):
        first = a_plan(goals=2)
        second = copied(first)
        one, two = second.goals.order_by("position")
        for goal, code in ((one, "X"), (two, "OD0"), (one, "OD1")):
            Goal.objects.filter(pk=goal.pk).update(code=code)

        found = diff(first, second)

        assert [(each.what, each.kind) for each in found.changes] == [(What.GOAL, Kind.CHANGED)] * 2
        assert {field.label for each in found.changes for field in each.fields} == {"Code"}

    def test_says_what_a_target_was_and_becomes(self):
        first = a_plan(goals=1, promises=1)
        second = copied(first)
        IndicatorLine.objects.filter(indicator__goal__version=second).update(target=3)

        (change,) = diff(first, second).changes

        assert [(field.before, field.after) for field in change.targets] == [("10", "3")]

    def test_a_target_without_number_and_another_comparison_are_said(self):
        first = a_plan(goals=1, promises=1)
        second = copied(first)
        lines = IndicatorLine.objects.filter(indicator__goal__version=second)

        lines.update(target=None)
        assert diff(first, second).changes[0].targets[0].after == "geen"
        lines.update(target=10, comparator="<=")
        assert diff(first, second).changes[0].targets[0].after == "hoogstens 10"

    def test_two_promises_that_were_joined_are_one_change(self):
        first = a_plan(goals=1)
        second = copied(first)
        one, two = Indicator.objects.filter(goal__version=second).order_by("pk")
        one.supersedes.add(*two.supersedes.all())
        actions.remove_node(node=two, by=None, now=NOW)

        (change,) = diff(first, second).changes

        assert change.is_regrouped
        assert (len(change.before), len(change.after)) == (2, 1)

    def test_halves_of_a_promise_stay_apart_in_later_versions(self):
        first = a_plan(goals=1, promises=1)
        second = copied(first)
        half = Indicator.objects.get(goal__version=second)
        other = IndicatorFactory(goal=half.goal, text="de andere helft")
        other.supersedes.set(half.supersedes.all())
        third, trial = copied(second), copied(second)

        assert diff(second, third).changes == []
        assert diff(third, trial).changes == []
        (change,) = diff(first, third).changes
        assert (len(change.before), len(change.after)) == (1, 2)

    def test_counts_and_narrows(self):
        first = a_plan(goals=1)
        second = copied(first)
        one, two = Indicator.objects.filter(goal__version=second).order_by("pk")
        one.lines.update(target=99)
        actions.remove_node(node=two, by=None, now=NOW)
        found = diff(first, second)

        assert dict(found.counts)[What.INDICATOR] == [0, 1, 1]
        assert [each.kind for each in found.only(kind="geschrapt").changes] == [Kind.DROPPED]
        assert len(found.only(kind="streefwaarde").changes) == 2
        assert found.only(what="actie").sections == ()
        assert replace(found, sections=()).changes == []

    def test_a_changed_text_goes_on_from_the_text_before(self):
        first = store()
        second = store(TEXT.replace("minstens vier", "minstens vijf"))

        (change,) = diff(first, second).changes

        assert change.what is What.INDICATOR
        assert [(field.before, field.after) for field in change.targets] == [("4", "5")]
        assert second.based_on == first

    def test_a_version_that_goes_leaves_the_thread_to_the_one_before(self):
        first = a_plan()
        second = copied(first)
        third = copied(second)

        actions.discard(version=second, by=None, now=NOW)

        third.refresh_from_db()
        assert third.based_on == first
        assert diff(first, third).changes == []

    @pytest.mark.parametrize("size", [1, 12])
    def test_costs_as_many_questions_for_many_parts_as_for_one(self, size, django_assert_max_num_queries):
        first = a_plan(goals=size)
        second = copied(first)

        with django_assert_max_num_queries(14):
            diff(first, second)

    def test_goes_together_in_the_order_given(self):
        one, two = Goal(pk=1), Goal(pk=2)

        assert [group.after for group in together([], [two, one], {})] == [(two,), (one,)]


@pytest.mark.django_db
class TestOrigins:
    @pytest.fixture(autouse=True)
    def channel(self):
        return ChannelFactory(makes_members=True, words="netwerk")

    def test_a_person_says_what_a_new_promise_comes_in_the_place_of(self):
        first = a_plan(goals=1, promises=1)
        second = copied(first)
        old = Indicator.objects.get(goal__version=first)
        actions.remove_node(node=Indicator.objects.get(goal__version=second), by=None, now=NOW)
        new = LineFactory(indicator__goal=second.goals.get(), indicator__text="anders", target=4).indicator
        assert len(diff(first, second).changes) == 2

        actions.set_origins(node=new, origins=[old], among=[first], by=None, now=NOW)

        (change,) = diff(first, second).changes
        assert {field.label for field in change.fields} == {"Tekst", "Streefwaarde"}
        actions.set_origins(node=new, origins=[], among=[first], by=None, now=NOW)
        assert len(diff(first, second).changes) == 2

    def test_an_action_goes_on_with_its_progress(self):
        first = a_plan(goals=1, promises=1)
        second = copied(first)
        old, new = (
            Action.objects.get(goal__version=first),
            Action.objects.create(goal=second.goals.get(), text="X"),
        )

        actions.set_origins(node=new, origins=[old], among=[first], by=None, now=NOW)

        assert new.thread == old.thread

    def test_only_an_earlier_version_is_an_origin(self):
        first = a_plan(goals=1, promises=1)
        second = copied(first)
        (old,), (new,) = (Indicator.objects.filter(goal__version=each) for each in (first, second))

        for node, origins, among in ((new, [old], second), (new, [new], second), (new, [old.goal], first)):
            with pytest.raises(actions.NotEarlier):
                actions.set_origins(node=node, origins=origins, among=[among], by=None, now=NOW)
