"""Reports in the back office: the list, writing, steps, fixing, and who may do what."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trekker.events.tests.factories import AttendanceFactory, EventFactory
from trekker.feedback.models import Lesson
from trekker.feedback.tests.factories import EvaluationFactory, answers
from trekker.kernel.access import Role
from trekker.network.models import Membership
from trekker.network.tests.factories import MembershipFactory
from trekker.plan.actions import copy_version
from trekker.plan.actions.progress import note_progress
from trekker.plan.models import Action
from trekker.plan.tests.factories import IndicatorFactory, LineFactory
from trekker.reports import actions
from trekker.reports.models import NarrativeText, Report, Snapshot
from trekker.reports.queries.proposals import FIRST, MOST
from trekker.reports.tests.factories import NOW, ReportFactory, checked, fixed, tamper, write

pytestmark = pytest.mark.django_db
REFUSED = "/beheer/"  # Wagtail leads there who may not do something
OFFICER, PARTNER, MANAGEMENT = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER, Role.MANAGEMENT


@pytest.fixture
def line():
    return LineFactory(
        indicator__goal__code="OD1.1", indicator__goal__version__year=2025, target=1, unit="leden"
    )


@pytest.fixture
def report(line):
    """The report of a year that is over, whatever day it is."""
    MembershipFactory()
    return ReportFactory(plan=line.indicator.goal.version.plan, year=2025, last_day=date(2025, 12, 31))


@pytest.fixture
def officer(as_role):
    return as_role(OFFICER)


def to(name, report, *more):
    return reverse(f"reports:{name}", args=[report.pk, *more])


def writing(report, code="OD1.1"):
    return f"{to('write', report)}?doel={code}"


class TestTheList:
    def test_says_how_to_begin(self, officer):
        page = officer.get(reverse("reports:index"))

        assert "Er is nog geen rapport." in page.text
        assert "Ga naar het plan." in page.text

    def test_shows_how_far_each_report_is(self, officer, report):
        ReportFactory(plan=report.plan, year=2025, kind="mid_year", last_day=date(2025, 6, 30))
        fixed(report)

        page = officer.get(reverse("reports:index")).text

        assert page.index("Jaarrapport 2025") < page.index("Halfjaarrapport 2025")
        assert "vastgesteld" in page
        assert "11 januari 2027" in page

    def test_stands_in_the_menu_once(self, officer):
        page = officer.get(reverse("reports:index")).text

        assert page.count("Rapporten") >= 1
        assert "Logboek" not in page  # only for administrators

    def test_starts_a_report(self, officer, line):
        version = line.indicator.goal.version

        page = officer.post(reverse("reports:start"), {"version": version.pk, "kind": "mid_year"})

        made = Report.objects.get()
        assert page.url == made.get_absolute_url()
        assert made.last_day == date(2025, 6, 30)

    @pytest.mark.parametrize(
        ("typed", "error"),
        [
            ({"last_day": "2024-05-01"}, "Kies een dag in 2025."),
            ({}, "Dit rapport bestaat al."),
            ({"kind": "x"}, "Selecteer"),
        ],
    )
    @pytest.mark.usefixtures("report")
    def test_says_why_it_does_not_start(self, officer, line, typed, error):
        facts = {"version": line.indicator.goal.version.pk, "kind": "annual"}

        page = officer.post(reverse("reports:start"), facts | typed)

        assert error in page.text
        assert Report.objects.count() == 1


class TestThePage:
    def test_shows_figures_narratives_and_what_lacks(self, officer, report):
        write(report, "Een rustig jaar.\n\nMet veel leden.", "OD1.1")

        page = officer.get(report.get_absolute_url()).text

        assert "doel: minstens 1 lid" in page
        assert "<p>Met veel leden.</p>" in page
        assert "De inleiding is nog leeg." in page
        assert "Laat nakijken" in page

    def test_shows_texts_of_goals_that_went(self, officer, report):
        write(report, "Van vroeger.", "OD8.8")

        page = officer.get(report.get_absolute_url()).text

        assert "Verhalen bij doelstellingen die weg zijn" in page
        assert "Van vroeger." in page

    def test_says_what_must_be_written_first(self, officer, report, line):
        IndicatorFactory(goal=line.indicator.goal, is_narrative=True)

        page = officer.post(to("move", report), {"to": "OFFERED", "edition": 0}, follow=True)

        assert "OD1.1 belooft een beschrijving. Schrijf ze." in page.text
        report.refresh_from_db()
        assert report.state == "CONCEPT"

    def test_is_moved_once_from_one_page(self, officer, report):
        officer.post(to("move", report), {"to": "OFFERED", "edition": 0})

        page = officer.post(to("move", report), {"to": "OFFERED", "edition": 0}, follow=True)

        assert "Iemand wijzigde dit rapport intussen." in page.text

    def test_of_a_fixed_report_tells_what_changed_since(self, officer, report):
        snapshot = fixed(report)
        Membership.objects.all().delete()

        page = officer.get(f"{report.get_absolute_url()}?vergelijk=1").text

        assert "Ongewijzigd sinds de vaststelling" in page
        assert "Vergeleken op" in page
        assert snapshot.sha256 in page
        assert "Sinds vaststelling +0/-1." in page
        assert "1 rij weg" in page
        assert "In de registers van nu zijn 0 van 1 cijfers gelijk." in page

    @pytest.mark.parametrize("name", ["show", "snapshot"])
    def test_of_a_fixed_report_asks_the_registers_nothing_until_someone_compares(
        self, officer, report, line, name
    ):
        LineFactory.create_batch(3, indicator__goal=line.indicator.goal, target=1)
        number = fixed(report).number
        address = to(name, report, *([number] if name == "snapshot" else []))

        with CaptureQueriesContext(connection) as opened:
            page = officer.get(address).text
        with CaptureQueriesContext(connection) as compared:
            officer.get(f"{address}?vergelijk=1")

        assert "Vergelijk met de registers van nu" in page
        assert len(opened) <= 13  # however many figures there are
        assert not [each for each in opened if "network_membership" in each["sql"]]
        assert [each for each in compared if "network_membership" in each["sql"]]

    def test_of_a_fixed_report_says_when_it_was_tampered_with(self, officer, report):
        tamper(fixed(report), b'"value":"1"', b'"value":"7"')

        page = officer.get(report.get_absolute_url()).text

        assert "Dit rapport is niet meer zoals het vastgesteld is" in page
        assert "De inhoud past niet meer bij het controlegetal." in page


class TestWriting:
    def test_saves_and_leads_back(self, officer, report, line):
        typed = "Mooi jaar.\r\n\r\nEcht waar.\r\n"

        page = officer.post(writing(report), {"text": typed, "edition": 0, "bewaar": "1"})

        assert page.url == f"{report.get_absolute_url()}#doel-{line.indicator.goal.pk}"
        assert NarrativeText.objects.get().text == "Mooi jaar.\n\nEcht waar."

    def test_adds_a_proposal_to_what_was_typed_and_saves_nothing(self, officer, report, line):
        code = f"cijfer-{line.pk}"

        page = officer.post(writing(report), {"text": "Ik typte dit.", "edition": 0, "voeg_toe": code})

        assert "Ik typte dit.\n\nWe telden 1 lid. Het doel was minstens 1 lid." in page.text
        assert not NarrativeText.objects.exists()

    def test_shows_what_another_saved_meanwhile_and_keeps_what_was_typed(self, officer, report):
        write(report, "Van Bo.", "OD1.1")

        page = officer.post(writing(report), {"text": "Van Pim.", "edition": 0, "bewaar": "1"})

        assert "schreef intussen iets anders" in page.text
        assert "<p>Van Bo.</p>" in page.text
        assert "Van Pim.</textarea>" in page.text
        officer.post(writing(report), {"text": "Van Bo en Pim.", "edition": 1, "bewaar": "1"})
        assert NarrativeText.objects.latest("edition").text == "Van Bo en Pim."

    def test_proposes_activities_results_lessons(self, officer, report, line):
        line.measure, line.filters = "participations.count", {}
        line.save()
        evaluation = EvaluationFactory(closed=True, about_on=date(2025, 5, 1))
        answers(evaluation, *[{"can_use": "ja"}] * 6)
        Lesson.objects.create(text="Begin later", evaluation=evaluation, decided_at=NOW)
        starts = NOW.replace(year=2025, month=5, day=1)
        event = EventFactory(held=True, starts_at=starts, title="De bib als digipunt", evaluation=evaluation)
        AttendanceFactory(registration__event=event)

        page = officer.get(writing(report)).text

        assert "Op 1 mei was er «De bib als digipunt»." in page
        assert "Van de 6 mensen die antwoordden, kunnen er 6 (100 %) mee aan de slag." in page
        assert "We leerden: Begin later." in page

    def test_proposes_nothing_that_fewer_than_five_said(self, officer, report, line):
        line.measure, line.filters = "events.held", {}
        line.save()
        evaluation = EvaluationFactory(closed=True, about_on=date(2025, 5, 1))
        answers(evaluation, *[{"can_use": "ja"}] * 4)
        EventFactory(held=True, starts_at=NOW.replace(year=2025, month=5), evaluation=evaluation)

        assert "ermee aan de slag" not in officer.get(writing(report)).text

    def test_proposes_the_notes_that_someone_offered_to_the_report_and_keeps_the_others_closed(
        self, officer, report, line
    ):
        action = Action.objects.create(goal=line.indicator.goal, text="VVSG vraagt rond")
        noted = {"action": action, "by": None, "now": NOW.replace(year=2025, month=6)}
        note_progress(**noted, edition=0, text="Rondvraag gedaan", for_report=True)
        note_progress(**noted, edition=1, text="Pim is ziek")

        offered, others = officer.get(writing(report)).context["proposals"][-2:]

        assert [each.sentence for each in offered.first] == ["Rondvraag gedaan."]
        assert (offered.more, others.first) == ((), ())
        assert [each.sentence for each in others.more] == ["Pim is ziek."]

    def test_shows_a_few_proposals_at_once_keeps_the_next_closed_and_says_how_many_are_left_out(
        self, officer, report, line
    ):
        line.measure, line.filters = "events.held", {}
        line.save()
        EventFactory.create_batch(MOST + 3, held=True, starts_at=NOW.replace(year=2025, month=5))

        page = officer.get(writing(report))

        kind = next(each for each in page.context["proposals"] if each.heading == "Activiteiten")
        assert (len(kind.first), len(kind.sentences), kind.left) == (FIRST, MOST, 3)
        assert f"Toon er nog {MOST - FIRST}" in page.text
        assert "En nog 3. Die vind je in de registers." in page.text

    def test_warns_before_typed_text_is_lost(self, officer, report):
        opened = officer.get(writing(report)).text
        added = officer.post(writing(report), {"text": "Een uur werk.", "edition": 0, "voeg_toe": "x"}).text

        assert "beforeunload@window->w-unsaved#confirm" in opened
        assert 'data-w-unsaved-force-value="false"' in opened
        assert 'data-w-unsaved-force-value="true"' in added

    def test_of_a_goal_that_is_not_there_is_no_page(self, officer, report):
        assert officer.get(writing(report, "OD9.9")).status_code == 404

    def test_ends_when_the_report_is_looked_over(self, officer, report):
        checked(report)

        page = officer.get(writing(report), follow=True)

        assert "Dit rapport is geen concept." in page.text

    def test_an_edition_that_never_was_loses_nothing_either(self, officer, report):
        page = officer.post(writing(report), {"text": "Een uur werk.", "edition": 7})

        assert page.context["form"]["text"].value() == "Een uur werk."
        assert page.context["form"]["edition"].value() == 0

    def test_loses_nothing_when_the_report_went_to_be_looked_over_meanwhile(self, officer, report):
        checked(report)

        page = officer.post(writing(report), {"text": "Een uur werk.", "edition": 0})

        assert "Je tekst is niet bewaard" in page.text
        assert page.context["form"]["text"].value() == "Een uur werk."
        assert not NarrativeText.objects.exists()


class TestFixing:
    def test_shows_what_will_be_fixed_and_fixes_that(self, officer, report):
        checked(report)
        page = officer.get(to("fix", report))
        form = page.context["form"].initial

        assert "en met 1 rijen als bewijs" in page.text
        officer.post(to("fix", report), form)

        assert Snapshot.objects.get().number == 1

    def test_shows_the_figures_again_when_they_moved(self, officer, report):
        checked(report)
        form = officer.get(to("fix", report)).context["form"].initial
        MembershipFactory()

        page = officer.post(to("fix", report), form)

        assert "Er wijzigde intussen iets." in page.text
        assert not Snapshot.objects.exists()
        officer.post(to("fix", report), page.context["form"].initial)
        assert Snapshot.objects.exists()

    def test_waits_for_the_last_day(self, officer, line):
        version = copy_version(version=line.indicator.goal.version, by=None, now=NOW)
        version.__class__.objects.filter(pk=version.pk).update(
            state="ADOPTED", year=2099, adopted_on=date(2026, 1, 1), in_force_from=date(2026, 1, 1)
        )
        later = checked(ReportFactory(plan=version.plan, year=2099, last_day=date(2099, 12, 31)))

        page = officer.get(to("fix", later)).text

        assert "Vaststellen kan nog niet" in page

    def test_is_restated_with_a_reason(self, officer, report):
        fixed(report)
        report.refresh_from_db()

        empty = officer.post(to("restate", report), {"reason": "", "edition": report.edition})
        officer.post(to("restate", report), {"reason": "Fout in een lijst", "edition": report.edition})

        assert empty.status_code == 200
        page = officer.get(report.get_absolute_url()).text
        assert "Dit is een herziening" in page
        assert "Stop de herziening" in page
        assert "Vaststelling 1" in page

    def test_leaves_every_fixing_to_read(self, officer, report):
        fixed(report)
        report.refresh_from_db()
        actions.restate(report=report, reason="Fout", edition=report.edition, by=None, now=NOW)
        MembershipFactory()
        fixed(report)

        first, second = (
            officer.get(f"{to('snapshot', report, number)}?vergelijk=1").text for number in (1, 2)
        )

        assert "Sinds vaststelling +1/-0." in first
        assert "Reden van de herziening: Fout" in second
        assert officer.get(to("snapshot", report, 3)).status_code == 404

    def test_names_the_rows_that_changed(self, officer, report, line):
        line.measure, line.filters = "participations.organisations", {}
        line.target = 0
        line.save()
        fixed(report)
        came = AttendanceFactory(registration__event__starts_at=NOW.replace(year=2025, month=5))

        page = officer.get(to("since", report, 1, line.pk)).text

        assert "Erbij: 1" in page
        assert str(came.registration.organisation) in page
        assert officer.get(to("since", report, 1, 999_999)).status_code == 404


class TestAccess:
    def test_management_reads_and_changes_nothing(self, as_role, report):
        management = as_role(MANAGEMENT)

        page = management.get(report.get_absolute_url()).text

        assert "Jaarrapport 2025" in page
        assert "Laat nakijken" not in page
        assert "Schrijf" not in page
        assert management.get(writing(report)).url == REFUSED
        assert management.post(to("move", report), {"to": "OFFERED", "edition": 0}).url == REFUSED

    def test_a_partner_writes_and_offers_but_does_not_check(self, as_role, report):
        partner = as_role(PARTNER)

        partner.post(writing(report), {"text": "Van Mediawijs.", "edition": 0, "bewaar": "1"})
        partner.post(to("move", report), {"to": "OFFERED", "edition": 0})
        refused = partner.post(to("move", report), {"to": "CHECKED", "edition": 1})

        report.refresh_from_db()
        assert (report.state, refused.url) == ("OFFERED", REFUSED)
        assert NarrativeText.objects.get().text == "Van Mediawijs."
        assert partner.get(to("fix", report)).url == REFUSED
        assert partner.get(reverse("reports:start")).url == REFUSED

    def test_rows_of_people_are_for_who_may_see_people(self, as_role, report, line):
        fixed(report)
        MembershipFactory()

        page = as_role(MANAGEMENT).get(to("since", report, 1, line.pk)).text

        assert "Je mag deze rijen niet zien." in page
        assert "Sinds vaststelling +1/-0." in page
