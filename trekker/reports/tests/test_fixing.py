"""A report from concept to fixed, and what nobody can do to it afterwards."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from trekker.events.models import Event
from trekker.events.tests.factories import AttendanceFactory
from trekker.network.models import Membership
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.people.actions import erase_person
from trekker.people.models import Person
from trekker.people.tests.factories import AccountFactory
from trekker.plan.models import PlanVersion
from trekker.plan.tests.factories import IndicatorFactory, LineFactory
from trekker.reports import actions
from trekker.reports.models import Fixed, NarrativeText, Report, Snapshot
from trekker.reports.queries.reports import (
    NoPlanAdopted,
    contents_of_today,
    document_of,
    fixed_contents,
    mark_of,
    report_contents,
)
from trekker.reports.queries.since import since
from trekker.reports.queries.verify import verify
from trekker.reports.tests.factories import NOW, ReportFactory, checked, fixed, tamper, write

pytestmark = pytest.mark.django_db
State = Report.State


@pytest.fixture
def line():
    """A line that counts members; there are two."""
    return LineFactory(indicator__goal__code="OD1.1")


@pytest.fixture
def report(line):
    """The annual report of the year of that line, with two members."""
    MembershipFactory.create_batch(2)
    return ReportFactory(plan=line.indicator.goal.version.plan)


def move(report, to, *, edition=None, now=NOW):
    return actions.move(
        report=report, to=to, edition=report.edition if edition is None else edition, by=None, now=now
    )


def fix(report, *, edition=None, now=NOW):
    report.refresh_from_db()
    seen = mark_of(contents_of_today(report, now=now))
    return actions.fix(
        report=report,
        seen=seen,
        edition=report.edition if edition is None else edition,
        by=None,
        now=now,
    )


def values(contents):
    return [line.value for _goal, _promise, line in contents.every_line()]


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


class TestVerifying:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'"value":"2"', b'"value":"3"'),
            (b'"pks":[', b'"pks":[9999999,'),
            (b"Veel leden.", b"Heel veel leden."),
            (b'"made_at":"2', b'"made_at":"3'),
            (b'"OD1.1"', b'"OD1.2"'),
        ],
        ids=["a figure", "a row", "a narrative", "one byte", "a code"],
    )
    def test_finds_what_was_changed(self, report, old, new):
        write(report, "Veel leden.", "OD1.1")
        snapshot = fixed(report)

        verdict = verify(tamper(snapshot, old, new))

        assert not verdict.is_untouched
        assert verdict.faults[0] == "De inhoud past niet meer bij het controlegetal."
        with pytest.raises(CommandError, match="Niet meer zoals vastgesteld: vaststelling 1") as caught:
            call_command("verify_report", str(report.pk))
        assert caught.value.returncode == 2

    def test_finds_bytes_that_are_broken(self, report):
        snapshot = fixed(report)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_snapshot SET packed = %s", [b"kapot"])

        assert verify(Snapshot.objects.get(pk=snapshot.pk)).faults == (
            "De bewaarde inhoud is niet meer leesbaar.",
        )

    def test_finds_a_change_that_took_the_hash_along(self, report):
        snapshot = fixed(report)
        packing = Snapshot.packing(snapshot.data.replace(b'"value":"2"', b'"value":"3"'))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_snapshot SET packed = %s, sha256 = %s", list(packing.values()))

        faults = verify(Snapshot.objects.get(pk=snapshot.pk)).faults

        assert "De inhoud past niet bij het controlegetal in het logboek." in faults
        assert "OD1.1: de rijen tellen op tot 2, het cijfer zegt 3." in faults

    def test_finds_what_was_changed_beside_the_bytes(self, report):
        snapshot = fixed(report)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_snapshot SET reason = 'verzonnen'")

        assert verify(Snapshot.objects.get(pk=snapshot.pk)).faults == (
            "Wat naast de inhoud staat, zegt iets anders dan de inhoud.",
        )

    def test_tells_what_changed_since_in_the_registers(self, report, line, capsys):
        asked = {"measure": "participations.count", "filters": {}, "unit": "deelnames", "target": 1}
        LineFactory(indicator=line.indicator, **asked)
        AttendanceFactory(registration__event__starts_at=datetime(2026, 5, 1, 9, tzinfo=UTC))
        fixed(report)
        AttendanceFactory(registration__event__starts_at=datetime(2026, 6, 1, 9, tzinfo=UTC))
        gone = Event.objects.earliest("pk").registrations.get()
        number = gone.pk
        gone.delete()

        call_command("verify_report", str(report.pk))

        said = capsys.readouterr().out
        assert "Vaststelling 1 van 11/01/2027 10:00: ongewijzigd." in said
        assert "1 van 2 cijfers gelijk" in said
        assert "Vastgesteld: 1. Nu: 1. Sinds vaststelling +1/-1." in said
        assert f"Weg: rij {number}" in said

    def test_says_that_there_is_nothing_to_verify(self, report):
        with pytest.raises(CommandError, match="nog niet vastgesteld"):
            call_command("verify_report", str(report.pk))
        with pytest.raises(CommandError, match="geen rapport met nummer 999"):
            call_command("verify_report", "999")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtTheSameTime:
    def run(self, jobs):
        barrier, done = threading.Barrier(len(jobs)), []

        def work(job):
            try:
                barrier.wait()
                done.append(job() or "done")
            except (actions.WrongStep, actions.WrittenMeanwhile) as refused:
                done.append(type(refused).__name__)
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=[job]) for job in jobs]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return sorted(map(str, done))

    def test_two_who_fix_give_one_snapshot(self):
        ChannelFactory()
        line = LineFactory(indicator__goal__code="OD1.1", target=0)
        report = checked(ReportFactory(plan=line.indicator.goal.version.plan))
        seen = mark_of(contents_of_today(report, now=NOW))

        def fixing():
            actions.fix(report=report, seen=seen, edition=report.edition, by=None, now=NOW)

        assert self.run([fixing, fixing, fixing]) == ["WrongStep", "WrongStep", "done"]
        assert Snapshot.objects.count() == 1
        assert verify(Snapshot.objects.get()).is_untouched

    def test_two_who_write_give_one_edition(self):
        line = LineFactory(target=0)
        report = ReportFactory(plan=line.indicator.goal.version.plan)

        def writing():
            write(report, "Van mij.", "OD1.1")

        assert self.run([writing, writing]) == ["WrittenMeanwhile", "done"]
        assert NarrativeText.objects.count() == 1

    def test_what_is_fixed_is_of_one_moment_while_others_write(self):
        line = LineFactory(indicator__goal__code="OD1.1", target=0)
        report = checked(ReportFactory(plan=line.indicator.goal.version.plan))

        def joining():
            for _ in range(5):
                try:
                    with transaction.atomic():
                        MembershipFactory()
                except DatabaseError as error:
                    return str(error)
            return None

        def fixing():
            while True:
                try:
                    seen = mark_of(contents_of_today(report, now=NOW))
                    actions.fix(report=report, seen=seen, edition=report.edition, by=None, now=NOW)
                except actions.FiguresMoved:
                    continue
                return

        assert self.run([joining, fixing]) == ["done", "done"]
        assert verify(Snapshot.objects.get()).is_untouched
