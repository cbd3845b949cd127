"""A partner writes, an officer checks and fixes, a register changes, and everyone sees what changed since."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from trekker.kernel.access import Role
from trekker.network.models import Membership
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.plan.tests.factories import IndicatorFactory, LineFactory
from trekker.reports.models import NarrativeText, Report, Snapshot
from trekker.reports.tests.factories import ReportFactory, fixed, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WIDE, NARROW = 1280, 320


@pytest.fixture
def line(window):  # noqa: ARG001 - records come after the window: it flushes the database
    """A promise of 2025 about members, of which there are three, and one that asks for a description."""
    ChannelFactory()
    MembershipFactory.create_batch(3)
    line = LineFactory(
        indicator__goal__code="OD1.1", indicator__goal__version__year=2025, target=2, unit="leden"
    )
    IndicatorFactory(goal=line.indicator.goal, is_narrative=True, text="een beschrijving van het netwerk")
    return line


def test_from_the_first_sentence_to_what_changed_since(window, signed_in, inspect, line):
    page = signed_in(window(), Role.PROGRAMME_OFFICER)

    page.goto("/beheer/rapporten/")
    expect(page.get_by_text("Er is nog geen rapport.")).to_be_visible()
    inspect(page, "rapporten-leeg", wagtail=True)
    page.get_by_role("link", name="Start een rapport").click()
    inspect(page, "rapport-starten", wagtail=True)
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Jaarrapport 2025")
    page.get_by_role("button", name="Laat nakijken").click()
    expect(page.get_by_text("OD1.1 belooft een beschrijving. Schrijf ze.").first).to_be_visible()
    inspect(page, "rapport-concept", wagtail=True)

    page.get_by_role("link", name="Schrijf het verhaal van OD1.1").click()
    page.get_by_label("Verhaal").fill("Het netwerk groeide.")
    page.get_by_role("button", name="Voeg toe We telden 3 leden.").click()
    added = page.get_by_role("button", name="Toegevoegd We telden 3 leden.")
    expect(added).to_be_focused()
    added.click()
    expect(page.get_by_text("Deze zin staat al in je tekst.")).to_be_attached()
    expect(page.get_by_label("Verhaal")).to_have_value(
        "Het netwerk groeide.\n\nWe telden 3 leden. Het doel was minstens 2 leden."
    )
    inspect(page, "verhaal-schrijven", wagtail=True)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Het netwerk groeide.")).to_be_visible()

    page.get_by_role("button", name="Laat nakijken").click()
    page.get_by_role("button", name="Zet op nagekeken").click()
    page.get_by_role("link", name="Stel vast").click()
    expect(page.get_by_text("Dit kan niet meer terug")).to_be_visible()
    inspect(page, "rapport-vaststellen", wagtail=True)
    page.get_by_role("button", name="Stel vast").click()
    expect(page.get_by_text("Ongewijzigd sinds de vaststelling", exact=True)).to_be_visible()
    inspect(page, "rapport-vastgesteld", wagtail=True)
    snapshot = Snapshot.objects.get()
    assert snapshot.sha256 in page.content()

    Membership.objects.order_by("pk").first().delete()
    MembershipFactory.create_batch(2)
    page.get_by_role("link", name="Vergelijk met de registers van nu").click()
    expect(page.get_by_text("Sinds vaststelling +2/-1.")).to_be_visible()
    page.get_by_role("link", name="2 rijen erbij, 1 rij weg").click()
    expect(page.get_by_text("Vastgesteld: 3. Nu: 4.")).to_be_visible()
    inspect(page, "sinds-vaststelling", wagtail=True)

    said = StringIO()
    call_command("verify_report", str(snapshot.report_id), stdout=said)
    assert "ongewijzigd" in said.getvalue()
    assert "+2/-1" in said.getvalue()
    assert line.indicator.goal.code in said.getvalue()


def test_restates_with_a_reason_and_keeps_the_first(window, signed_in, inspect, line):
    plan = line.indicator.goal.version.plan
    report = ReportFactory(plan=plan, year=2025, last_day=date(2025, 12, 31))
    write(report, "Het netwerk groeide.", "OD1.1")
    fixed(report)
    page = signed_in(window(), Role.PROGRAMME_OFFICER)

    page.goto(report.get_absolute_url())
    page.get_by_role("link", name="Herzie").click()
    inspect(page, "rapport-herzien", wagtail=True)
    page.get_by_label("Waarom herzie je dit rapport?").fill("Een lid was vergeten.")
    page.get_by_role("button", name="Herzie").click()

    expect(page.get_by_text("Dit is een herziening")).to_be_visible()
    page.get_by_role("link", name="Vaststelling 1").click()
    expect(page.get_by_text("Het netwerk groeide.")).to_be_visible()
    inspect(page, "vaststelling", wagtail=True)
    assert Report.objects.get().restating == "Een lid was vergeten."


@pytest.mark.parametrize(("width", "javascript"), [(WIDE, False), (NARROW, True)])
def test_a_partner_writes_without_script_or_on_a_phone(window, signed_in, line, width, javascript):
    report = ReportFactory(plan=line.indicator.goal.version.plan, year=2025, last_day=date(2025, 12, 31))
    page = signed_in(window(width=width, javascript=javascript), Role.PARTNER_OFFICER)

    page.goto(report.get_absolute_url())
    page.get_by_role("link", name="Schrijf het verhaal van OD1.1").click()
    page.get_by_label("Verhaal").fill("Van Mediawijs.")
    page.get_by_role("button", name="Voeg toe We telden 3 leden.").click()
    page.get_by_role("button", name="Bewaar").click()

    expect(page.get_by_text("Van Mediawijs.")).to_be_visible()
    assert NarrativeText.objects.get().text.startswith("Van Mediawijs.\n\nWe telden 3 leden.")


def test_warns_before_a_text_that_was_not_saved_is_lost(window, signed_in, line):
    report = ReportFactory(plan=line.indicator.goal.version.plan, year=2025, last_day=date(2025, 12, 31))
    page = signed_in(window(), Role.PARTNER_OFFICER)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.goto(f"/beheer/rapporten/{report.pk}/verhaal/?doel=OD1.1")
    page.wait_for_timeout(2500)  # Wagtail takes what the form holds after two seconds as where it began
    page.get_by_label("Verhaal").fill("Een uur werk.")
    page.wait_for_timeout(1000)  # and looks twice a second
    page.get_by_role("link", name="Ga terug").click(no_wait_after=True)
    page.wait_for_timeout(500)

    assert asked == ["beforeunload"]
    expect(page.get_by_label("Verhaal")).to_have_value("Een uur werk.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jaarrapport 2025")
    assert asked == ["beforeunload"]
    assert NarrativeText.objects.get().text == "Een uur werk."
