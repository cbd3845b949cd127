"""Another plan is tried beside the plan, and taken over or thrown away."""

from datetime import date
from decimal import Decimal

import pytest

from trekker.plan import actions
from trekker.plan.models import Action, PlanVersion
from trekker.plan.queries.diff import diff
from trekker.plan.queries.versions import current_version, years
from trekker.plan.tests.factories import NOW, TEXT
from trekker.plan.tests.storing import store
from trekker.plan.tests.test_diff import a_plan, copied
from trekker.plan.tests.trials.trying import promises, revise, tried

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)


class TestATrial:
    def test_is_a_copy_that_never_counts_as_the_plan(self):
        version = a_plan(goals=1)

        trial = tried(version)

        assert diff(version, trial).changes == []
        assert str(trial).endswith("wat als: minder middelen")
        assert current_version(PlanVersion.objects.all(), year=2026, day=TODAY) == version
        assert years(PlanVersion.objects.all()) == [2026]
        with pytest.raises(actions.NotAConcept):
            actions.adopt(version=trial, in_force_from=TODAY, reason="x", by=None, now=NOW)

    def test_takes_no_number_and_no_place_in_reading(self):
        first = store()
        tried(first)

        assert copied(first).number == 2
        with pytest.raises(actions.NothingChanged):
            store(TEXT)

    def test_has_a_name_of_its_own(self):
        version = a_plan(goals=1)
        tried(version)

        with pytest.raises(actions.NameTaken):
            tried(version)
        assert tried(version, "iets anders").label == "iets anders"

    def test_changes_targets_and_drops_parts_at_once(self):
        version = a_plan(goals=1)
        trial = tried(version)
        one, two = promises(trial)

        revise(
            trial,
            targets={one.lines.get().pk: Decimal(3), promises(version)[0].lines.get().pk: Decimal(1)},
            dropped=[two, Action.objects.filter(goal__version=trial).first()],
        )

        assert {(each.what, each.kind) for each in diff(version, trial).changes} == {
            ("belofte", "gewijzigd"),
            ("belofte", "geschrapt"),
            ("actie", "geschrapt"),
        }
        assert promises(version)[0].lines.get().target == 10

    def test_what_is_adopted_is_no_trial_to_revise_or_take_over(self):
        version = a_plan(goals=1)

        for act in (lambda: revise(version), lambda: actions.promote(trial=version, by=None, now=NOW)):
            with pytest.raises(actions.NotAConcept):
                act()

    def test_becomes_a_concept_and_then_the_plan(self):
        version = a_plan(goals=1)
        trial = tried(version)
        revise(trial, targets={promises(trial)[0].lines.get().pk: Decimal(1)})

        concept = actions.promote(trial=trial, by=None, now=NOW)
        held = actions.adopt(
            version=concept, in_force_from=date(2026, 7, 1), reason="minder", by=None, now=NOW
        )

        assert (held.number, held.state) == (2, PlanVersion.State.ADOPTED)
        assert len(diff(version, held).changes) == 1

    def test_may_start_from_another_trial(self):
        version = a_plan(goals=1)
        first = tried(version)
        revise(first, dropped=promises(first)[:1])

        second = tried(first, "verder")

        assert second.based_on == version
        assert diff(first, second).changes == []
        actions.discard(version=first, by=None, now=NOW)
        assert len(diff(version, second).changes) == 1
