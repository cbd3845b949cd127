"""Someone signs in: by mailed code, with and without JavaScript, on a wide and on a narrow screen."""

import re

import pytest
from playwright.sync_api import expect

from trekker.kernel.access import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WIDE, NARROW = 1280, 320


@pytest.fixture
def demo_mark(settings):
    settings.DEMO_MARK.write_text("een goed wachtwoord", encoding="ascii")
    yield
    settings.DEMO_MARK.unlink()


def code_in(text: str) -> str:
    return re.search(r"^([A-Z0-9-]{6,})$", text, re.MULTILINE).group(1)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_signs_in_with_the_code_from_the_mail(window, mailbox, account_of, inspect, width):
    account_of(Role.PROGRAMME_OFFICER, "pim@voorbeeld.example")
    page = window(width=width)

    page.goto("/beheer/")
    inspect(page, f"aanmelden-{width}")
    page.get_by_role("button", name="Stuur me een code").click()
    expect(page.get_by_role("alert")).to_be_focused()
    inspect(page, f"aanmelden-fout-{width}")

    page.get_by_label("Mailadres").fill("pim@voorbeeld.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul je code in")
    inspect(page, f"code-{width}")
    page.get_by_role("textbox", name="Code").fill(code_in(mailbox.last_text()))
    page.get_by_role("button", name="Meld me aan").click()

    expect(page).to_have_url(re.compile(r"/beheer/$"))
    inspect(page, f"beheer-{width}", wagtail=True)


def test_signs_in_without_javascript(window, mailbox, account_of):
    account_of(Role.PROGRAMME_OFFICER, "pim@voorbeeld.example")
    page = window(javascript=False)

    page.goto("/aanmelden/?next=/ui/")
    page.get_by_label("Mailadres").fill("pim@voorbeeld.example")
    page.get_by_role("button", name="Stuur me een code").click()
    page.get_by_role("textbox", name="Code").fill(code_in(mailbox.last_text()))
    page.get_by_role("button", name="Meld me aan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bouwstenen")


@pytest.mark.usefixtures("demo_mark")
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_tries_the_demo_with_one_button(window, account_of, inspect, width):
    for role in Role:
        account_of(role, f"{role.name.lower()}@demo.trekker.example")
    page = window(width=width)

    page.goto("/aanmelden/")
    inspect(page, f"aanmelden-demo-{width}")
    page.get_by_role("button", name="Beheerder").click()

    expect(page).to_have_url(re.compile(r"/beheer/$"))
    for name, address in {"accounts": "/beheer/users/", "logboek": "/beheer/reports/site-history/"}.items():
        page.goto(address)
        inspect(page, f"{name}-{width}", wagtail=True, parts=("#main",))


def test_finds_the_way_by_keyboard_alone(window, account_of):
    account_of(Role.PROGRAMME_OFFICER, "pim@voorbeeld.example")
    page = window()

    page.goto("/aanmelden/wachtwoord/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("pim@voorbeeld.example")
    page.keyboard.press("Tab")
    page.keyboard.type("een goed wachtwoord")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/beheer/$"))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_password_page_and_the_second_step_are_accessible(window, account_of, inspect, width):
    account_of(Role.MANAGEMENT, "directie@voorbeeld.example")
    page = window(width=width)

    page.goto("/aanmelden/wachtwoord/?next=/aanmelden/tweede-stap/")
    inspect(page, f"wachtwoord-{width}")
    page.get_by_label("Mailadres").fill("directie@voorbeeld.example")
    page.get_by_label("Wachtwoord").fill("een goed wachtwoord")
    page.get_by_role("button", name="Meld me aan").click()
    inspect(page, f"tweede-stap-{width}")
    page.get_by_role("link", name="Zet aan").click()
    page.get_by_label("Wachtwoord").fill("een goed wachtwoord")
    page.get_by_role("button", name="Ga verder").click()
    inspect(page, f"tweede-stap-app-{width}")
    page.get_by_role("link", name="Afmelden").click()
    inspect(page, f"afmelden-{width}")
