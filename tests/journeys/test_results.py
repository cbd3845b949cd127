"""Anyone reads the results, another website frames them, and a lead follows a link from the weekly mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from trekker.events.tests.factories import AttendanceFactory, EventFactory, RegistrationFactory
from trekker.kernel.access import Role
from trekker.mail.actions import deliver
from trekker.network.tests.factories import MembershipFactory
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.models import Account
from trekker.people.tests.factories import PositionFactory
from trekker.plan.actions.leads import set_parties
from trekker.plan.models import Forecast, Lead
from trekker.plan.queries.scores import monday_of
from trekker.plan.tests.factories import LineFactory
from trekker.reports import actions

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WIDTHS = [1280, 320]


def this_morning() -> datetime:
    """Give nine o'clock of today, whether it has been or not."""
    return timezone.localtime().replace(hour=9, minute=0)


@pytest.fixture
def line():
    """A plan of this year with members and an activity of six municipalities, so that there is a map."""
    year, yesterday = timezone.localdate().year, timezone.now() - timedelta(days=1)
    line = LineFactory(
        indicator__goal__version__year=year,
        indicator__goal__version__in_force_from=datetime(year, 1, 1).date(),  # noqa: DTZ001 - a day
        indicator__text="minstens 12 leden van het netwerk",
        target=12,
    )
    event = EventFactory(held=True, starts_at=yesterday)
    for name in ("Aalst", "Brugge", "Gent", "Hasselt", "Leuven", "Mechelen"):
        place = OrganisationFactory(name=name)
        person = PositionFactory(organisation=place).person
        MembershipFactory(person=person)
        AttendanceFactory(registration=RegistrationFactory(event=event, person=person, organisation=place))
    return line


@pytest.fixture
def told(line, mailbox, settings, live_server):
    """The plan, and a mailbox for mails with links to the live server."""
    settings.BASE_URL = live_server.url
    return line, mailbox


def put(line, by, *, hosts=()):
    year = line.indicator.goal.version.year
    actions.publish(year=year, shows="today", hosts=list(hosts), by=by, now=timezone.now())
    return year


def to_link(page: Page, words: str) -> None:
    """Press Tab until the link with these words has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    pytest.fail(f"the keyboard never came to «{words}»")


def test_a_visitor_reads_the_results_by_keyboard_without_javascript(window, account_of, line):
    put(line, account_of(Role.PROGRAMME_OFFICER))
    page = window(width=320, javascript=False)
    page.goto("/")

    to_link(page, "Resultaten")
    page.keyboard.press("Enter")

    year = timezone.localdate().year
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Resultaten {year}")
    expect(page.get_by_text("5 of meer").first).to_be_visible()
    expect(page.get_by_text(f"Stand van {timezone.localdate().day} ")).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    to_link(page, "Bekijk de kaart, en elke gemeente in woorden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name=re.compile("Bereik in"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_results_ask_little_and_are_accessible(window, inspect, account_of, line, width):
    year = put(line, account_of(Role.PROGRAMME_OFFICER))
    page, asked = window(width=width), []
    page.on("request", lambda request: asked.append(request.url))

    for name, address in {
        "resultaten": f"/resultaten/{year}/",
        "resultaten-bereik": f"/resultaten/{year}/bereik/",
        "resultaten-kader": f"/resultaten/{year}/kader/",
    }.items():
        asked.clear()
        page.goto(address, wait_until="networkidle")
        assert len(asked) <= 5 + (name == "resultaten-bereik"), asked  # the map is a picture of its own
        inspect(page, f"{name}-{width}")


class Foreign(BaseHTTPRequestHandler):
    """A page of another website with the frame in it."""

    html = ""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.html.encode())

    def log_message(self, *_args):
        """Say nothing."""


@contextmanager
def foreign_website(html: str) -> Iterator[str]:
    """Serve a page on a port of its own."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), type("Site", (Foreign,), {"html": html}))
    Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()
    site.server_close()


@pytest.mark.parametrize("allowed", [True, False])
def test_another_website_shows_the_frame_only_where_it_may(chromium, live_server, account_of, line, allowed):
    officer = account_of(Role.PROGRAMME_OFFICER)
    year = put(line, officer)
    address = f"{live_server.url}/resultaten/{year}/kader/"
    frame = f'<iframe src="{address}" title="Resultaten"></iframe>'
    html = f'<!doctype html><html lang="nl"><title>Elders</title>{frame}'
    with foreign_website(html) as website:
        put(line, officer, hosts=[website] if allowed else ["https://www.elders.example"])
        context = chromium.new_context(viewport={"width": 320, "height": 900}, java_script_enabled=False)
        page = context.new_page()
        page.goto(website, wait_until="networkidle")

        heading = page.frame_locator("iframe").get_by_role("heading", name=f"Resultaten {year}")
        expect(heading).to_have_count(int(allowed))
        assert context.cookies() == []
        context.close()


def test_a_lead_gets_a_mail_and_follows_a_link(window, signed_in, inspect, live_server, told):
    line, mailbox = told
    Lead.objects.create(goal=line.indicator.goal, party="Mediawijs")
    before = monday_of(timezone.localdate()) - timedelta(days=7)
    known = {"low": 6, "middle": 7, "high": 8, "target": 12}
    Forecast.objects.create(line=line, week=before, made_on=before, value=4, **known)
    page = signed_in(window(), Role.PARTNER_OFFICER)
    account = Account.objects.get(email="partner_officer@voorbeeld.example")
    set_parties(account=account, parties=["Mediawijs"], by=None, now=timezone.now())

    morning = this_morning()
    actions.send_signals(now=morning)
    deliver(clock=lambda: morning, going=lambda: True)

    text = mailbox.last_text()
    assert "2 meer dan op" in text
    link = re.search(rf"{re.escape(live_server.url)}\S+/rijen/", text)[0]
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("leden")
    page.goto("/beheer/signalen/")
    expect(page.get_by_role("link", name=re.compile("2 meer dan op"))).to_be_visible()
    inspect(page, "signalen-1280", wagtail=True)
    page.get_by_role("link", name="Bekijk hoe de mail leest").click()
    expect(page.get_by_text("Onderwerp:")).to_be_visible()
    inspect(page, "signalen-mail-1280", wagtail=True)


def test_the_officer_looks_puts_on_and_copies_the_frame(window, signed_in, inspect, line):
    year = line.indicator.goal.version.year
    page = signed_in(window(), Role.PROGRAMME_OFFICER)
    page.goto("/beheer/resultaten/")
    inspect(page, "resultaten-beheer-1280", wagtail=True)
    page.get_by_role("link", name=str(year), exact=True).click()

    page.get_by_role("link", name="Voorbeeld met de cijfers van vandaag").click()
    expect(page.get_by_text("Dit is een voorbeeld")).to_be_visible()
    page.get_by_role("link", name="Terug naar het beheer").click()
    page.get_by_label("Websites die het kader mogen tonen").fill("https://www.vvsg.be")
    page.get_by_role("button", name="Zet op de website").click()

    expect(page.get_by_text("<iframe src=")).to_be_visible()
    inspect(page, "resultaten-zetten-1280", wagtail=True)
    page.get_by_role("link", name="Bekijk de pagina").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Resultaten {year}")
