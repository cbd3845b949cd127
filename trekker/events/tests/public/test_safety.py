"""What visitors type stays text, and nobody learns who is known."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trekker.events.models import Event, Registration
from trekker.events.tests.public.forms import coming, mails, personal, send
from trekker.events.tests.work import work_in
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
Status = Registration.Status


class TestWhatVisitorsType:
    @pytest.mark.parametrize(
        "text", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "%s{event.pk}", '"><img src=x>']
    )
    def test_stays_text_everywhere(self, client, text):
        event = coming(asks_case=True, deadline_at=timezone.now() + timedelta(days=1))
        send(client, event, organisation=text, function=text, case=text, access=text, consent="on")
        mine = event.registrations.get()
        Event.objects.update(deadline_at=timezone.now() - timedelta(days=1))

        pages = [
            personal(client, mine, what).content.decode() for what in ("", "uitschrijven/", "doorgeven/")
        ]

        assert not any("<script>alert" in page or "<img src=x" in page for page in pages)
        assert not any(text in message.text + message.html for message in mails())

    def test_never_reaches_a_mail(self, client):
        send(client, coming(), first_name="Klik hier", last_name="gratis", function="win")

        message = mails().get()
        assert not any(word in message.text for word in ("Klik", "gratis", "win!"))


class TestKnownAddress:
    """The time it takes is compared in tests/load; here: the same statements, in the same order."""

    def work_of(self, client, event, email):
        with CaptureQueriesContext(connection) as asked:
            send(client, event, email=email, organisation="Stekene", access="een tolk", consent="on")
        return work_in(asked)

    @pytest.fixture
    def event(self, client):
        OrganisationFactory(name="Stekene")
        event = coming(max_registrations=2)
        send(client, event, email="eerst@bestuur.example")  # makes what is made once
        return event

    def test_takes_the_same_work_as_an_unknown_one(self, client, event):
        Event.objects.update(max_registrations=20)
        PersonFactory(email="elders@bestuur.example")

        unknown = self.work_of(client, event, "nieuw@bestuur.example")
        elsewhere = self.work_of(client, event, "elders@bestuur.example")
        here, again, once_more = (self.work_of(client, event, "nieuw@bestuur.example") for _ in range(3))

        assert {"INSERT INTO events_registration", "INSERT INTO events_accessneed"} <= {*unknown}
        assert unknown == elsewhere == here == again == once_more

    def test_takes_the_same_work_when_it_is_full(self, client, event):
        send(client, event, email="plaats@bestuur.example")

        unknown = self.work_of(client, event, "wacht@bestuur.example")
        waits = self.work_of(client, event, "wacht@bestuur.example")
        has_a_place = self.work_of(client, event, "plaats@bestuur.example")

        assert event.registrations.count() == 3
        assert unknown == waits == has_a_place

    def test_takes_the_same_work_when_it_is_full_without_a_waiting_list(self, client, event):
        Event.objects.update(max_registrations=1, waiting_list=False)
        client.get(f"/agenda/{event.slug}/inschrijven/")  # makes the page that all visitors get

        unknown = self.work_of(client, event, "nieuw@bestuur.example")

        assert unknown == self.work_of(client, event, "eerst@bestuur.example")
