"""Someone asks for a session, an officer weighs and accepts it; ideas are weighed side by side."""

import pytest
from playwright.sync_api import expect

from trekker.events.models import Event, SessionRequest
from trekker.ideas.models import Idea
from trekker.ideas.tests.factories import ConsultationFactory, IdeaFactory
from trekker.kernel.access import Role
from trekker.mail.models import Message

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WIDE, NARROW = 1280, 320


@pytest.mark.parametrize(("width", "javascript"), [(WIDE, True), (NARROW, True), (NARROW, False)])
def test_asks_for_a_session(window, inspect, width, javascript):
    page = window(width=width, javascript=javascript)
    name = f"{width}{'' if javascript else '-zonder-script'}"
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/vraag-een-sessie/", wait_until="networkidle")
    assert len(asked) <= 5, asked
    if javascript:
        inspect(page, f"vraag-een-sessie-{name}")
    page.get_by_label("workshop").check()
    page.get_by_label("Onderwerp").fill("Digihulp aan de balie")
    page.get_by_label("Hoeveel mensen").fill("veel")
    page.wait_for_timeout(2100)  # faster than this nobody fills in a form
    page.get_by_role("button", name="Verstuur je vraag").click()

    expect(page.get_by_role("heading", name="Kijk dit nog eens na")).to_be_visible()
    expect(page.get_by_label("Onderwerp")).to_have_value("Digihulp aan de balie")
    expect(page.get_by_label("workshop")).to_be_checked()
    if javascript:
        inspect(page, f"vraag-een-sessie-fout-{name}")
    page.get_by_label("Wat wil je bereiken?").fill("We willen tips voor onze balie.")
    page.get_by_label("Voor wie is het?").fill("baliemedewerkers")
    page.get_by_label("Hoeveel mensen").fill("25")
    page.get_by_label("Wanneer?").fill("in mei")
    page.get_by_label("Je organisatie").fill("Gemeente Ergens")
    page.get_by_label("Je naam").fill("Wies Vragend")
    page.get_by_label("Je mailadres").fill("wies@bestuur.example")
    page.get_by_role("button", name="Verstuur je vraag").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("We kregen je vraag")
    assert page.context.cookies() == []
    if javascript:
        inspect(page, f"vraag-ontvangen-{name}")
    assert SessionRequest.objects.get().people == 25
    assert Message.objects.get().address == "wies@bestuur.example"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_an_officer_weighs_a_request_and_accepts_it(window, signed_in, inspect, width):
    page = signed_in(window(width=width), Role.PROGRAMME_OFFICER)
    page.goto("/beheer/vragen/new/")
    inspect(page, f"vraag-noteren-{width}", wagtail=True)
    for label, text in {
        "Onderwerp": "Digihulp aan de balie",
        "Wat willen ze bereiken": "We willen tips voor onze balie.",
        "Voor wie": "baliemedewerkers",
        "Naam van de organisatie": "Gemeente Ergens",
        "Naam van de vrager": "Wies Vragend",
        "Mailadres": "wies@bestuur.example",
    }.items():
        page.get_by_label(label, exact=False).first.fill(text)
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Digihulp aan de balie")
    inspect(page, f"vraag-{width}", wagtail=True)

    page.goto("/beheer/vragen/")
    inspect(page, f"vragen-{width}", wagtail=True)
    page.get_by_role("link", name="Digihulp aan de balie").click()
    request = SessionRequest.objects.get()
    page.goto(f"/beheer/vragen/{request.pk}/wegen/")
    inspect(page, f"vraag-wegen-{width}", wagtail=True)
    page.get_by_label("eerder veel").check()
    page.get_by_label("Hoeveel extra mensen").fill("40")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("De afweging is bewaard.")).to_be_visible()

    page.goto(f"/beheer/vragen/{request.pk}/beslissen/")
    page.get_by_label("ja, we doen het").check()
    page.get_by_label("Reden").fill("We bereiken zo veel nieuwe baliemedewerkers.")
    inspect(page, f"vraag-beslissen-{width}", wagtail=True)
    page.get_by_role("button", name="Bewaar de beslissing").click()

    expect(page.get_by_text("De vraag is aanvaard.")).to_be_visible()
    inspect(page, f"vraag-aanvaard-{width}", wagtail=True)
    event = Event.objects.get()
    assert (event.on_request, event.our_role, event.kind) == (True, "speaker", "presentation")
    assert Message.objects.get().kind == "requests.accepted"
    page.locator("#main, main").first.get_by_role("link", name="Digihulp aan de balie").last.click()
    expect(page.get_by_role("heading", name="Op vraag van")).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_ideas_are_weighed_side_by_side_and_one_becomes_a_course(window, signed_in, inspect, width):
    care = IdeaFactory(
        title="Digitale inclusie voor mentoren kinderopvang",
        description="Zij ondersteunen medewerkers die vaak zelf digitaal kwetsbaar zijn.",
        need=3,
        reach=2,
        effort=3,
    )
    ConsultationFactory(idea=care)
    ConsultationFactory(idea=care, who="Mediawijs", view="MIXED", said="Eerst afstemmen met de sector.")
    IdeaFactory(
        title="Cyberveiligheid voor eerstelijnsmedewerkers", need=4, reach=4, effort=2, weighing="Kan snel."
    )
    IdeaFactory(title="Train-the-trainer Superco")
    page = signed_in(window(width=width), Role.PROGRAMME_OFFICER)

    page.goto("/beheer/ideeen/")
    inspect(page, f"ideeen-{width}", wagtail=True)
    page.goto("/beheer/ideeen/afwegen/")
    inspect(page, f"afwegen-{width}", wagtail=True)
    page.get_by_role("link", name="Werk", exact=True).click()
    expect(page.locator("tbody th").first).to_contain_text("Cyberveiligheid")
    page.emulate_media(media="print")
    expect(page.get_by_role("columnheader", name="Beslissing")).to_be_visible()
    page.emulate_media(media="screen")

    page.get_by_role("link", name="Digitale inclusie voor mentoren").first.click()
    inspect(page, f"idee-{width}", wagtail=True)
    page.goto(f"/beheer/ideeen/{care.pk}/wegen/")
    inspect(page, f"idee-wegen-{width}", wagtail=True)
    page.goto(f"/beheer/ideeen/{care.pk}/beslissen/")
    page.get_by_label("gaat door").check()
    page.get_by_label("Reden").fill("De nood is groot en Mediawijs werkt mee.")
    page.get_by_role("button", name="Bewaar de beslissing").click()
    expect(page.get_by_text("De nood is groot").first).to_be_visible()
    inspect(page, f"idee-beslist-{width}", wagtail=True)
    page.get_by_role("link", name="Maak er een opleiding van").click()
    page.get_by_role("button", name="Maak de opleiding").click()

    expect(page.get_by_text("De opleiding is gemaakt.")).to_be_visible()
    course = Idea.objects.get(pk=care.pk).courses.get()
    assert course.title == "Digitale inclusie voor mentoren kinderopvang"
