"""The public form with which someone asks for a session."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from trekker.events.forms.requests import AskSession
from trekker.events.models import SessionRequest
from trekker.events.tests.factories import SessionRequestFactory
from trekker.events.tests.requests.asking import ASK, LIST, OFFICER, SCRIPT, answers
from trekker.events.tests.work import work_in
from trekker.kernel import tickets
from trekker.mail.models import Message
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


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
