"""Several people start, take over and adopt versions in the same moment."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.utils import timezone

from tests.parallel import at_once
from trekker.network.tests.factories import ChannelFactory
from trekker.plan import actions
from trekker.plan.models import PlanVersion
from trekker.plan.tests.factories import NOW
from trekker.plan.tests.test_diff import a_plan, copied
from trekker.plan.tests.trials.trying import tried


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtTheSameTime:
    def test_versions_that_are_started_get_numbers_of_their_own(self):
        ChannelFactory()
        first = a_plan(goals=1, promises=1)

        assert at_once([partial(copied, first)] * 4) == ["done"] * 4

        assert sorted(PlanVersion.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]

    def test_of_two_who_take_a_trial_over_one_does(self):
        ChannelFactory()
        trial = tried(a_plan(goals=1, promises=1))
        take = partial(actions.promote, trial=trial, by=None, now=NOW)

        assert at_once([take] * 3) == ["NotAConcept", "NotAConcept", "done"]

        assert PlanVersion.objects.filter(number=2).count() == 1

    def test_of_two_versions_laid_beside_the_same_plan_one_is_adopted(self):
        ChannelFactory()
        first = a_plan(goals=1)
        ready = [copied(first) for _ in range(4)]
        given = {"in_force_from": date(2026, 7, 1), "reason": "x", "instead_of": first.pk, "by": None}
        given |= {"now": datetime(2026, 6, 1, tzinfo=UTC)}

        decided = at_once([partial(actions.adopt, version=each, **given) for each in ready])

        assert decided == ["Overtaken", "Overtaken", "Overtaken", "done"]
        assert PlanVersion.objects.adopted().count() == 2
        assert timezone.is_aware(first.made_at)
