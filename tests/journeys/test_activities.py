"""An officer makes an activity, refines it, opens registration and puts the slides with it."""

import pytest
from playwright.sync_api import expect

from trekker.events.models import Event
from trekker.kernel.access import Role
from trekker.organisations.tests.factories import OrganisationFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WIDE, NARROW = 1280, 320
# Wagtail draws the head of a panel; the toggle in it is smaller than our targets.
PANELS = (".w-panel__header",)


def test_makes_an_activity_and_opens_registration(window, signed_in, inspect):
    OrganisationFactory(name="Digidak", kind="PARTNER")
    page = signed_in(window(), Role.PROGRAMME_OFFICER)

    page.goto("/beheer/activiteiten/nieuw/")
    inspect(page, "activiteit-nieuw", wagtail=True)
    page.get_by_label("Soort").select_option("intervision")
    page.get_by_label("Titel").fill("Intervisie aan de balie")
    page.get_by_label("Dag", exact=False).first.fill("2099-04-16")
    page.get_by_label("Van", exact=False).first.fill("13u30")
    page.get_by_label("Tot", exact=False).first.fill("16")
    page.get_by_role("button", name="Maak de activiteit").click()
    expect(page.get_by_text("De activiteit is gemaakt.")).to_be_visible()
    inspect(page, "activiteit", wagtail=True)

    event = Event.objects.get()
    page.goto(f"/beheer/activiteiten/{event.pk}/verbeter/")
    inspect(page, "activiteit-verbeteren", wagtail=True, parts=PANELS)
    page.get_by_role("button", name="Voeg een sessie toe").click()
    row = page.locator("#inline_child_sessies-1")
    row.get_by_label("Dag").fill("2099-04-23")
    row.get_by_label("Van").fill("9:00")
    row.get_by_label("Tot").fill("12:30")
    page.get_by_role("button", name="Voeg een organisatie toe").click()
    page.locator("#inline_child_organisaties-0").get_by_text("Kies een organisatie").click()
    page.locator(".modal-body").get_by_role("link", name="Digidak").click()
    page.locator("#inline_child_organisaties-0").get_by_text("Digidak").wait_for()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("De activiteit is bewaard.")).to_be_visible()
    page.get_by_role("button", name="Open de inschrijvingen").click()
    expect(page.get_by_text("Inschrijven kan nu.")).to_be_visible()

    event.refresh_from_db()
    assert (event.state, event.sessions.count()) == ("OPEN", 2)
    assert event.organisers.get().name == "Digidak"


def test_fits_a_phone(window, signed_in, inspect):
    page = signed_in(window(width=NARROW), Role.PROGRAMME_OFFICER)
    page.goto("/beheer/activiteiten/nieuw/")
    page.get_by_label("Titel").fill("Netwerk")
    inspect(page, "activiteit-nieuw-320", wagtail=True)
    page.get_by_role("button", name="Maak de activiteit").click()
    expect(page.get_by_text("De activiteit is gemaakt.")).to_be_visible()

    event = Event.objects.get()
    for path, name in (
        (f"inspect/{event.pk}/", "activiteit-320"),
        (f"{event.pk}/verbeter/", "activiteit-verbeteren-320"),
        (f"{event.pk}/annuleer/", "activiteit-annuleren-320"),
        (f"{event.pk}/opname/", "opname-320"),
        ("", "activiteiten-320"),
    ):
        page.goto(f"/beheer/activiteiten/{path}")
        inspect(page, name, wagtail=True, parts=PANELS)
