import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.page import DATA, Page, ids, nothing_from_others, nothing_inline, standard, text
from trekker.events.models import Event, Recording
from trekker.events.queries import agenda
from trekker.events.queries.places import places_of
from trekker.events.tests.factories import (
    BRUSSELS,
    NOW,
    STARTS,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.kernel.access import Role
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.themes.models import Theme

pytestmark = pytest.mark.django_db
State, Visibility = Event.State, Event.Visibility
HOUR = timedelta(hours=1)
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ settings.SECRET_KEY }} {% debug %}",
    "<!--<script>",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "\u2028alert(1)//",
]


def soon(days=7, **facts) -> Event:
    return EventFactory(starts_at=timezone.now() + timedelta(days=days), **facts)


def titles(response) -> list[str]:
    return [event.title for event, _standing in response.context["entries"]]


def main_text(response) -> str:
    return text(Page(response.content.decode()).root.find("body//main"))


def linked(response) -> dict:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    return json.loads(found[1])


class TestTheList:
    def test_shows_only_what_is_public_and_coming(self, client):
        soon(title="Wel")
        soon(title="Bevestigd", state=State.CONFIRMED)
        soon(title="Via link", visibility=Visibility.BY_LINK)
        soon(title="Intern", visibility=Visibility.INTERNAL)
        soon(title="Idee", state=State.IDEA)
        soon(title="Afgelast", state=State.CANCELLED)
        soon(days=-7, title="Voorbij", state=State.HELD)

        assert set(titles(client.get("/agenda/"))) == {"Wel", "Bevestigd"}
        assert titles(client.get("/agenda/", {"toon": "voorbij"})) == ["Voorbij"]

    def test_narrows_by_kind_format_theme_and_province(self, client):
        wide = Theme.objects.create(name="Breed", code="breed")
        part = Theme.objects.create(name="Smal", code="smal", part_of=wide)
        town = OrganisationFactory(name="Gent", province="Oost-Vlaanderen")
        soon(title="Opleiding", training=True, physical=True, municipality=town).themes.add(part)
        soon(title="Netwerk")

        for name, value in [
            ("soort", "training"),
            ("vorm", "physical"),
            ("thema", "breed"),
            ("provincie", "Oost-Vlaanderen"),
        ]:
            assert titles(client.get("/agenda/", {name: value})) == ["Opleiding"], name

    def test_ignores_what_nobody_can_choose(self, client):
        soon(title="Netwerk")

        response = client.get("/agenda/", {"soort": "x' OR 1=1", "thema": "nee", "p": "x"})

        assert titles(response) == ["Netwerk"]

    def test_says_what_to_do_when_there_is_nothing(self, client):
        assert "Neem de agenda op in je eigen kalender." in main_text(client.get("/agenda/"))
        assert "Toon weer alles" in main_text(client.get("/agenda/", {"soort": "training"}))

    def test_groups_by_month_and_pages(self, client):
        for _ in range(30):
            soon()

        response = client.get("/agenda/")

        assert len(titles(response)) == 25
        assert "Pagina 1 van 2" in main_text(response)
        assert len(titles(client.get("/agenda/?p=2"))) == 5

    def test_asks_as_many_queries_for_many_as_for_one(self, client, django_assert_max_num_queries):
        for _ in range(20):
            soon(max_registrations=3)

        with django_assert_max_num_queries(4):
            client.get("/agenda/")

    def test_marks_what_was_recorded(self, client):
        event = soon(days=-7, state=State.HELD)
        Recording.objects.create(
            event=event, title="Opname", url="https://video.example/1", reason_without="Volgt.", added_at=NOW
        )

        assert "met opname" in main_text(client.get("/agenda/?toon=voorbij"))


class TestThePage:
    @pytest.mark.parametrize("day", [(2035, 3, 24), (2035, 3, 25), (2035, 10, 27), (2035, 10, 28)])
    def test_shows_the_hour_of_belgium_on_both_sides_of_summer_time(self, client, day):
        begins = datetime(*day, 13, 30, tzinfo=BRUSSELS)
        event = EventFactory(starts_at=begins.astimezone(UTC))

        response = client.get(event.get_absolute_url())

        assert "van 13:30 tot 15:30 uur" in main_text(response)
        assert linked(response)["startDate"] == begins.isoformat()
        file = client.get(f"{event.get_absolute_url()}activiteit.ics").content
        (entry,) = Calendar.from_ical(file).walk("VEVENT")
        assert entry.start.astimezone(BRUSSELS) == begins

    @pytest.mark.parametrize("facts", [{"visibility": Visibility.INTERNAL}, {"state": State.IDEA}])
    @pytest.mark.parametrize("role", [None, Role.PROGRAMME_OFFICER])
    def test_does_not_exist_for_what_is_not_announced(self, client, as_role, facts, role):
        event = soon(**facts)
        browser = as_role(role) if role else client

        assert browser.get(event.get_absolute_url()).status_code == 404
        assert browser.get(f"{event.get_absolute_url()}activiteit.ics").status_code == 404

    def test_keeps_what_goes_by_link_from_search_engines(self, client):
        hidden, listed = soon(visibility=Visibility.BY_LINK), soon()

        assert "noindex" in client.get(hidden.get_absolute_url()).text
        assert "noindex" not in client.get(listed.get_absolute_url()).text

    def test_says_that_it_is_cancelled_and_where_to_go(self, client):
        event = soon(state=State.CANCELLED, cancelled_because="De spreker is ziek.")

        response = client.get(event.get_absolute_url())

        assert "De spreker is ziek." in main_text(response)
        assert "Bekijk wat er nog komt." in main_text(response)
        assert "Schrijf je in" not in main_text(response)
        assert linked(response)["eventStatus"] == "https://schema.org/EventCancelled"

    def test_shows_every_session_of_several_days(self, client):
        event = soon(session__title="Eerste dag")
        SessionFactory(event=event, starts_at=event.starts_at + timedelta(days=7), title="Tweede dag")

        assert {"Eerste", "Tweede"} <= set(main_text(client.get(event.get_absolute_url())).split())

    def test_does_not_give_the_link_to_take_part(self, client):
        event = soon(online_link="https://meet.example/geheim")

        for address in (event.get_absolute_url(), f"{event.get_absolute_url()}activiteit.ics", "/agenda.ics"):
            assert b"meet.example" not in client.get(address).content

    @pytest.mark.parametrize("payload", HOSTILE)
    def test_runs_nothing_that_stands_in_a_text(self, payload):
        client = Client()
        event = soon(
            title=payload,
            summary=payload,
            description=payload,
            place=payload,
            access_note=payload,
            price=payload,
            contact_name=payload,
            session__title=payload,
        )

        page, listed = client.get(event.get_absolute_url()), client.get("/agenda/")

        assert linked(page)["name"] == payload
        for response in (page, listed):
            read = Page(response.content.decode())
            checks = [standard, ids, nothing_inline, nothing_from_others]
            assert [fault for check in checks for fault in check(read)] == []
            assert not [each for each in read.root.iter("script") if each.get("type") != DATA]
        assert client.get("/agenda.rss").status_code == 200

    def test_sets_no_cookie_and_stays_within_its_budget(self, client, django_assert_max_num_queries):
        event = soon(max_registrations=20, description="Veel uitleg. " * 200)
        for _ in range(3):
            SessionFactory(event=event, starts_at=event.starts_at + timedelta(days=1))
        event.organisers.add(OrganisationFactory(), OrganisationFactory())

        with django_assert_max_num_queries(10):
            response = client.get(event.get_absolute_url())

        assert not response.cookies
        assert len(response.content) < 50_000
        loaded = re.findall(r'<(?:link rel="(?:icon|stylesheet)"|script src)', response.text)
        assert len(loaded) + 1 <= 5


class TestWhatIsSaid:
    def said(self, event, now=NOW) -> agenda.Standing:
        return agenda.standing_of(event, is_full=agenda.is_full(places_of(event)), now=now)

    def test_counts_what_is_left(self):
        event = EventFactory(max_registrations=2)
        RegistrationFactory(event=event)
        RegistrationFactory(event=event, cancelled=True)

        assert agenda.left_in_words(places_of(event)) == [("Plaatsen", "nog 1 plaats")]
        assert self.said(event).can_register

    def test_offers_the_waiting_list_once_full(self):
        event = RegistrationFactory(event__max_registrations=1).event

        assert self.said(event) == agenda.Standing(
            "volzet", "heed", "Je kunt wel op de wachtlijst.", can_register=True, can_wait=True
        )

    def test_says_how_to_go_on_when_full_without_a_waiting_list(self):
        event = RegistrationFactory(event__max_registrations=1, event__waiting_list=False).event

        assert not self.said(event).can_register
        assert "Bel of mail ons" in self.said(event).sentence

    def test_is_not_full_while_one_kind_of_place_is_left(self):
        event = EventFactory(format=Event.Format.HYBRID, max_registrations=1, max_online=1)
        RegistrationFactory(event=event, mode="ON_SITE")

        assert agenda.left_in_words(places_of(event)) == [
            ("Ter plaatse", "volzet"),
            ("Online", "nog 1 plaats"),
        ]
        assert self.said(event).word == "inschrijven kan"

    def test_names_the_hour_of_the_deadline_in_belgium(self):
        event = EventFactory(deadline_at=datetime(2026, 4, 14, 10, 0, tzinfo=UTC))

        assert self.said(event).sentence == "Inschrijven kan tot dinsdag 14 april, 12:00 uur."

    @pytest.mark.parametrize(
        ("facts", "at", "word", "can"),
        [
            ({"state": State.CANCELLED}, NOW, "afgelast", False),
            ({"state": State.PLANNED}, NOW, "gepland", False),
            ({"state": State.CONFIRMED}, NOW, "gaat door", True),
            ({"state": State.OPEN}, NOW, "inschrijven kan", True),
            ({"external_url": "https://elders.example"}, NOW, "gepland", False),
            ({"deadline_at": NOW}, NOW, "gepland", False),
            ({}, STARTS + HOUR, "bezig", False),
            ({}, STARTS + 3 * HOUR, "voorbij", False),
            ({"state": State.HELD}, STARTS + 3 * HOUR, "voorbij", False),
        ],
    )
    def test_follows_the_state_and_the_moment(self, facts, at, word, can):
        standing = self.said(EventFactory(**facts), at)

        assert (standing.word, standing.can_register) == (word, can)


class TestFeeds:
    @pytest.mark.parametrize("address", ["/agenda.ics", "/agenda.rss", "/agenda.json"])
    def test_give_what_is_public_and_nothing_else(self, client, address):
        soon(title="Openbaar")
        soon(title="Geheim", visibility=Visibility.INTERNAL)
        soon(title="Geheim ook", visibility=Visibility.BY_LINK)

        response = client.get(address)

        assert b"Openbaar" in response.content
        assert b"Geheim" not in response.content
        assert not response.cookies

    @pytest.mark.parametrize("address", ["/agenda.ics", "/agenda.rss", "/agenda.json"])
    def test_say_when_nothing_changed(self, client, address):
        soon()
        first = client.get(address)

        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        soon()
        changed = client.get(address, headers={"if-none-match": first.headers["ETag"]})

        assert (again.status_code, changed.status_code) == (304, 200)

    @pytest.mark.parametrize("address", ["/agenda.rss", "/agenda.json", "/agenda/"])
    def test_take_addresses_from_the_settings_and_not_from_the_visitor(self, settings, address):
        settings.ALLOWED_HOSTS = ["*"]
        soon()

        assert b"evil.example" not in Client(headers={"host": "evil.example"}).get(address).content

    def test_give_json_with_local_hours(self, client):
        event = soon(title="Netwerk", price="10 euro")

        (facts,) = client.get("/agenda.json").json()["activiteiten"]

        assert datetime.fromisoformat(facts["begin"]) == event.starts_at.replace(
            microsecond=event.starts_at.microsecond
        )
        assert facts["pagina"].endswith(event.get_absolute_url())
        assert facts["prijs"] == "10 euro"
