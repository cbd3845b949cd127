"""An officer tries a thinner plan and takes it over with a reason; the dashboard says what changed."""

from datetime import date

import pytest
from playwright.sync_api import expect

from trekker.kernel.access import Role
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.plan.models import PlanVersion
from trekker.plan.tests.test_diff import a_plan

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
REASON = "De middelen voor lokale projecten vielen weg."


@pytest.mark.parametrize("width", [1280, 320])
def test_tries_a_plan_takes_it_over_and_sees_what_changed(window, signed_in, inspect, width):
    ChannelFactory()
    MembershipFactory.create_batch(4, from_on=date(2026, 1, 5))
    version = a_plan(goals=2)
    page = signed_in(window(width=width), Role.PROGRAMME_OFFICER)

    page.goto(version.get_absolute_url())
    page.get_by_role("link", name="Wat als …").click()
    inspect(page, f"wat-als-leeg-{width}", wagtail=True)
    page.get_by_label("Naam").fill("minder middelen")
    page.get_by_role("button", name="Begin").click()

    first = page.get_by_role("group", name="belofte 0 0")
    first.get_by_label("Minstens (leden)").fill("3")
    page.get_by_role("group", name="belofte 0 1").get_by_label("Schrap").check()
    page.get_by_text("2 acties").first.click()
    page.get_by_role("group", name="actie 0 0").get_by_label("Schrap").check()
    inspect(page, f"wat-als-wijzigen-{width}", wagtail=True)
    page.get_by_role("button", name="Bewaar en vergelijk").click()

    expect(page.get_by_text("Van 4 beloften blijven er 3.")).to_be_visible()
    expect(page.get_by_text("Waarschijnlijk gehaald: 1, was 0.")).to_be_visible()
    inspect(page, f"wat-als-{width}", wagtail=True)
    page.get_by_role("link", name="Vergelijk met andere probeersels").click()
    expect(page.get_by_role("link", name="wat als: minder middelen")).to_be_visible()
    inspect(page, f"wat-als-naast-elkaar-{width}", wagtail=True)
    page.get_by_role("link", name="wat als: minder middelen").click()
    page.get_by_role("link", name="Neem over").click()
    inspect(page, f"wat-als-overnemen-{width}", wagtail=True)
    page.get_by_role("button", name="Ja, maak er een concept van").click()

    page.get_by_role("link", name="Stel vast").click()
    expect(page.get_by_text("Streefwaarde (leden): was 10, wordt 3")).to_be_visible()
    inspect(page, f"vaststellen-wijzigingen-{width}", wagtail=True)
    page.get_by_label("Geldt vanaf").fill("2026-07-01")
    page.get_by_label("Reden van de wijziging").fill(REASON)
    page.get_by_role("button", name="Stel vast").click()
    assert PlanVersion.objects.adopted().count() == 2

    page.goto("/beheer/?op=2026-07-02")
    expect(page.get_by_text("Doel was 10, sinds 1 juli 3.")).to_be_visible()
    expect(page.get_by_text("Geschrapt sinds 1 juli 2026.")).to_be_visible()
    inspect(page, f"dashboard-herzien-{width}", wagtail=True)
    page.get_by_role("link", name="Wat wijzigde er?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Versies vergelijken")
    inspect(page, f"vergelijken-{width}", wagtail=True)
    page.get_by_label("Soort wijziging").select_option("geschrapt")
    page.get_by_role("button", name="Vergelijk").click()
    expect(page.get_by_text("belofte 0 1")).to_be_visible()
    expect(page.get_by_text("wordt 3")).to_have_count(0)


def test_says_by_hand_where_a_promise_comes_from_and_starts_the_next_year(window, signed_in, inspect):
    ChannelFactory()
    version = a_plan(goals=1)
    page = signed_in(window(), Role.PROGRAMME_OFFICER)

    page.goto(version.get_absolute_url())
    page.get_by_role("link", name="Start plan 2027").click()
    inspect(page, "volgend-jaar", wagtail=True)
    page.get_by_role("button", name="Start het concept").click()
    expect(page.get_by_text("stond op 1 mei 2026. Kies een dag in 2027.").first).to_be_visible()
    page.get_by_role("link", name="Herkomst belofte 0 0").click()
    expect(page.get_by_label("OD0: belofte 0 0")).to_be_checked()
    inspect(page, "herkomst", wagtail=True)
    page.get_by_label("OD0: belofte 0 1").check()
    page.get_by_role("button", name="Bewaar").click()

    expect(page.get_by_text("Bewaard.")).to_be_visible()
    page.get_by_role("link", name="Vergelijk", exact=True).click()
    expect(page.get_by_role("region", name="OD0 doel 0")).to_contain_text("belofte 0 1")
