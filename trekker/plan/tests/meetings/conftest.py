"""A goal of the plan, and a meeting two weeks after the one before."""

from datetime import timedelta

import pytest


@pytest.fixture
def goal():
    from trekker.plan.tests.factories import GoalFactory

    return GoalFactory(code="OD1.1", title="Een netwerk")


@pytest.fixture
def meeting(goal):
    from trekker.plan.actions.meetings import start_meeting
    from trekker.plan.tests.meetings.talking import DAY, NOW

    plan = goal.version.plan
    start_meeting(plan=plan, held_on=DAY - timedelta(days=14), present=[], by=None, now=NOW)
    return start_meeting(plan=plan, held_on=DAY, present=[], by=None, now=NOW)


@pytest.fixture
def about(goal):
    from trekker.plan.actions.meetings import About

    return About(goal.thread, str(goal))
