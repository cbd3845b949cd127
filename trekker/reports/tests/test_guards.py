"""What holds when several work on reports at once, when something falls, or past a guard."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trekker.kernel.access import Role
from trekker.mail.models import Message
from trekker.network.tests.factories import MembershipFactory
from trekker.people.tests.factories import AccountFactory
from trekker.plan.actions.leads import set_parties
from trekker.plan.actions.meetings import About, agree, start_meeting
from trekker.plan.models import Lead
from trekker.plan.tests.factories import GoalFactory, LineFactory, VersionFactory
from trekker.reports import actions
from trekker.reports.actions.steps import WrongStep
from trekker.reports.contents import Part
from trekker.reports.formats.openly import published
from trekker.reports.models import Publication, Report, Snapshot
from trekker.reports.queries.verify import verify
from trekker.reports.tests.factories import NOW, ReportFactory, fixed, write
from trekker.reports.tests.open_report import report as open_report

pytestmark = pytest.mark.django_db
MONDAY = NOW  # 11 January 2027, ten in the morning here


@pytest.fixture
def line():
    return LineFactory(indicator__goal__code="OD1.1", target=1)


@pytest.fixture
def report(line):
    MembershipFactory()
    return ReportFactory(plan=line.indicator.goal.version.plan)


class TestWhatIsFixed:
    def test_is_not_overwritten_by_something_new_with_its_number(self, report):
        snapshot = fixed(report)
        known = {field.attname: getattr(snapshot, field.attname) for field in Snapshot._meta.concrete_fields}
        other = Snapshot(**{**known, "reason": "verzonnen"})

        with pytest.raises(IntegrityError):
            other.save()

    def test_is_found_changed_when_its_moment_is(self, report):
        snapshot = fixed(report)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_snapshot SET fixed_at = '2020-01-01 00:00:00'")

        assert verify(Snapshot.objects.get(pk=snapshot.pk)).faults == (
            "Wat naast de inhoud staat, zegt iets anders dan de inhoud.",
        )

    def test_holds_when_who_fixed_it_goes(self, report):
        account = AccountFactory()
        snapshot = fixed(report, by=account)
        account.delete()

        assert verify(Snapshot.objects.get(pk=snapshot.pk)).is_untouched

    def test_one_figure_is_asked_again_alone(self, report, line, as_role):
        for nth in range(6):
            LineFactory(indicator=line.indicator, target=1, position=nth + 1)
        fixed(report)
        browser = as_role(Role.PROGRAMME_OFFICER)
        counted = 'FROM "network_membership"'

        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("reports:since", args=[report.pk, 1, line.pk]))

        assert sum(counted in each["sql"] for each in asked) == 2


class TestSteps:
    def test_gather_before_they_take_hold_of_the_report(self, report):
        """What takes long holds up nobody: only the step itself locks."""
        with CaptureQueriesContext(connection) as asked:
            actions.move(report=report, to="OFFERED", edition=0, by=None, now=NOW)

        sql = [each["sql"] for each in asked]
        held = next(nth for nth, each in enumerate(sql) if each.startswith("SAVEPOINT"))
        assert not [each for each in sql[held:] if "plan_indicator" in each]

    def test_look_again_at_what_was_written_meanwhile(self, report, line):
        line.indicator.is_narrative = True
        line.indicator.save()
        write(report, "Zo was het.", "OD1.1")
        emptied = []

        class Emptied:
            """Passes for the moment, and empties the narrative once the registers were asked."""

            def __bool__(self):
                return True

        def empty(execute, sql, params, many, context):
            answer = execute(sql, params, many, context)
            if "plan_indicator" in sql and not emptied:
                emptied.append(Emptied())
                write(report, "", "OD1.1", edition=1)
            return answer

        with connection.execute_wrapper(empty), pytest.raises(WrongStep):
            actions.move(report=report, to="OFFERED", edition=0, by=None, now=NOW)

        assert emptied
        assert Report.objects.get().state == "CONCEPT"

    def test_keep_the_reason_of_who_restates_second(self, report, as_role):
        fixed(report)
        report.refresh_from_db()
        seen = report.edition
        actions.restate(report=report, reason="Van hen", edition=seen, by=None, now=NOW)

        page = as_role(Role.PROGRAMME_OFFICER).post(
            reverse("reports:restate", args=[report.pk]), {"reason": "Een lange uitleg.", "edition": seen}
        )

        assert "Een lange uitleg." in page.text
        assert Report.objects.get().restating == "Van hen"


class TestEffectForAnyone:
    def test_of_many_goals_takes_larger_steps_though_no_line_asks_for_answers(self):
        """Of six goals one may tell of all that the other five tell of: 5 is no step then."""
        effect = (Part(label="kan ermee aan de slag", count=8, of=12),)
        (goal,) = open_report(goal={"effect": effect}).goals
        goals = tuple(replace(goal, key=nth, code=f"OD{nth}") for nth in range(6))

        told = published(open_report(goals=goals), {}).goals

        assert {(each.effect[0].count, each.effect[0].of) for each in told} == {
            ("minder dan 10", "10 of meer")
        }


class TestOneThatFalls:
    def test_does_not_keep_the_signals_of_the_others(self):
        version = VersionFactory(year=2027, in_force_from=date(2027, 1, 1))
        goal = LineFactory(indicator__goal__version=version, measure="", filters={}).indicator.goal
        Lead.objects.create(goal=goal, party="VVSG")
        accounts = AccountFactory.create_batch(2, role=Role.PROGRAMME_OFFICER)
        for account in accounts:
            set_parties(account=account, parties=["VVSG"], by=None, now=NOW)

        def fall(execute, sql, params, many, context):
            if sql.startswith("INSERT") and "mail_message" in sql and accounts[0].email in str(params):
                raise ValueError(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(fall):
            sent = actions.send_signals(now=MONDAY)

        assert sent == 1
        assert Message.objects.get().address == accounts[1].email
        assert actions.send_signals(now=MONDAY + timedelta(hours=1)) == 1

    def test_does_not_keep_the_other_years_from_the_website(self, report):
        fixed(report)
        VersionFactory(year=2027, in_force_from=date(2027, 1, 1))
        for year, shows in ((2026, "fixed"), (2027, "today")):
            actions.publish(year=year, shows=shows, hosts=[], by=None, now=NOW)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_snapshot SET packed = %s", [b"stuk"])

        assert actions.count_again(now=NOW + timedelta(hours=1)) == 1
        assert [each.year for each in Publication.objects.filter(counted_at__gt=NOW)] == [2027]


def test_who_publishes_reads_that_texts_are_shown_as_written(as_role, report):
    page = as_role(Role.PROGRAMME_OFFICER).get(reverse("publication:edit", args=[report.year])).text

    assert "tonen we zoals ze geschreven zijn" in page
    assert "Bezoekers zien geen namen" not in page


def test_an_agreement_that_is_sent_twice_is_made_once():
    goal = GoalFactory()
    meeting = start_meeting(plan=goal.version.plan, held_on=date(2026, 6, 15), present=[], by=None, now=NOW)
    about, owner = About(goal.thread, "OD1.1"), AccountFactory()

    for text in ("Bellen", "Bellen", "Schrijven"):
        agree(meeting=meeting, about=about, text=text, owner=owner, due_on=None, by=None, now=NOW)

    assert [each.text for each in meeting.agreements.order_by("pk")] == ["Bellen", "Schrijven"]


@pytest.mark.parametrize("day", ["0001-01-01", "0026-06-15", "9999-12-31"])
def test_a_meeting_of_another_age_is_a_slip_and_breaks_no_page(as_role, day):
    plan = VersionFactory().plan
    browser = as_role(Role.PROGRAMME_OFFICER)

    page = browser.post(reverse("meetings:add"), {"plan": plan.pk, "held_on": day})

    assert "Kies een dag tussen 2000 en 2100." in page.text
    assert browser.get(reverse("meetings:add")).status_code == 200
    assert not plan.meetings.exists()
