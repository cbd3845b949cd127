"""The page of an activity and the steps it takes."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from trekker.events.models import Event, Series
from trekker.events.tests.factories import (
    EventFactory,
    RegistrationFactory,
)
from trekker.events.tests.office.forms import (
    PARTNER,
    PAST,
    SOON,
    page_of,
    to,
)
from trekker.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


class TestThePage:
    def test_shows_figures_sessions_and_facts(self, browser):
        event = EventFactory(format="hybrid", max_registrations=3, max_online=2, summary="Kom mee")
        RegistrationFactory(event=event)
        RegistrationFactory(event=event, mode="ONLINE")
        RegistrationFactory(event=event, waiting=True)

        context = browser.get(page_of(event)).context

        figures = context["figures"]
        assert (figures.registered, figures.online, figures.waiting) == (2, 1, 1)
        assert (figures.left, figures.left_online) == (2, 1)
        assert figures.to_tell == 3

    def test_says_what_is_missing_before_it_opens(self, browser):
        event = EventFactory(state="PLANNED", format="physical", starts_at=SOON)

        text = browser.get(page_of(event)).text

        assert "Een zaal of een adres" in text
        assert "Een gemeente" in text

    @pytest.mark.parametrize(
        ("facts", "labels"),
        [
            ({"starts_at": SOON, "state": "PLANNED"}, ["OPEN", "CONFIRMED", "IDEA", "CANCELLED"]),
            ({"starts_at": SOON, "state": "OPEN"}, ["CONFIRMED", "PLANNED", "CANCELLED"]),
            ({"starts_at": PAST, "state": "CONFIRMED"}, ["HELD", "OPEN", "CANCELLED"]),
            ({"starts_at": PAST, "state": "HELD"}, ["CONFIRMED"]),
        ],
    )
    def test_offers_the_steps_that_make_sense(self, browser, facts, labels):
        steps = browser.get(page_of(EventFactory(**facts))).context["steps"]

        assert [step.target for step in steps] == labels

    @pytest.mark.parametrize(("registered", "says"), [(2, "Nog te weinig mensen"), (3, "Genoeg mensen")])
    def test_says_go_or_no_go(self, browser, registered, says):
        event = EventFactory(intervision=True, starts_at=SOON)
        for _ in range(registered):
            RegistrationFactory(event=event)

        assert says in browser.get(page_of(event)).text

    def test_keeps_acts_and_links_from_who_does_not_lead(self, as_role):
        event = EventFactory(online_link="https://overleg.example/geheim")

        text = as_role(PARTNER).get(page_of(event)).text

        assert to("edit", event) not in text
        assert to("move", event) not in text
        assert "geheim" not in text

    def test_shows_the_sections_of_who_leads_to_no_other(self, client):
        partner = AccountFactory(role=PARTNER, email="pat@partner.example")
        client.force_login(partner)

        def shown(event) -> set[str]:
            return {section.title for section in client.get(page_of(event)).context["sections"]}

        theirs = shown(EventFactory(starts_at=SOON, leads=[partner]))
        assert "Inschrijven" in theirs - shown(EventFactory(starts_at=SOON))

    def test_is_escaped(self, browser):
        event = EventFactory(title="<script>x</script>", description="<b>y</b>", place="<i>z</i>")

        text = browser.get(page_of(event)).text

        for tag in ("<script>x", "<b>y", "<i>z"):
            assert tag not in text

    def test_costs_the_same_number_of_queries_for_more_registrations(
        self, browser, django_assert_max_num_queries
    ):
        event = EventFactory()
        RegistrationFactory(event=event)
        browser.get(page_of(event))
        with django_assert_max_num_queries(60) as few:
            browser.get(page_of(event))
        for _ in range(8):
            RegistrationFactory(event=event)

        with django_assert_max_num_queries(len(few)):
            browser.get(page_of(event))


class TestSteps:
    def test_says_why_a_step_is_refused(self, browser):
        event = EventFactory(state="PLANNED", starts_at=SOON)

        text = browser.post(to("move", event), {"to": "OPEN"}, follow=True).text

        assert "een mailadres of telefoon voor vragen" in text

    @pytest.mark.parametrize("target", ["IDEA", "", "ONZIN"])
    def test_says_when_the_event_stands_elsewhere_by_now(self, browser, target):
        text = browser.post(to("move", EventFactory()), {"to": target}, follow=True).text

        assert "staat intussen anders" in text

    def test_asks_the_reason_of_a_cancellation_and_says_who_hears(self, browser):
        event = EventFactory(starts_at=SOON)
        for _ in range(2):
            RegistrationFactory(event=event)

        assert browser.post(to("move", event), {"to": "CANCELLED"}).url == to("cancel", event)
        assert "2 mensen krijgen een mail." in browser.get(to("cancel", event)).text
        refused = browser.post(to("cancel", event), {"because": " "})
        assert "Vul de reden in" in refused.text
        browser.post(to("cancel", event), {"because": "De spreker is ziek"})

        event.refresh_from_db()
        assert (event.state, event.cancelled_because) == ("CANCELLED", "De spreker is ziek")

    def test_asks_whether_it_goes_ahead_with_too_few(self, browser):
        event = EventFactory(intervision=True, starts_at=SOON)
        page = browser.get(page_of(event)).text
        step = {"to": "CONFIRMED"}

        asked = browser.post(to("move", event), step).text
        event.refresh_from_db()
        before = event.state
        browser.post(to("move", event), {**step, "toch": "ja"})

        event.refresh_from_db()
        button = page.partition("Bevestig dat het doorgaat</button>")[0].rpartition("<button")[2]
        assert "button-secondary" in button
        assert "Er zijn 0 inschrijvingen. Er zijn er minstens 3 nodig." in asked
        assert 'name="toch" value="ja"' in asked
        assert (before, event.state) == ("OPEN", "CONFIRMED")

    def test_asks_nothing_when_enough_come(self, browser):
        event = EventFactory(intervision=True, starts_at=SOON)
        for _ in range(3):
            RegistrationFactory(event=event)

        browser.post(to("move", event), {"to": "CONFIRMED"})

        event.refresh_from_db()
        assert event.state == "CONFIRMED"

    @pytest.mark.parametrize(
        ("name", "act"),
        [
            ("events:cancel", "Annuleer"),
            ("events:edit", "Verbeter"),
            ("events:copy", "Kopieer"),
            ("events:repeat", "Herhaal"),
            ("participants:list", "Deelnemers"),
            ("participants:register", "Schrijf iemand in"),
            ("participants:certificates", "Attesten"),
        ],
    )
    def test_heads_each_screen_with_the_event_and_its_day(self, browser, name, act):
        event = EventFactory(title="Over helpen", kind="training", starts_at=SOON)

        text = browser.get(reverse(name, args=[event.pk])).text

        heading = " ".join(text.partition("<h1")[2].partition("</h1>")[0].partition(">")[2].split())
        assert heading == f"{act}: Over helpen, {timezone.localtime(SOON):%d/%m/%Y %H:%M}"
        assert "Annuleer</a>" not in text

    def test_announces_no_mail_when_it_is_over(self, browser):
        event = RegistrationFactory(event__starts_at=PAST).event

        assert "Niemand krijgt een mail." in browser.get(to("cancel", event)).text

    def test_says_when_it_cannot_be_cancelled(self, browser):
        event = EventFactory(held=True)

        assert "staat intussen anders" in browser.post(to("cancel", event), {"because": "x"}).text

    def test_cancels_the_rest_of_a_series(self, browser):
        series = Series.objects.create(name="Reeks")
        first, later, past = (
            EventFactory(series=series, starts_at=at) for at in (SOON, SOON + timedelta(days=7), PAST)
        )

        browser.post(to("cancel", first), {"because": "geen zaal", "rest": "on"})

        states_now = list(Event.objects.order_by("pk").values_list("state", flat=True))
        assert states_now == ["CANCELLED", "CANCELLED", "OPEN"]
        assert {later, past}

    def test_is_refused_to_who_does_not_lead(self, as_role):
        event = EventFactory()
        partner = as_role(PARTNER)

        assert partner.post(to("move", event), {"to": "CONFIRMED"}).status_code == 404
        assert partner.post(to("cancel", event), {"because": "x"}).status_code == 404
        event.refresh_from_db()
        assert event.state == "OPEN"


def test_the_diagram_of_states_is_up_to_date(capsys):
    call_command("states")

    page = Path(__file__).parents[4] / "docs/states.md"
    assert capsys.readouterr().out == page.read_text(), "run: make docs"
