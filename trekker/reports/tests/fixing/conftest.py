"""A report of a year with two members, and the line that counts them."""

import pytest


@pytest.fixture
def line():
    """A line that counts members; there are two."""
    from trekker.plan.tests.factories import LineFactory

    return LineFactory(indicator__goal__code="OD1.1")


@pytest.fixture
def report(line):
    """The annual report of the year of that line, with two members."""
    from trekker.network.tests.factories import MembershipFactory
    from trekker.reports.tests.factories import ReportFactory

    MembershipFactory.create_batch(2)
    return ReportFactory(plan=line.indicator.goal.version.plan)
