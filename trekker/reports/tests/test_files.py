"""Reports as files: asked for on a screen, made by a job, taken, forgotten."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.kernel.periods import Period
from trekker.plan.models import Plan, PlanVersion
from trekker.plan.tests.factories import LineFactory
from trekker.reports import chores, tasks
from trekker.reports.actions import files as actions
from trekker.reports.models import Report, ReportFile
from trekker.reports.models.file import KEPT, SILENT
from trekker.reports.tests.factories import ReportFactory, fixed, write
from trekker.reports.tests.files import ready_file
from trekker.reports.tests.reading import html_words, pdf_pages

pytestmark = pytest.mark.django_db
INDEX = "/beheer/rapporten/bestanden/"


@pytest.fixture
def version():
    return LineFactory(indicator__goal__version__year=2026).indicator.goal.version


@pytest.fixture
def browser(as_role):
    return as_role(Role.MANAGEMENT)


def work():
    """Do the jobs that wait, as the worker does."""
    for job in DBTaskResult.objects.ready():
        job.task.func(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        job.delete()


def ask(browser, **changes):
    """Ask for a file on its screen; gives the file."""
    version = PlanVersion.objects.first().pk
    asked = {"version": version, "kind": "annual", "format": "pdf", "as_of": "2026-06-30", **changes}
    browser.post(INDEX, asked)
    return ReportFile.objects.latest("pk")


def test_offers_nothing_without_a_plan(browser):
    assert "Er is nog geen vastgesteld plan." in browser.get(INDEX).text


@pytest.mark.usefixtures("version")
class TestAsking:
    def test_makes_a_file_in_the_background(self, browser):
        file = ask(browser)

        assert "Het werk begint zo." in browser.get(file.get_absolute_url()).text
        work()
        page = browser.get(file.get_absolute_url()).text
        assert "Dit bestand is klaar: met de cijfers van 30 juni 2026" in page
        assert "data-busy" not in page

    def test_again_leads_to_the_one_under_way_whoever_asks(self, browser, as_role):
        file = ask(browser)

        officer = as_role(Role.PROGRAMME_OFFICER)
        again = ask(officer)
        other = ask(browser, format="docx")

        assert again == file
        assert other != file
        assert DBTaskResult.objects.ready().count() == 2
        assert "Dit bestand was al gevraagd." in officer.get(file.get_absolute_url()).text

    def test_again_starts_a_new_one_once_the_first_is_made_or_fell_silent(self, browser):
        first = ask(browser)
        ReportFile.objects.update(beat_at=timezone.now() - SILENT - timedelta(seconds=1))
        second = ask(browser)
        work()

        third = ask(browser)

        assert len({first, second, third}) == 3

    def test_names_the_file_by_its_day(self, browser):
        file = ask(browser, format="xlsx")
        work()

        sent = browser.get(f"{file.get_absolute_url()}bestand/")

        assert sent["Content-Disposition"] == 'attachment; filename="jaarrapport-2026-stand-2026-06-30.xlsx"'
        assert sent["Content-Type"].endswith("spreadsheetml.sheet")

    def test_opens_in_the_browser_unless_it_is_to_be_kept(self, browser):
        file = ask(browser)
        work()

        opened = browser.get(f"{file.get_absolute_url()}bestand/")
        kept = browser.get(f"{file.get_absolute_url()}bestand/?bewaar")

        assert opened["Content-Disposition"].startswith("inline")
        assert kept["Content-Disposition"].startswith("attachment")
        assert "Concept, stand van 30 juni 2026" in pdf_pages(opened.content)[0]

    def test_shows_the_report_as_a_page(self, browser):
        file = ask(browser, format="html")
        work()

        sent = browser.get(f"{file.get_absolute_url()}bestand/")

        assert "beloften." in html_words(sent.content) or "belofte." in html_words(sent.content)

    def test_says_by_the_field_that_a_day_lies_outside_the_year(self, browser, version):
        asked = {"version": version.pk, "kind": "annual", "format": "pdf", "as_of": "2025-01-01"}

        page = browser.post(INDEX, asked)

        assert "Kies een dag in 2026, niet na vandaag." in page.text
        assert not ReportFile.objects.exists()

    def test_lists_what_was_asked_for(self, browser):
        ready_file()

        assert "Jaarrapport 2026 (HTML)" in browser.get(INDEX).text

    def test_leaves_lines_in_the_log(self, browser):
        file = ask(browser)
        work()
        browser.get(f"{file.get_absolute_url()}bestand/")

        assert {line.action for line in lines_of([file])} == {"reports.file_asked", "reports.file_taken"}


class TestOfAReport:
    def test_tells_it_as_it_is_while_under_way(self, browser, version):
        report = ReportFactory(plan=version.plan)
        write(report, "Zo gaat het.")

        browser.post(reverse("report_files:of_report", args=[report.pk]), {"format": "html"})
        work()

        file = ReportFile.objects.get()
        assert file.as_of == min(timezone.localdate(), Period.year(2026).last_day)
        assert "Zo gaat het." in " ".join(html_words(bytes(file.content)))

    def test_tells_what_was_fixed(self, browser, version):
        report = ReportFactory(plan=version.plan)
        write(report, "Zo was het.")
        write(report, "Het netwerk groeide.", version.goals.get().code)
        snapshot = fixed(report)

        browser.post(reverse("report_files:of_report", args=[report.pk]), {"format": "html"})
        browser.post(reverse("report_files:of_snapshot", args=[report.pk, 1]), {"format": "html"})
        work()

        file = ReportFile.objects.get(snapshot=snapshot)  # the second led to the one under way
        assert "Vastgesteld op 11 januari 2027" in " ".join(html_words(bytes(file.content)))
        assert "vastgesteld" in file.name

    def test_tells_what_was_fixed_when_it_was_asked_for(self, browser, version):
        other = LineFactory(indicator__goal__version__plan__title="Een ander plan").indicator.goal.version
        for each in (version, other):
            report = ReportFactory(plan=each.plan)
            write(report, f"Zo was het met {each.plan}.")
            write(report, "Het netwerk groeide.", each.goals.get().code)
            fixed(report)

        for report in Report.objects.all():
            browser.post(reverse("report_files:of_report", args=[report.pk]), {"format": "html"})
        work()

        told = [" ".join(html_words(bytes(each.content))) for each in ReportFile.objects.order_by("pk")]
        assert "Zo was het met Digitale inclusie." in told[0]
        assert "Zo was het met Een ander plan." in told[1]

    def test_tells_of_the_plan_of_the_report_where_a_year_has_two(self, browser, version):
        other = LineFactory(
            indicator__goal__version__year=2026, indicator__goal__version__plan__title="Een ander plan"
        ).indicator.goal.version
        for each in (version, other):
            report = ReportFactory(plan=each.plan)
            write(report, f"Zo gaat het met {each.plan}.")
            browser.post(reverse("report_files:of_report", args=[report.pk]), {"format": "html"})
        offered = browser.get(INDEX).text
        browser.post(INDEX, {"version": other.pk, "kind": "annual", "format": "html"})
        work()

        told = [" ".join(html_words(bytes(each.content))) for each in ReportFile.objects.order_by("pk")]
        assert "2026, Een ander plan</option>" in offered
        assert ["Zo gaat het met Een ander plan." in each for each in told] == [False, True, True]
        assert "Zo gaat het met Digitale inclusie." in told[0]

    def test_knows_no_other_format(self, browser, version):
        report = ReportFactory(plan=version.plan)

        sent = browser.post(reverse("report_files:of_report", args=[report.pk]), {"format": "odt"})

        assert sent.status_code == 404


@pytest.mark.usefixtures("version")
class TestMaking:
    def asked(self, **changes):
        asked = {"plan": Plan.objects.get(), "year": 2026, "kind": "annual", "format": "html"}
        return actions.ask_file(**{**asked, "by": None, "now": timezone.now(), **changes})[0]

    def test_happens_once(self):
        file = self.asked()
        tasks.make_file.func(file.pk)
        first = ReportFile.objects.get()

        tasks.make_file.func(file.pk)

        assert ReportFile.objects.get().beat_at == first.beat_at

    def test_says_that_no_plan_was_adopted(self, browser):
        file = self.asked(year=2031)

        tasks.make_file.func(file.pk)

        assert "Voor dit jaar is er geen vastgesteld plan." in browser.get(file.get_absolute_url()).text

    def test_says_that_a_day_lies_outside_the_year(self):
        file = self.asked(as_of=timezone.localdate() + timedelta(days=900))

        tasks.make_file.func(file.pk)

        file.refresh_from_db()
        assert (file.state, file.failure) == ("FAILED", actions.WRONG_DAY)

    def test_says_so_when_it_breaks(self, browser, monkeypatch):
        file = self.asked()

        def stop(*_arguments):
            raise MemoryError

        monkeypatch.setattr("trekker.reports.formats.writing.write", stop)
        with pytest.raises(MemoryError):
            tasks.make_file.func(file.pk)

        assert "Er liep iets mis. Vraag het bestand opnieuw." in browser.get(file.get_absolute_url()).text

    def test_is_given_up_after_a_silence(self, browser):
        file = self.asked(now=timezone.now() - SILENT - timedelta(seconds=1))

        page = browser.get(file.get_absolute_url()).text

        assert "Er kwam al een tijd geen teken van leven." in page
        assert "data-busy" not in page


class TestForgetting:
    def test_removes_what_is_older_than_a_week(self):
        now = timezone.now()
        ready_file(asked_at=now - KEPT - timedelta(minutes=1))
        kept = ready_file(asked_at=now - KEPT + timedelta(minutes=1))

        chores.forget_files(now)

        assert ReportFile.objects.get() == kept
