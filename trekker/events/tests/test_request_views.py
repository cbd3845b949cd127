from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from trekker.events.forms.requests import AskSession
from trekker.events.models import Course, Event, SessionRequest
from trekker.events.tests.factories import EventFactory, SessionRequestFactory
from trekker.events.tests.work import work_in
from trekker.ideas.tests.factories import IdeaFactory
from trekker.kernel import tickets
from trekker.kernel.access import Role
from trekker.mail.models import Message
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ASK, LIST = "/vraag-een-sessie/", "/beheer/vragen/"
OFFICER, PARTNER, MANAGEMENT = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER, Role.MANAGEMENT
SCRIPT = "<script>alert(1)</script>"


def answers(**facts) -> dict:
    opened = timezone.now() - timedelta(minutes=3)
    return {
        "ticket": tickets.issue(AskSession.purpose, opened),
        "kind": "workshop",
        "subject": "Digihulp aan de balie",
        "wish": "We willen tips voor onze balie.",
        "audience": "baliemedewerkers",
        "people": "25",
        "when": "in mei",
        "organisation_text": "Gemeente Ergens",
        "name": "Wies Vragend",
        "email": "Wies@Bestuur.example",
        "phone": "011 22 33 44",
        **facts,
    }


class TestAsking:
    def test_ends_on_a_page_that_can_be_kept(self, client):
        assert client.get(ASK).status_code == 200

        response = client.post(ASK, answers())

        request = SessionRequest.objects.get()
        assert response.status_code == 302
        receipt = client.get(response["Location"])
        assert request.email == "wies@bestuur.example"
        assert "Digihulp aan de balie" in receipt.text
        assert "wies@bestuur.example" not in receipt.text
        assert receipt["X-Robots-Tag"] == "noindex"

    def test_takes_the_same_work_whatever_is_known_of_an_address(self, client):
        PersonFactory(email="bekend@bestuur.example")
        client.post(ASK, answers(email="eerst@bestuur.example"))  # makes what is made once
        work = []
        for email in ("nieuw@bestuur.example", "bekend@bestuur.example", *["wies@bestuur.example"] * 5):
            with CaptureQueriesContext(connection) as asked:
                client.post(ASK, answers(email=email))
            work.append(work_in(asked))

        assert Message.objects.filter(address="wies@bestuur.example").count() == 3
        assert all(each == work[0] for each in work)

    def test_twice_the_same_form_is_one_request_and_one_mail(self, client):
        form = answers()

        first, second = (client.post(ASK, form)["Location"] for _ in range(2))

        assert first == second
        assert SessionRequest.objects.count() == Message.objects.count() == 1

    def test_the_same_form_with_other_answers_asks_to_look_again(self, client):
        form = answers()
        client.post(ASK, form)

        response = client.post(ASK, form | {"subject": "Iets anders"})

        assert "verstuur opnieuw" in response.text
        assert 'value="Iets anders"' in response.text
        fresh = response.context["form"].ticket
        assert fresh != form["ticket"]

    @pytest.mark.parametrize(
        ("facts", "field", "sentence"),
        [
            ({"subject": " "}, "subject", "Zeg waarover de sessie gaat."),
            ({"kind": ""}, "kind", "Kies wat je vraagt."),
            ({"kind": "network_meeting"}, "kind", "Kies wat je vraagt."),
            ({"people": "veel"}, "people", "Vul een getal in, zoals 25."),
            ({"people": "0"}, "people", "Vul een getal in, zoals 25."),
            ({"people": "-5"}, "people", "Vul een getal in, zoals 25."),
            ({"people": "99999999999999999999"}, "people", "Vul een getal in, zoals 25."),
            ({"email": "wies"}, "email", "Dit is geen geldig mailadres."),
            ({"email": "wíes@bestuur.example"}, "email", "letters die niet in een mailadres horen"),
            ({"email": "wies@bestuur.example\r\nBcc: an@b.example"}, "email", ""),
            ({"subject": "x" * 201}, "subject", ""),
            ({"wish": "x" * 4001}, "wish", ""),
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_answers(self, client, facts, field, sentence):
        response = client.post(ASK, answers(**facts))

        assert sentence in " ".join(response.context["form"].errors[field])
        assert "Fout:" in response.text
        assert "in mei" in response.text
        assert not SessionRequest.objects.exists()

    @pytest.mark.parametrize("ticket", ["", "zelfgemaakt", "een.1:abc"])
    def test_takes_nothing_without_a_ticket_of_this_form(self, client, ticket):
        assert client.post(ASK, answers(ticket=ticket)).status_code == 403

        other = tickets.issue("register", timezone.now() - timedelta(minutes=3))
        assert client.post(ASK, answers(ticket=other)).status_code == 403
        assert not SessionRequest.objects.exists()

    def test_asks_again_what_a_script_sent(self, client):
        quick = tickets.issue(AskSession.purpose, timezone.now())
        for form in (answers(ticket=quick), answers(website="https://slecht.example")):
            assert "verstuur opnieuw" in client.post(ASK, form).text

        assert not SessionRequest.objects.exists()

    def test_answers_the_same_for_known_and_unknown_addresses(self, client):
        SessionRequestFactory(email="wies@bestuur.example")

        known = client.post(ASK, answers())
        unknown = client.post(ASK, answers(email="an@bestuur.example"))

        assert known.status_code == unknown.status_code == 302
        pages = [client.get(each["Location"]).text for each in (known, unknown)]
        assert pages[0] == pages[1]

    def test_shows_every_answer_as_text(self, client, as_role):
        form = answers(
            **dict.fromkeys(("subject", "wish", "audience", "when", "organisation_text", "name"), SCRIPT)
        )
        wrong = client.post(ASK, form | {"email": SCRIPT})
        receipt = client.get(client.post(ASK, form)["Location"])
        pk = SessionRequest.objects.get().pk
        browser = as_role(OFFICER)
        names = ("session_request:inspect", "session_request:edit", "requests:weigh", "requests:decide")
        pages = [
            wrong,
            receipt,
            browser.get(LIST),
            *(browser.get(reverse(each, args=[pk])) for each in names),
        ]

        assert not [each.request["PATH_INFO"] for each in pages if SCRIPT in each.text]

    def test_a_receipt_is_not_guessed(self, client):
        SessionRequestFactory()

        for ticket in ("None", "1", "een"):
            assert client.get(reverse("agenda:asked", args=[ticket])).status_code == 404

    def test_knows_the_organisation_that_is_meant(self, client):
        home = OrganisationFactory(name="Hasselt", kind="MUNICIPALITY")

        client.post(ASK, answers(organisation_text="Stad Hasselt"))

        assert SessionRequest.objects.get().organisation == home


class TestTheListOfRequests:
    def test_narrows_and_searches(self, as_role):
        SessionRequestFactory(subject="Balie", kind="workshop", importance=4)
        SessionRequestFactory(subject="Bib", state="DECLINED", reason="Vol", decided_at=timezone.now())
        browser = as_role(OFFICER)

        def found(**query):
            return [each.subject for each in browser.get(LIST, query).context["object_list"]]

        assert found(state="NEW") == found(kind="workshop") == found(importance=4) == ["Balie"]
        assert found(q="bib") == ["Bib"]

    def test_is_not_searched_by_name_or_address(self, as_role):
        SessionRequestFactory(name="Geheim", email="geheim@bestuur.example")

        assert not as_role(MANAGEMENT).get(LIST, {"q": "geheim"}).context["object_list"]

    def test_is_downloaded_with_names_by_who_may(self, as_role):
        SessionRequestFactory()

        response = as_role(OFFICER).get(LIST, {"export": "csv"})

        assert "wies@bestuur.example" in b"".join(response.streaming_content).decode()
        for role in (PARTNER, MANAGEMENT):
            assert as_role(role).get(LIST, {"export": "csv"}).status_code in {302, 403}

    def test_costs_the_same_number_of_queries_for_more_rows(self, as_role, django_assert_max_num_queries):
        browser = as_role(OFFICER)
        SessionRequestFactory.create_batch(3, organisation=OrganisationFactory())
        browser.get(LIST)
        with django_assert_max_num_queries(25) as few:
            browser.get(LIST)
        SessionRequestFactory.create_batch(40, organisation=OrganisationFactory())

        with django_assert_max_num_queries(len(few)):
            browser.get(LIST)

    def test_says_in_the_menu_how_many_wait(self, as_role):
        SessionRequestFactory.create_batch(2)
        SessionRequestFactory(state="DECLINED", reason="Vol", decided_at=timezone.now())

        assert "Vragen om een sessie (2)" in as_role(OFFICER).get(LIST).text


class TestARequest:
    def page(self, browser, request) -> str:
        return browser.get(reverse("session_request:inspect", args=[request.pk])).text

    def test_is_weighed_and_accepted_with_a_day(self, as_role):
        browser, request, home = (
            as_role(OFFICER),
            SessionRequestFactory(),
            OrganisationFactory(name="Hasselt"),
        )
        weigh, decide = (reverse(f"requests:{name}", args=[request.pk]) for name in ("weigh", "decide"))
        assert browser.get(weigh).status_code == browser.get(decide).status_code == 200

        browser.post(weigh, {"organisation": home.pk, "importance": 4, "extra_reach": 1500})
        text = self.page(browser, request)
        assert "1.500" in text
        assert "Hasselt" in text
        browser.post(
            decide,
            {
                "outcome": "ACCEPTED",
                "reason": "Past bij het plan.",
                "tells": "on",
                "day": "2027-06-16",
                "starts": "13:30",
                "ends": "15:00",
            },
        )

        event = Event.objects.get()
        assert timezone.localtime(event.starts_at).hour == 13
        assert (event.state, event.request, event.sessions.get().hours) == ("PLANNED", request, 1.5)
        assert "Past bij het plan." in self.page(browser, request)

    def test_is_declined(self, as_role):
        browser, request = as_role(OFFICER), SessionRequestFactory()

        browser.post(reverse("requests:decide", args=[request.pk]), {"outcome": "DECLINED", "reason": "Vol."})

        request.refresh_from_db()
        assert (request.state, Event.objects.count(), Message.objects.count()) == ("DECLINED", 0, 0)

    @pytest.mark.parametrize(
        ("name", "facts", "field"),
        [
            ("decide", {"outcome": "NEW", "reason": "x"}, "outcome"),
            ("decide", {"outcome": "ACCEPTED", "reason": " "}, "reason"),
            ("decide", {"outcome": "ACCEPTED", "reason": "x", "day": "2027-06-16"}, "starts"),
            ("decide", {"outcome": "ACCEPTED", "reason": "x", "starts": "13:00", "ends": "14:00"}, "day"),
            (
                "decide",
                {
                    "outcome": "ACCEPTED",
                    "reason": "x",
                    "day": "2027-06-16",
                    "starts": "13:00",
                    "ends": "13:00",
                },
                "ends",
            ),
            ("weigh", {"importance": "5"}, "importance"),
            ("weigh", {"extra_reach": "-1"}, "extra_reach"),
            ("weigh", {"organisation": "999999"}, "organisation"),
        ],
    )
    def test_says_what_is_wrong(self, as_role, name, facts, field):
        request = SessionRequestFactory()

        response = as_role(OFFICER).post(reverse(f"requests:{name}", args=[request.pk]), facts)

        assert field in response.context["form"].errors
        assert not Event.objects.exists()

    def test_decided_is_reopened_first(self, as_role):
        browser = as_role(OFFICER)
        request = SessionRequestFactory(state="DECLINED", reason="Vol", decided_at=timezone.now())
        for name, facts in (("weigh", {"importance": 1}), ("decide", {"outcome": "DECLINED", "reason": "x"})):
            response = browser.post(reverse(f"requests:{name}", args=[request.pk]), facts)
            assert "Heropen ze eerst" in response.text
        reopen = reverse("requests:reopen", args=[request.pk])
        assert browser.get(reopen).status_code == 200

        browser.post(reopen)
        again = browser.post(reopen, follow=True)

        request.refresh_from_db()
        assert request.is_open
        assert "staat al open" in again.text

    def test_is_not_reopened_while_its_event_stands(self, as_role):
        request = SessionRequestFactory(
            state="ACCEPTED", reason="Ja", decided_at=timezone.now(), event=EventFactory(title="In de bib")
        )

        response = as_role(OFFICER).post(reverse("requests:reopen", args=[request.pk]), follow=True)

        assert "Annuleer eerst de activiteit" in response.text
        assert "In de bib" in response.text

    def test_by_phone_is_noted_and_corrected_by_staff(self, as_role):
        browser = as_role(OFFICER)
        assert browser.get(reverse("session_request:add")).status_code == 200
        facts = answers(email="Wies@Bestuur.example")

        browser.post(reverse("session_request:add"), facts)
        request = SessionRequest.objects.get()
        browser.post(
            reverse("session_request:edit", args=[request.pk]), facts | {"subject": "Digihulp in de bib"}
        )

        request.refresh_from_db()
        assert (request.subject, request.email) == ("Digihulp in de bib", "wies@bestuur.example")
        assert not Message.objects.exists()

    def test_names_who_asked_only_to_who_may_see_people(self, as_role):
        request = SessionRequestFactory()

        assert "wies@bestuur.example" in self.page(as_role(PARTNER), request)
        assert "wies@bestuur.example" not in self.page(as_role(MANAGEMENT), request)

    @pytest.mark.parametrize("role", [PARTNER, MANAGEMENT])
    def test_is_not_changed_by_partners_or_management(self, as_role, role):
        browser, request = as_role(role), SessionRequestFactory()

        for name in ("weigh", "decide", "reopen"):
            browser.post(
                reverse(f"requests:{name}", args=[request.pk]), {"outcome": "DECLINED", "reason": "x"}
            )

        request.refresh_from_db()
        assert request.is_open
        assert "Beslis" not in self.page(browser, request)
        assert browser.get(reverse("session_request:add")).status_code == 302

    def test_stands_on_the_page_of_its_organisation(self, as_role):
        home = OrganisationFactory()
        SessionRequestFactory(organisation=home, subject="Digihulp in de bib")
        other = OrganisationFactory()
        browser = as_role(MANAGEMENT)

        def text(each):
            return browser.get(reverse("organisation:inspect", args=[each.pk])).text

        assert "Digihulp in de bib" in text(home)
        assert "Digihulp in de bib" not in text(other)


class TestAnIdeaThatGoesAhead:
    def make(self, browser, name, idea, **facts):
        return browser.post(reverse(f"requests:make_{name}", args=[idea.pk]), {"title": idea.title, **facts})

    def test_becomes_a_course_and_an_event_and_shows_them(self, as_role):
        browser, idea = (
            as_role(OFFICER),
            IdeaFactory(goes_ahead=True, form="e_learning", title="Veilig online"),
        )
        form = browser.get(reverse("requests:make_course", args=[idea.pk])).context["form"]
        assert (form.initial["title"], form.initial["e_learning"]) == ("Veilig online", True)
        assert browser.get(reverse("requests:make_event", args=[idea.pk])).status_code == 200

        self.make(browser, "course", idea, e_learning="on")
        self.make(browser, "event", idea, kind="info_session")

        text = browser.get(reverse("idea:inspect", args=[idea.pk])).text
        assert Course.objects.get().e_learning
        assert "E-learning:" in text
        assert "Infosessie:" in text

    def test_says_when_the_title_is_taken_or_nothing_was_decided(self, as_role):
        browser = as_role(OFFICER)
        Course.objects.create(title="Veilig online")

        taken = self.make(browser, "course", IdeaFactory(goes_ahead=True, title="Veilig online"))
        undecided = [
            self.make(browser, "course", IdeaFactory()),
            self.make(browser, "event", IdeaFactory(), kind="workshop"),
        ]

        assert "title" in taken.context["form"].errors
        assert all("Beslis eerst" in each.text for each in undecided)
        assert not Event.objects.exists()

    def test_is_made_an_event_by_a_partner_but_no_course(self, as_role):
        browser, idea = as_role(PARTNER), IdeaFactory(goes_ahead=True)

        self.make(browser, "course", idea)
        self.make(browser, "event", idea, kind="workshop")

        assert (Course.objects.count(), Event.objects.count()) == (0, 1)
        assert Event.objects.changeable_by(Event.objects.get().leads.get()).exists()

    def test_offers_management_nothing_to_do(self, as_role):
        idea = IdeaFactory(goes_ahead=True)

        assert "Maak er" not in as_role(MANAGEMENT).get(reverse("idea:inspect", args=[idea.pk])).text

    def test_still_open_offers_nothing_to_make(self, as_role):
        text = as_role(OFFICER).get(reverse("idea:inspect", args=[IdeaFactory().pk])).text

        assert ">Wat ervan kwam</h2>" not in text
