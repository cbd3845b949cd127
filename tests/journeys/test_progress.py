"""Colleagues note how far actions have come, also on a phone, and talk about it every two weeks."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import SIDEWAYS
from trekker.kernel.access import Role
from trekker.network.tests.factories import ChannelFactory
from trekker.plan.models import Agreement, Lead, Meeting, Progress
from trekker.plan.tests.factories import GoalFactory, VersionFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def goal():
    ChannelFactory()
    today = timezone.localdate()
    version = VersionFactory(year=today.year, in_force_from=today.replace(month=1, day=1))
    found = GoalFactory(version=version, code="OD1.1", title="VVSG organiseert een netwerk")
    Lead.objects.create(goal=found, party="VVSG")
    for text in ("VVSG vraagt leden wat ze nodig hebben.", "VVSG schrijft een handleiding."):
        found.actions.create(text=text)
    return found


LIST = "/beheer/plan/voortgang/"


@pytest.mark.usefixtures("goal")
def test_updates_an_action_on_a_phone_without_javascript(window, signed_in):
    page = signed_in(window(width=320, javascript=False), Role.PARTNER_OFFICER)

    page.goto(LIST)
    page.get_by_text("Werk bij").first.click()
    page.locator("details[open]").get_by_label("Stand").select_option("Loopt vast")
    assert page.evaluate(SIDEWAYS) <= 0
    page.locator("details[open]").get_by_role("button", name="Bewaar").click()

    expect(page.get_by_text("Schrijf erbij waarom.").first).to_be_visible()
    page.get_by_role("textbox", name="Notitie").fill("We wachten op de juristen.")
    page.get_by_role("button", name="Bewaar", exact=True).click()

    expect(page.get_by_text("We wachten op de juristen.")).to_be_visible()
    assert Progress.objects.get().state == Progress.State.STUCK


@pytest.mark.usefixtures("goal")
def test_works_for_everyone_on_a_phone(window, signed_in, inspect):
    page = signed_in(window(width=320), Role.PARTNER_OFFICER)

    page.goto(LIST)
    page.get_by_text("Werk bij").first.click()
    inspect(page, "voortgang-320", wagtail=True)
    page.locator("details[open]").get_by_role("button", name="Bewaar").click()
    inspect(page, "voortgang-fout-320", wagtail=True)
    page.get_by_role("textbox", name="Notitie").fill("De vragen staan klaar.")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    inspect(page, "voortgang-actie-320", wagtail=True)
    page.get_by_role("link", name="Verbeter de notitie").click()
    inspect(page, "voortgang-notitie-320", wagtail=True)


@pytest.mark.usefixtures("goal")
def test_holds_a_meeting_closes_it_and_finds_its_decision_as_a_task(window, signed_in, inspect):
    page = signed_in(window(), Role.PARTNER_OFFICER)
    me = "partner_officer@voorbeeld.example"

    page.goto("/beheer/overleg/")
    inspect(page, "overleg-leeg", wagtail=True)
    page.get_by_role("link", name="Plan een overleg").click()
    page.get_by_label(me).check()
    inspect(page, "overleg-plannen", wagtail=True)
    page.get_by_role("button", name="Plan het overleg").click()

    page.get_by_role("link", name="Schrijf verslag OD1.1").click()
    page.get_by_label("Verslag").fill("We beginnen met de grote besturen.")
    inspect(page, "overleg-verslag", wagtail=True)
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("link", name="Noteer een afspraak OD1.1").click()
    page.get_by_label("Afspraak of beslissing").fill("De vragenlijst nalezen.")
    page.get_by_label("Wie doet het").select_option(me)
    page.get_by_label("Tegen wanneer").fill(timezone.localdate().isoformat())
    inspect(page, "overleg-afspraak", wagtail=True)
    page.get_by_role("button", name="Bewaar").click()
    inspect(page, "overleg", wagtail=True)

    page.get_by_role("link", name="Sluit het verslag").click()
    inspect(page, "overleg-sluiten", wagtail=True)
    page.get_by_role("button", name="Sluit het verslag").click()
    expect(page.get_by_text("We beginnen met de grote besturen.")).to_be_visible()
    expect(page.get_by_role("link", name="Schrijf verslag")).to_have_count(0)
    assert not Meeting.objects.get().is_open

    page.goto("/beheer/plan/voortgang/?toon=maand")
    expect(page.get_by_text("De vragenlijst nalezen.").first).to_be_visible()
    inspect(page, "voortgang-maand", wagtail=True)
    page.get_by_role("link", name="Dit is gedaan").click()
    page.get_by_label("Wat kwam ervan?").fill("Drie vragen zijn geschrapt.")
    page.get_by_role("button", name="Ja, dit is gedaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Voortgang")
    expect(page.get_by_text("De vragenlijst nalezen.")).to_have_count(0)
    page.goto("/beheer/overleg/")
    expect(page.get_by_text("Geen enkele afspraak staat nog open.")).to_be_visible()
    inspect(page, "overleg-lijst", wagtail=True)
    assert Agreement.objects.get().outcome == "Drie vragen zijn geschrapt."
