"""An officer reads a plan in, mends what was misread, adopts it, and opens the rows behind a figure."""

import csv
import re
from datetime import date

import pytest
from playwright.sync_api import expect

from trekker.kernel.access import Role
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.plan.models import Indicator, PlanVersion
from trekker.plan.tests.factories import TEXT, LineFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WIDE, NARROW = 1280, 320
MISREAD = TEXT.replace("• VVSG voert minstens zes", "• VVSG voert zes")


def test_reads_a_plan_mends_a_node_and_adopts_it(window, signed_in, inspect, tmp_path):
    ChannelFactory(makes_members=True, words="nieuwsbrief, netwerk")
    document = tmp_path / "jaarplan.txt"
    document.write_text(MISREAD)
    page = signed_in(window(), Role.PROGRAMME_OFFICER)

    page.goto("/beheer/")
    expect(page.get_by_text("Er is nog geen vastgesteld plan.")).to_be_visible()
    inspect(page, "dashboard-leeg", wagtail=True)
    page.get_by_role("link", name="Lees een plan in").click()
    inspect(page, "plan-inlezen", wagtail=True)
    page.get_by_label("Document").set_input_files(document)
    page.get_by_label("Titel van het plan").fill("Digitale inclusie")
    page.get_by_label("Jaar").fill("2026")
    page.get_by_role("button", name="Lees het document").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Digitale inclusie 2026")
    expect(page.get_by_text("3 doelstellingen, 3 indicatoren, 3 streefwaarden.")).to_be_visible()
    inspect(page, "plan-nakijken", wagtail=True)

    page.get_by_role("button", name="Bekeken").first.click()
    expect(page.get_by_text("bekeken").first).to_be_visible()
    page.get_by_role("link", name="Verbeter minstens vier bijeenkomsten").click()
    inspect(page, "indicator-verbeteren", wagtail=True)
    page.get_by_label("Telregel").fill("Hybride telt niet als fysiek.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Hybride telt niet als fysiek.")).to_be_visible()

    page.get_by_role("link", name="Stel in Leden").click()
    inspect(page, "meetlijn", wagtail=True)
    page.get_by_role("button", name="Bekijk telling").click()
    page.get_by_role("button", name="Bewaar").click()

    page.get_by_role("link", name="Stel vast").click()
    inspect(page, "plan-vaststellen", wagtail=True)
    page.get_by_role("button", name="Stel vast").click()
    expect(page.get_by_text("vastgesteld").first).to_be_visible()
    assert not PlanVersion.objects.get().is_concept
    assert Indicator.objects.filter(counting_note="Hybride telt niet als fysiek.").exists()


def test_marks_lines_of_the_text_by_hand(window, signed_in):
    page = signed_in(window(), Role.PROGRAMME_OFFICER)
    version = LineFactory(indicator__goal__version__concept=True).indicator.goal.version

    page.goto(version.get_absolute_url())
    page.get_by_label("regel 5", exact=True).check()
    page.get_by_role("button", name="indicator").click()

    expect(page.get_by_label("Tekst van de indicator")).to_have_value(version.source[4])
    expect(page.get_by_label("Bronregels")).to_have_value("5")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_goes_from_a_figure_to_its_rows_and_takes_them_along(window, signed_in, inspect, tmp_path, width):
    ChannelFactory()
    emails = {MembershipFactory(from_on=date(2026, 1, 5)).person.email for _ in range(3)}
    line = LineFactory(target=5)
    LineFactory(organisations=True, indicator__goal=line.indicator.goal)
    page = signed_in(window(width=width), Role.PROGRAMME_OFFICER)

    page.goto("/beheer/?op=2026-06-30")
    expect(page.get_by_text("Nodig: 2 in 6 maanden.").first).to_be_visible()
    inspect(page, f"dashboard-{width}", wagtail=True)
    page.get_by_text("Verloop over het jaar").first.click()
    inspect(page, f"dashboard-verloop-{width}", wagtail=True)
    page.get_by_role("link", name="leden: toon de rijen").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("3 leden")
    inspect(page, f"rijen-{width}", wagtail=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    download.value.save_as(tmp_path / "rijen.csv")
    with (tmp_path / "rijen.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["mailadres"] for row in rows} == emails


def test_the_dashboard_is_worked_by_keyboard(window, signed_in):
    LineFactory()
    page = signed_in(window(), Role.MANAGEMENT)

    page.goto("/beheer/?op=2026-06-30")
    page.get_by_label("Op datum").focus()
    page.get_by_role("button", name="Toon", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("op=2026-06-30"))
