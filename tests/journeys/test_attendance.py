"""A person's way: a report from upload to hours, and the door when the connection drops."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.events.models import Attendance, Registration
from trekker.events.queries.attendance import presence
from trekker.events.tests.factories import EventFactory, RegistrationFactory
from trekker.events.tests.importing import FILES
from trekker.imports.models import Import
from trekker.imports.tests.test_views import work
from trekker.kernel.access import Role

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
NAMES = [
    ("An", "Peeters"),
    ("Bram", "De Wit"),
    ("Fatima", "El Idrissi"),
    ("Jan", "Janssens"),
    ("Zoë", "Maes"),
]


def people_of(event):
    return [RegistrationFactory(event=event, first_name=first, last_name=last) for first, last in NAMES]


def there():
    rows = Attendance.objects.filter(present=True).select_related("registration")
    return sorted(each.registration.name for each in rows)


@pytest.fixture
def now_on():
    starts = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=20)
    return EventFactory(title="Netwerk aan de deur", starts_at=starts, session__hours=2)


def door_of(event):
    return reverse("participants:check_in", args=[event.pk, event.sessions.get().pk])


@pytest.mark.parametrize("width", [320, 1280])
def test_a_report_becomes_hours(window, signed_in, inspect, width):
    event = EventFactory(title="Opleiding digihulp")
    RegistrationFactory(
        event=event, person__email="jan@gemeente.example", first_name="Jan", last_name="Janssens"
    )
    page = signed_in(window(width=width), Role.PROGRAMME_OFFICER)

    page.goto(reverse("event:inspect", args=[event.pk]))
    page.get_by_role("link", name="16 april 2026").click()
    inspect(page, f"aanwezigheid-{width}", wagtail=True)
    page.get_by_role("link", name="Lees een verslag in").click()
    inspect(page, f"verslag-kiezen-{width}", wagtail=True)
    page.get_by_label("Bestand").set_input_files(FILES / "teams-2022-le.csv")
    page.get_by_role("button", name="Lees het bestand").click()
    page.wait_for_url("**/bezig/")
    work()
    page.wait_for_url("**/nakijken/")
    inspect(page, f"verslag-nakijken-{width}", wagtail=True)
    page.get_by_role("link", name="Onbekend (5)").click()
    page.get_by_role("button", name="Neem alle voorstellen over").click()
    page.get_by_role("link", name="Ga naar opslaan").click()
    page.get_by_role("button", name="Ja, sla op").click()
    page.wait_for_url("**/bezig/")
    work()
    page.wait_for_url("**/verslag/")
    inspect(page, f"verslag-ingelezen-{width}", wagtail=True)
    page.get_by_role("link", name="Naar de aanwezigheid").click()
    page.get_by_role("button", name="De aanwezigheid is volledig").click()
    page.get_by_text("De aanwezigheid is volledig sinds").wait_for()

    (found,) = presence(event)
    assert Import.objects.get().counts == {"NEW": 3, "REFUSED": 3}
    assert (found.present, found.unknown) == (3, 0)
    assert found.hours == Decimal("1.75") + Decimal("1.98") + Decimal("1.33")  # 105, 119 and 80 minutes


def test_ticks_offline_arrive_once(window, signed_in, inspect, now_on):
    people_of(now_on)
    page = signed_in(window(width=320, unsteady=True), Role.PROGRAMME_OFFICER)
    page.goto(door_of(now_on))
    inspect(page, "onthaal-320")
    state, tick = page.get_by_role("status"), page.locator("[data-people]").get_by_role("button")
    page.get_by_label("Zoek op naam").fill("idri")
    assert tick.locator("visible=true").count() == 1
    tick.locator("visible=true").click()
    state.get_by_text("Alles is verstuurd").wait_for()
    assert there() == ["Fatima El Idrissi"]

    page.context.set_offline(True)
    page.get_by_label("Zoek op naam").fill("")
    for name in ("An Peeters", "Jan Janssens", "Bram De Wit"):
        tick.filter(has_text=name).click()
    tick.filter(has_text="Bram De Wit").click()  # by mistake, and back
    page.get_by_text("Staat iemand niet op de lijst?").click()
    page.get_by_label("Voornaam").fill("Wies")
    page.get_by_role("button", name="Voeg toe als aanwezig").click()
    state.get_by_text("5 nog te versturen. Geen verbinding").wait_for()
    assert tick.filter(has_text="An Peeters").get_attribute("aria-pressed") == "true"
    assert there() == ["Fatima El Idrissi"]
    assert page.locator("[data-count]").inner_text() == "4"

    page.context.set_offline(False)
    state.get_by_text("Alles is verstuurd").wait_for()
    assert there() == ["An Peeters", "Fatima El Idrissi", "Jan Janssens", "Wies"]
    assert Registration.objects.filter(first_name="Wies").count() == 1


def test_a_closed_tab_loses_nothing(window, signed_in, now_on):
    people_of(now_on)
    page = signed_in(window(width=320, unsteady=True), Role.PROGRAMME_OFFICER)
    page.goto(door_of(now_on))
    page.context.set_offline(True)
    page.locator("[data-people]").get_by_role("button").filter(has_text="Zoë Maes").click()
    page.get_by_text("1 nog te versturen").wait_for()
    page.close()

    again = page.context.new_page()
    again.context.set_offline(False)
    again.goto(door_of(now_on))
    again.get_by_role("status").get_by_text("Alles is verstuurd").wait_for()

    assert there() == ["Zoë Maes"]


def test_a_lost_answer_counts_once(window, signed_in, now_on):
    people_of(now_on)
    page = signed_in(window(width=320, unsteady=True), Role.PROGRAMME_OFFICER)
    page.goto(door_of(now_on))
    lost = []

    def lose_the_first(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())  # it arrives, and the answer does not
        route.abort()

    page.route("**/tikken/", lose_the_first)
    page.get_by_text("Staat iemand niet op de lijst?").click()
    page.get_by_label("Voornaam").fill("Wies")
    page.get_by_role("button", name="Voeg toe als aanwezig").click()
    page.get_by_role("status").get_by_text("Alles is verstuurd").wait_for()

    assert len(lost) == 1
    assert there() == ["Wies"]
    assert Registration.objects.filter(first_name="Wies").count() == 1


def test_who_was_signed_out_signs_in_and_loses_nothing(window, signed_in, now_on):
    people_of(now_on)
    page = signed_in(window(width=320, unsteady=True), Role.PROGRAMME_OFFICER)
    page.goto(door_of(now_on))
    kept = page.context.cookies()
    page.context.clear_cookies()

    page.locator("[data-people]").get_by_role("button").filter(has_text="An Peeters").click()
    page.get_by_role("status").get_by_role("link", name="Meld je aan").wait_for()
    assert "1 nog te versturen" in page.get_by_role("status").inner_text()
    assert there() == []
    assert len(json.loads(page.evaluate("Object.values(localStorage)[0]"))) == 1

    page.context.add_cookies(kept)  # as signing in again does
    page.goto(door_of(now_on))
    page.get_by_role("status").get_by_text("Alles is verstuurd").wait_for()
    assert there() == ["An Peeters"]


def test_works_without_script(window, signed_in, now_on):
    people_of(now_on)
    page = signed_in(window(width=320, javascript=False), Role.PROGRAMME_OFFICER)
    page.goto(door_of(now_on))

    page.locator("[data-people]").get_by_role("button").filter(has_text="Zoë Maes").click()

    page.locator("[aria-pressed=true]").filter(has_text="Zoë Maes").wait_for()
    assert there() == ["Zoë Maes"]


def test_paper_and_list_are_accessible(window, signed_in, inspect, now_on):
    people_of(now_on)
    page = signed_in(window(width=320), Role.PROGRAMME_OFFICER)
    wide = signed_in_again(page, window)
    for name in ("print", "badges", "sign_in", "catering"):
        page.goto(reverse(f"participants:{name}", args=[now_on.pk]))
        inspect(page, f"deelnemers-{name}-320")
    for window_, width in ((page, 320), (wide, 1280)):
        window_.goto(reverse("participants:list", args=[now_on.pk]))
        inspect(window_, f"deelnemers-{width}", wagtail=True)
        window_.goto(door_of(now_on))
        inspect(window_, f"onthaal-{width}")


def signed_in_again(page, window):
    """Open a wide window as the same account."""
    wide = window(width=1280)
    wide.context.add_cookies(page.context.cookies())
    return wide
