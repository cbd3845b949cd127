"""A visitor reads the public pages, and a colleague the gallery, on a wide and on a narrow screen."""

import pytest
from playwright.sync_api import expect

from trekker.kernel.access import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WIDTHS = [1280, 320]
PAGES = {
    "start": "/",
    "privacy": "/privacy/",
    "toegankelijkheid": "/toegankelijkheid/",
    "wie-kan-wat": "/wie-kan-wat/",
    "niet-gevonden": "/bestaat-niet/",
}
MOST_REQUESTS = 5


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [name for name in PAGES if name != "niet-gevonden"])
def test_a_visitor_reads_a_page(window, inspect, name, width):
    page = window(width=width)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(PAGES[name], wait_until="networkidle")

    assert len(asked) <= MOST_REQUESTS, asked
    assert page.context.cookies() == []
    inspect(page, f"{name}-{width}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_right_in_the_back_office_too(window, inspect, account_of, width, scheme):
    account_of(Role.MANAGEMENT, "directie@voorbeeld.example")
    page = window(width=width)
    page.emulate_media(color_scheme=scheme)

    page.goto("/aanmelden/wachtwoord/?next=/beheer/bouwstenen/")
    page.get_by_label("Mailadres").fill("directie@voorbeeld.example")
    page.get_by_label("Wachtwoord").fill("een goed wachtwoord")
    page.get_by_role("button", name="Meld me aan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bouwstenen in het beheer")

    inspect(page, f"bouwstenen-beheer-{width}-{scheme}", wagtail=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_colleague_looks_at_every_component(window, inspect, account_of, width):
    account_of(Role.MANAGEMENT, "directie@voorbeeld.example")
    page = window(width=width)

    page.goto("/aanmelden/wachtwoord/?next=/ui/")
    page.get_by_label("Mailadres").fill("directie@voorbeeld.example")
    page.get_by_label("Wachtwoord").fill("een goed wachtwoord")
    page.get_by_role("button", name="Meld me aan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bouwstenen")

    inspect(page, f"bouwstenen-{width}")
