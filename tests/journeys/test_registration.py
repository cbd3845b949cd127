"""Someone registers, cancels and moves up from the waiting list; and calls when it is full."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from trekker.events.actions.registering import welcome_all
from trekker.events.models import Event, Registration
from trekker.events.tests.factories import EventFactory, RegistrationFactory
from trekker.kernel.access import Role
from trekker.mail.actions import deliver
from trekker.organisations.tests.factories import OrganisationFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WIDE, NARROW = 1280, 320
A_LITTLE_LONGER = 2100  # milliseconds; nobody fills in the form as fast as this robot


@pytest.fixture(autouse=True)
def _links_lead_here(settings, live_server):
    settings.BASE_URL = live_server.url


@pytest.fixture
def event():
    return coming(contact_name="Wies Trekker", contact_phone="02 000 00 00", asks_diet=True)


def coming(**facts) -> Event:
    facts = {"physical": True, "title": "Netwerk in de praktijk", **facts}
    return EventFactory(starts_at=timezone.now() + timedelta(days=30), **facts)


def heading(page: Page):
    return expect(page.get_by_role("heading", level=1))


def fill(page: Page, email: str, organisation: str = "geen") -> None:
    page.get_by_label("Voornaam").fill("An")
    page.get_by_label("Achternaam").fill("Voorbeeld")
    page.get_by_label("Mailadres").fill(email)
    page.get_by_label("Organisatie").fill(organisation)
    page.wait_for_timeout(A_LITTLE_LONGER)


def personal_link(mailbox, address: str) -> str:
    """Send what waits, and read the personal link in the newest mail to this address."""
    welcome_all(now=timezone.now())
    deliver(clock=timezone.now, going=lambda: True)
    mails = [message for message in mailbox.messages if message["To"] == address]
    text = mails[-1].get_body(("plain",)).get_content()
    return re.search(r"http\S+/inschrijving/\S+", text)[0]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_registers_and_cancels(window, event, mailbox, inspect, width):
    OrganisationFactory(name="Stekene")
    page = window(width=width)

    page.goto(event.get_absolute_url())
    page.get_by_role("link", name="Schrijf je in").click()
    inspect(page, f"inschrijven-{width}")
    page.get_by_role("button", name="Schrijf me in").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title(re.compile("^Fout:"))
    inspect(page, f"inschrijven-fout-{width}")

    fill(page, "an@bestuur.example", "")
    page.get_by_label("Organisatie").press_sequentially("stek")
    page.get_by_role("option", name="Stekene").wait_for()
    inspect(page, f"inschrijven-voorstel-{width}")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Organisatie")).to_have_value("Stekene")
    page.get_by_role("button", name="Schrijf me in").click()
    heading(page).to_have_text("Je bent ingeschreven")
    inspect(page, f"ingeschreven-{width}")
    assert page.context.cookies() == []

    page.goto(personal_link(mailbox, "an@bestuur.example"))
    inspect(page, f"persoonlijk-{width}")
    page.get_by_role("link", name="Wijzig je inschrijving").click()
    inspect(page, f"wijzigen-{width}")
    page.get_by_label("Functie").fill("coördinator")
    page.wait_for_timeout(A_LITTLE_LONGER)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("coördinator")).to_be_visible()
    page.get_by_role("link", name="Geef je plaats aan een collega").click()
    inspect(page, f"doorgeven-{width}")
    page.go_back()
    page.get_by_role("link", name="Schrijf je uit").click()
    inspect(page, f"uitschrijven-{width}")
    page.get_by_role("button", name="Ja, schrijf me uit").click()
    heading(page).to_have_text("Je bent uitgeschreven")
    inspect(page, f"uitgeschreven-{width}")
    assert page.context.cookies() == []


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_moves_up_from_the_waiting_list(window, mailbox, inspect, javascript):
    event = coming(max_registrations=1)
    first = RegistrationFactory(event=event)
    page = window(javascript=javascript)

    page.goto(event.get_absolute_url())
    page.get_by_role("link", name="Zet je op de wachtlijst").click()
    fill(page, "bo@bestuur.example")
    inspect(page, "wachtlijst") if javascript else None
    page.get_by_role("button", name="Zet me op de wachtlijst").click()
    heading(page).to_have_text("Je staat op de wachtlijst")
    page.goto(personal_link(mailbox, "bo@bestuur.example"))
    expect(page.get_by_text("Je bent nummer 1 op de wachtlijst.")).to_be_visible()
    inspect(page, "wachtlijst-persoonlijk") if javascript else None

    other = window(javascript=javascript)
    other.goto(f"/inschrijving/{first.key}/")
    other.get_by_role("link", name="Schrijf je uit").click()
    other.get_by_role("button", name="Ja, schrijf me uit").click()

    page.goto(personal_link(mailbox, "bo@bestuur.example"))
    heading(page).to_have_text("Je bent ingeschreven")
    assert "Je hebt een plaats" in {message["Subject"].split(":")[0] for message in mailbox.messages}


def test_registers_and_cancels_without_javascript(window, event, mailbox):
    OrganisationFactory(name="IGS Noord Digitaal", igs=True)
    OrganisationFactory(name="IGS Noord Water", igs=True)
    page = window(javascript=False)

    page.goto(f"{event.get_absolute_url()}inschrijven/")
    fill(page, "an@bestuur.example", "noord")
    page.get_by_role("button", name="Schrijf me in").click()
    expect(page.get_by_role("group", name="Welke bedoel je?")).to_be_visible()
    page.get_by_label("IGS Noord Water").check()
    page.get_by_role("button", name="Schrijf me in").click()
    heading(page).to_have_text("Je bent ingeschreven")
    page.goto(personal_link(mailbox, "an@bestuur.example"))
    page.get_by_role("link", name="Schrijf je uit").click()
    page.get_by_role("button", name="Ja, schrijf me uit").click()

    heading(page).to_have_text("Je bent uitgeschreven")


def press_until(page: Page, name: str) -> None:
    """Press Tab until the control with this name has the focus."""
    wanted = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab never comes at {name}")


def test_registers_and_cancels_by_keyboard_alone(window, event, mailbox):
    page = window()

    page.goto(event.get_absolute_url())
    press_until(page, "Schrijf je in")
    page.keyboard.press("Enter")
    page.get_by_label("Voornaam").wait_for()
    page.get_by_role("navigation", name="Je bent hier").get_by_role("link").last.focus()
    for text in ("An", "Voorbeeld", "an@bestuur.example", "geen"):
        page.keyboard.press("Tab")
        page.keyboard.type(text, delay=20)
    page.wait_for_timeout(A_LITTLE_LONGER)
    page.keyboard.press("Enter")
    heading(page).to_have_text("Je bent ingeschreven")
    page.goto(personal_link(mailbox, "an@bestuur.example"))
    press_until(page, "Schrijf je uit")
    page.keyboard.press("Enter")
    heading(page).to_have_text("Wil je je uitschrijven?")
    press_until(page, "Ja, schrijf me uit")
    page.keyboard.press("Enter")

    heading(page).to_have_text("Je bent uitgeschreven")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_full_and_closed_say_what_to_do(window, inspect, width):
    full = coming(max_registrations=0, waiting_list=False, contact_phone="02 000 00 00")
    closed = coming(deadline_at=timezone.now() - timedelta(days=1))
    coming(title="Nog een keer")
    page = window(width=width)

    page.goto(f"{full.get_absolute_url()}inschrijven/")
    heading(page).to_have_text("Deze activiteit is volzet")
    expect(page.get_by_role("link", name="Nog een keer")).to_be_visible()
    inspect(page, f"volzet-{width}")
    page.goto(f"{closed.get_absolute_url()}inschrijven/")
    inspect(page, f"gesloten-{width}")


def test_is_asked_again_when_a_form_comes_too_quickly(window, event, inspect):
    page = window()

    page.goto(f"{event.get_absolute_url()}inschrijven/")
    for label in ("Voornaam", "Achternaam", "Organisatie"):
        page.get_by_label(label).fill("An")
    page.get_by_label("Mailadres").fill("an@bestuur.example")
    page.get_by_role("button", name="Schrijf me in").click()
    expect(page.get_by_text("Dit ging wel heel snel.")).to_be_visible()
    inspect(page, "inschrijven-opnieuw")
    page.wait_for_timeout(A_LITTLE_LONGER)
    page.get_by_role("button", name="Schrijf me in").click()

    heading(page).to_have_text("Je bent ingeschreven")


def test_staff_register_someone_by_phone(window, signed_in, inspect):
    event = coming(max_registrations=0, waiting_list=False, asks_case=True)
    page = signed_in(window(), Role.PROGRAMME_OFFICER)

    page.goto(f"/beheer/activiteiten/inspect/{event.pk}/")
    page.get_by_role("link", name="Schrijf iemand in (telefonisch)").click()
    inspect(page, "inschrijven-telefonisch", wagtail=True)
    page.get_by_label("Voornaam").fill("Bel")
    page.get_by_label("Achternaam").fill("Lerin")
    page.get_by_role("button", name="Schrijf in").click()
    expect(page.get_by_text("Vink de laatste vraag aan").first).to_be_visible()
    page.get_by_label("Schrijf in, ook als het volzet is").check()
    page.get_by_role("button", name="Schrijf in").click()

    expect(page.get_by_text("Bel Lerin is ingeschreven.")).to_be_visible()
    inspect(page, "activiteit-inschrijven", wagtail=True)
    mine = Registration.objects.get()
    assert (mine.source, mine.registered_by.email) == ("PHONE", "programme_officer@voorbeeld.example")
