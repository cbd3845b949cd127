"""Several people write and fix one report in the same moment."""

import pytest
from django.db import transaction

from tests.parallel import at_once
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.plan.tests.factories import LineFactory
from trekker.reports import actions
from trekker.reports.models import NarrativeText, Snapshot
from trekker.reports.queries.reports import contents_of_today, mark_of
from trekker.reports.queries.verify import verify
from trekker.reports.tests.factories import NOW, ReportFactory, checked, write


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtTheSameTime:
    def test_two_who_fix_give_one_snapshot(self):
        ChannelFactory()
        line = LineFactory(indicator__goal__code="OD1.1", target=0)
        report = checked(ReportFactory(plan=line.indicator.goal.version.plan))
        seen = mark_of(contents_of_today(report, now=NOW))

        def fixing():
            actions.fix(report=report, seen=seen, edition=report.edition, by=None, now=NOW)

        assert at_once([fixing, fixing, fixing]) == ["WrongStep", "WrongStep", "done"]
        assert Snapshot.objects.count() == 1
        assert verify(Snapshot.objects.get()).is_untouched

    def test_two_who_write_give_one_edition(self):
        line = LineFactory(target=0)
        report = ReportFactory(plan=line.indicator.goal.version.plan)

        def writing():
            write(report, "Van mij.", "OD1.1")

        assert at_once([writing, writing]) == ["WrittenMeanwhile", "done"]
        assert NarrativeText.objects.count() == 1

    def test_what_is_fixed_is_of_one_moment_while_others_write(self):
        line = LineFactory(indicator__goal__code="OD1.1", target=0)
        report = checked(ReportFactory(plan=line.indicator.goal.version.plan))

        def joining():
            for _ in range(5):
                with transaction.atomic():
                    MembershipFactory()

        def fixing():
            while True:
                try:
                    seen = mark_of(contents_of_today(report, now=NOW))
                    actions.fix(report=report, seen=seen, edition=report.edition, by=None, now=NOW)
                except actions.FiguresMoved:
                    continue
                return

        assert at_once([joining, fixing]) == ["done", "done"]
        assert verify(Snapshot.objects.get()).is_untouched
