"""A report is started, written and looked over."""

from datetime import date

import pytest

from trekker.network.tests.factories import MembershipFactory
from trekker.plan.tests.factories import IndicatorFactory
from trekker.reports import actions
from trekker.reports.models import NarrativeText, Report
from trekker.reports.queries.reports import NoPlanAdopted, report_contents
from trekker.reports.tests.factories import NOW, write
from trekker.reports.tests.fixing.steps import move, values

pytestmark = pytest.mark.django_db
State = Report.State


class TestAReport:
    def test_starts_for_a_year_with_an_adopted_plan(self, line):
        plan = line.indicator.goal.version.plan

        made = actions.start_report(
            plan=plan, year=2026, kind="annual", last_day=date(2026, 12, 31), by=None, now=NOW
        )

        assert (made.state, made.title) == (State.CONCEPT, "Jaarrapport 2026")

    def test_starts_once_a_kind(self, report):
        facts = {"plan": report.plan, "year": 2026, "by": None, "now": NOW}

        with pytest.raises(actions.ReportExists):
            actions.start_report(kind="annual", last_day=date(2026, 12, 31), **facts)
        actions.start_report(kind="mid_year", last_day=date(2026, 6, 30), **facts)

        assert Report.objects.count() == 2

    def test_needs_a_plan_and_a_day_of_its_year(self, report):
        facts = {"plan": report.plan, "kind": "mid_year", "by": None, "now": NOW}

        with pytest.raises(NoPlanAdopted):
            actions.start_report(year=2025, last_day=date(2025, 6, 30), **facts)
        with pytest.raises(actions.WrongDay):
            actions.start_report(year=2026, last_day=date(2025, 6, 30), **facts)

    def test_says_today_what_the_registers_say(self, report):
        MembershipFactory()

        assert values(report_contents(report, now=NOW)) == [3]

    def test_moves_by_the_table_of_steps_alone(self, report):
        with pytest.raises(actions.WrongStep):
            move(report, State.CHECKED)
        with pytest.raises(actions.WrongStep):
            move(report, State.FIXED)

        report = move(report, State.OFFERED)
        report = move(report, State.CHECKED)

        with pytest.raises(actions.WrongStep):
            move(report, State.FIXED)

    def test_is_not_moved_from_a_page_that_is_out_of_date(self, report):
        report = move(report, State.OFFERED)
        report = move(report, State.CONCEPT)

        with pytest.raises(actions.WrongStep):
            move(report, State.OFFERED, edition=0)

    def test_asks_for_a_description_that_was_promised(self, report, line):
        IndicatorFactory(goal=line.indicator.goal, is_narrative=True)

        with pytest.raises(actions.NotReady) as caught:
            move(report, State.OFFERED)
        write(report, "Zo ging het.", "OD1.1")

        assert caught.value.lacking == ["OD1.1 belooft een beschrijving. Schrijf ze."]
        assert move(report, State.OFFERED).state == State.OFFERED

    def test_asks_why_something_was_not_reached(self, report, line):
        line.target = 90
        line.save()

        with pytest.raises(actions.NotReady) as caught:
            move(report, State.OFFERED)

        assert caught.value.lacking == ["OD1.1 is niet gehaald. Schrijf waarom."]


class TestANarrative:
    def test_is_kept_in_every_edition(self, report):
        write(report, "Eerst.", "OD1.1")
        write(report, "Daarna.", "OD1.1", edition=1)

        assert [each.text for each in report.narratives.order_by("edition")] == ["Eerst.", "Daarna."]
        (goal,) = report_contents(report, now=NOW).goals
        assert goal.narrative.text == "Daarna."

    def test_of_two_writers_never_takes_the_place_of_the_other(self, report):
        write(report, "Van Bo.", "OD1.1")

        with pytest.raises(actions.WrittenMeanwhile):
            write(report, "Van Pim.", "OD1.1")

        assert NarrativeText.objects.get().text == "Van Bo."

    def test_stands_still_while_the_report_is_looked_over(self, report):
        move(report, State.OFFERED)

        with pytest.raises(actions.NotWritable):
            write(report, "Toch nog iets.")

    def test_that_was_emptied_is_no_narrative(self, report):
        write(report, "Eerst.", "OD1.1")
        write(report, "  ", "OD1.1", edition=1)

        (goal,) = report_contents(report, now=NOW).goals
        assert goal.narrative is None
