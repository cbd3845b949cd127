"""A report is fixed once, and holds."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.db.models import ProtectedError

from trekker.network.models import Membership
from trekker.network.tests.factories import MembershipFactory
from trekker.people.actions import erase_person
from trekker.people.models import Person
from trekker.people.tests.factories import AccountFactory
from trekker.plan.models import PlanVersion
from trekker.reports import actions
from trekker.reports.models import Fixed, Report, Snapshot
from trekker.reports.queries.reports import (
    contents_of_today,
    document_of,
    fixed_contents,
    mark_of,
    report_contents,
)
from trekker.reports.queries.since import since
from trekker.reports.queries.verify import verify
from trekker.reports.tests.factories import NOW, checked, fixed, write
from trekker.reports.tests.fixing.steps import fix, move, values

pytestmark = pytest.mark.django_db
State = Report.State


class TestFixing:
    def test_keeps_figures_rows_and_text(self, report):
        bo = AccountFactory(first_name="Bo", last_name="Beheerder")
        write(report, "Het jaar liep goed.", by=bo)
        write(report, "Veel leden.", "OD1.1", by=bo)

        snapshot = fixed(report, by=bo)

        kept = fixed_contents(snapshot)
        (goal,) = kept.goals
        assert kept.introduction == "Het jaar liep goed."
        assert (goal.narrative.text, goal.narrative.by) == ("Veel leden.", "Bo Beheerder")
        assert values(kept) == [2]
        (row, _other) = kept.goals[0].promises[0].lines[0].evidence.rows()
        assert row.pk in Person.objects.values_list("pk", flat=True)
        assert kept.fixed_on == date(2027, 1, 11)
        assert document_of(snapshot)["fixing"]["fixed_by"] == "Bo Beheerder"

    def test_holds_whatever_the_registers_say_later(self, report):
        snapshot = fixed(report)
        Membership.objects.all().delete()
        report.refresh_from_db()

        assert values(report_contents(report, now=NOW)) == [2]
        (changed,) = since(fixed_contents(snapshot))
        assert (changed.then, changed.plus, changed.minus, changed.now) == (2, 0, 2, 0)
        assert changed.words == "Sinds vaststelling +0/-2."

    def test_waits_until_the_days_are_over(self, report):
        report = checked(report)

        with pytest.raises(actions.NotOver):
            fix(report, now=datetime(2026, 12, 31, 12, tzinfo=UTC))

        assert not Snapshot.objects.exists()

    def test_fixes_only_what_was_shown(self, report):
        report = checked(report)
        seen = mark_of(contents_of_today(report, now=NOW))
        MembershipFactory()

        with pytest.raises(actions.FiguresMoved):
            actions.fix(report=report, seen=seen, edition=report.edition, by=None, now=NOW)

        assert not Snapshot.objects.exists()

    def test_takes_a_checked_report(self, report):
        with pytest.raises(actions.WrongStep):
            fix(report)

    def test_happens_once(self, report):
        fixed(report)

        with pytest.raises(actions.WrongStep):
            fix(report)

        assert Snapshot.objects.count() == 1

    def test_names_no_persons(self, report):
        MembershipFactory(
            person__first_name="Zeldzame", person__last_name="Naam", person__email="z@x.example"
        )

        data = fixed(report).data.decode()

        assert not any(word in data for word in ("Zeldzame", "Naam", "z@x.example"))

    def test_holds_when_a_person_and_an_account_are_gone(self, report):
        bo = AccountFactory(first_name="Bo", last_name="Beheerder")
        snapshot = fixed(report, by=bo)

        erase_person(person=Person.objects.first(), by=None, now=NOW)
        get_user_model().objects.filter(pk=bo.pk).delete()

        kept = Snapshot.objects.get(pk=snapshot.pk)
        assert verify(kept).is_untouched
        assert kept.fixed_by is None


class TestWhatIsFixed:
    def test_is_not_changed_or_thrown_away(self, report):
        snapshot = fixed(report)
        snapshot.reason = "iets anders"

        with pytest.raises(Fixed):
            snapshot.save()
        with pytest.raises(Fixed):
            snapshot.delete()
        with pytest.raises(Fixed):
            Snapshot.objects.update(reason="iets anders")
        with pytest.raises(Fixed):
            Snapshot.objects.all().delete()

    @pytest.mark.parametrize("model", [Report, PlanVersion])
    def test_holds_on_to_its_report_and_its_version(self, report, model):
        fixed(report)

        with pytest.raises(ProtectedError):
            model.objects.all().delete()

    def test_is_restated_with_a_reason_beside_the_first(self, report):
        first = fixed(report)
        MembershipFactory()
        report.refresh_from_db()

        with pytest.raises(actions.ReasonMissing):
            actions.restate(report=report, reason=" ", edition=report.edition, by=None, now=NOW)
        report = actions.restate(
            report=report, reason="Eén lid vergeten.", edition=report.edition, by=None, now=NOW
        )
        second = fixed(report)

        assert (second.number, second.reason) == (2, "Eén lid vergeten.")
        assert document_of(second)["fixing"]["before"] == first.sha256
        assert [values(fixed_contents(each)) for each in (first, second)] == [[2], [3]]
        assert verify(Snapshot.objects.get(pk=first.pk)).is_untouched

    def test_holds_on_when_a_restatement_is_stopped(self, report):
        fixed(report)
        report.refresh_from_db()
        report = actions.restate(report=report, reason="Toch niet", edition=report.edition, by=None, now=NOW)

        report = move(report, State.FIXED)

        assert (report.state, report.restating) == (State.FIXED, "")
        assert Snapshot.objects.count() == 1
