"""Several people start, take over and adopt versions in the same moment."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone

from trekker.network.tests.factories import ChannelFactory
from trekker.plan import actions
from trekker.plan.models import PlanVersion
from trekker.plan.tests.factories import NOW
from trekker.plan.tests.test_diff import a_plan, copied
from trekker.plan.tests.trials.trying import tried


def in_parallel(work, things):
    faults, barrier = [], threading.Barrier(len(things))

    def run(thing):
        try:
            barrier.wait()
            work(thing)
        except Exception as fault:  # noqa: BLE001 - shown by the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in things]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtTheSameTime:
    def test_versions_that_are_started_get_numbers_of_their_own(self):
        ChannelFactory()
        first = a_plan(goals=1, promises=1)

        in_parallel(lambda _place: copied(first), range(4))

        assert sorted(PlanVersion.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]

    def test_of_two_who_take_a_trial_over_one_does(self):
        ChannelFactory()
        trial = tried(a_plan(goals=1, promises=1))
        done = []

        def take(_place):
            try:
                done.append(actions.promote(trial=trial, by=None, now=NOW).number)
            except actions.NotAConcept:
                done.append(0)

        in_parallel(take, range(3))

        assert sorted(done) == [0, 0, 2]

    def test_of_two_versions_laid_beside_the_same_plan_one_is_adopted(self):
        ChannelFactory()
        first = a_plan(goals=1)
        ready = [copied(first) for _ in range(4)]
        done = []

        def decide(version):
            try:
                actions.adopt(
                    version=version,
                    in_force_from=date(2026, 7, 1),
                    reason="x",
                    instead_of=first.pk,
                    by=None,
                    now=datetime(2026, 6, 1, tzinfo=UTC),
                )
                done.append("adopted")
            except actions.Overtaken:
                done.append("overtaken")

        in_parallel(decide, ready)

        assert sorted(done) == ["adopted", "overtaken", "overtaken", "overtaken"]
        assert PlanVersion.objects.adopted().count() == 2
        assert timezone.is_aware(first.made_at)
