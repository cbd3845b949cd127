"""When it is full, closed or gone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trekker.events.models import Event, Registration
from trekker.events.tests.public.forms import coming, send
from trekker.kernel.access import Role

pytestmark = pytest.mark.django_db
Status = Registration.Status


class TestFullAndClosed:
    def test_says_that_one_comes_on_the_waiting_list(self, client):
        event = coming(max_registrations=0)

        form = client.get(f"/agenda/{event.slug}/inschrijven/").content.decode()
        receipt = client.get(send(client, event)["Location"]).content.decode()

        assert "Zet me op de wachtlijst" in form
        assert "Je staat op de wachtlijst" in receipt

    def test_full_is_a_page_with_next_steps(self, client):
        event = coming(max_registrations=0, waiting_list=False, contact_phone="02 000 00 00")
        coming(title="Nog eens")

        page = client.get(f"/agenda/{event.slug}/inschrijven/").content.decode()
        sent = send(client, event)

        assert "Deze activiteit is volzet" in page
        assert "02 000 00 00" in page
        assert "Nog eens" in page
        assert "Deze activiteit is volzet" in sent.content.decode()
        assert not event.registrations.exists()

    def test_makes_the_page_of_what_is_full_once_for_all_visitors_and_never_for_them_from_someone_signed_in(
        self, client, as_role
    ):
        event = coming(max_registrations=0, waiting_list=False)
        address = f"/agenda/{event.slug}/inschrijven/"

        signed_in = as_role(Role.MANAGEMENT).get(address).content.decode()
        first = client.get(address).content.decode()
        with CaptureQueriesContext(connection) as asked:
            second = client.get(address).content.decode()

        assert "Afmelden" in signed_in
        assert "Aanmelden" in first
        assert second == first
        assert len(asked) == 2  # the activity, and how many have a place

    def test_lets_people_in_at_once_when_there_is_a_place_again(self, client):
        event = coming(max_registrations=0, waiting_list=False)
        client.get(f"/agenda/{event.slug}/inschrijven/")
        Event.objects.update(max_registrations=1)

        assert "Voornaam" in client.get(f"/agenda/{event.slug}/inschrijven/").content.decode()

    @pytest.mark.parametrize(
        "facts",
        [
            {"state": Event.State.PLANNED},
            {"state": Event.State.CANCELLED},
            {"deadline_at": timezone.now() - timedelta(days=1)},
            {"external_url": "https://elders.example/"},
        ],
        ids=["planned", "cancelled", "past the deadline", "elsewhere"],
    )
    def test_closed_is_a_page_with_next_steps(self, client, facts):
        event = coming(**facts)

        page = client.get(f"/agenda/{event.slug}/inschrijven/").content.decode()

        assert "Inschrijven kan nu niet" in page
        assert "Inschrijven kan nu niet" in send(client, event).content.decode()
        assert not event.registrations.exists()

    def test_what_is_private_is_not_there(self, client):
        event = coming(visibility="INTERNAL")

        assert send(client, event).status_code == 404

    def test_a_receipt_of_another_event_or_changed_is_not_there(self, client):
        event, other = coming(), coming()
        receipt = send(client, event)["Location"]

        assert client.get(receipt.replace(event.slug, other.slug)).status_code == 404
        assert client.get(receipt.replace(".R", ".W")).status_code == 404
