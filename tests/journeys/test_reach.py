"""An officer looks at the map of the reach, chooses a part of it, and takes along whom to invite."""

import csv

import pytest
from playwright.sync_api import expect

from trekker.events.tests.factories import AttendanceFactory, EventFactory
from trekker.kernel.access import Role
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.organisations.tests.factories import OrganisationFactory, PartnershipFactory
from trekker.people.tests.factories import PositionFactory
from trekker.reports.formats import flanders

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WIDE, NARROW = 1280, 320


def stage() -> None:
    """Every municipality of the map: a third is a member, a fifth took part."""
    ChannelFactory(makes_members=True)
    association = OrganisationFactory(name="Kempen samen", igs=True)
    for number, (code, name) in enumerate(flanders.NAMES.items()):
        if number % 3:
            town = OrganisationFactory(name=name, nis_code=code, province="Antwerpen", population=20_000)
            PartnershipFactory(association=association, participant=town)
        else:
            town = OrganisationFactory(name=name, nis_code=code, province="Limburg", population=9_000)
            MembershipFactory(person=PositionFactory(organisation=town).person)
        if number % 5 == 0:
            event = EventFactory(held=True, training=number % 2 == 0)
            AttendanceFactory(registration__organisation=town, registration__event=event)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_sees_who_is_reached_chooses_a_part_and_invites_the_others(
    window, signed_in, inspect, tmp_path, width
):
    stage()
    page = signed_in(window(width=width), Role.PROGRAMME_OFFICER)

    page.goto("/beheer/bereik/?jaar=2026")
    expect(page.get_by_role("img", name="Bereik in 2026: lid of nam deel")).to_be_visible()
    expect(page.get_by_text("van 285 gemeenten")).to_be_visible()
    inspect(page, f"bereik-{width}", wagtail=True)
    page.get_by_label("Manier van bereik", exact=True).select_option("Nam deel aan een activiteit")
    page.get_by_label("Soort activiteit", exact=True).select_option("opleiding")
    page.get_by_role("button", name="Toon", exact=True).click()
    expect(page.get_by_text("29", exact=True).first).to_be_visible()
    page.get_by_text("Limburg (", exact=False).first.click()
    inspect(page, f"bereik-opleiding-{width}", wagtail=True)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    download.value.save_as(tmp_path / "lijst.csv")
    with (tmp_path / "lijst.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == 285 - 29
    assert "contactpersonen" in rows[0]

    page.get_by_role("link", name="Bekijk elke soort activiteit").click()
    inspect(page, f"bereik-soorten-{width}", wagtail=True)
    page.get_by_role("link", name="Netwerkbijeenkomst").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("netwerkbijeenkomst")


def test_is_worked_by_keyboard_without_a_stop_in_the_drawing(window, signed_in):
    stage()
    page = signed_in(window(), Role.MANAGEMENT)
    page.goto("/beheer/bereik/?jaar=2026")

    page.get_by_role("link", name="Toon alles").focus()
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Download CSV")).to_be_focused()
    page.get_by_role("table", name="Wat de kaart toont").get_by_role("link", name="Mol", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mol")


def test_works_without_javascript(window, signed_in):
    stage()
    page = signed_in(window(javascript=False), Role.MANAGEMENT)
    page.goto("/beheer/bereik/?jaar=2026")

    page.get_by_label("Manier van bereik", exact=True).select_option("Kreeg advies")
    page.get_by_role("button", name="Toon", exact=True).click()

    expect(page.get_by_text("Er is dus geen cijfer, ook geen nul.")).to_be_visible()
