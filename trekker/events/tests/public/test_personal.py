"""The pages behind a personal link."""

from datetime import timedelta

import pytest
from django.utils import timezone

from trekker.events.models import Event, Registration
from trekker.events.tests.factories import RegistrationFactory
from trekker.events.tests.public.forms import coming, personal, ticket
from trekker.mail.models import Message

pytestmark = pytest.mark.django_db
Status = Registration.Status


@pytest.fixture
def mine():
    """A registration for an event that is to come."""
    return RegistrationFactory(event=coming(max_registrations=1), first_name="An", last_name="Voorbeeld")


class TestPersonalPage:
    def test_shows_the_registration_and_is_kept_nowhere(self, client, mine):
        page = personal(client, mine)

        assert "Je bent ingeschreven" in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"] == "noindex"
        assert page["Referrer-Policy"] == "same-origin"

    def test_helps_when_the_link_is_unknown(self, client):
        page = client.get("/inschrijving/bestaat-niet/")

        assert page.status_code == 404
        assert "We kennen deze link niet" in page.content.decode()

    def test_opening_changes_nothing(self, client, mine):
        before = list(Registration.objects.values())

        for what in ("", "wijzigen/", "uitschrijven/", "doorgeven/", "activiteit.ics"):
            assert personal(client, mine, what).status_code == 200

        assert list(Registration.objects.values()) == before
        assert not Message.objects.exists()

    @pytest.mark.parametrize("what", ["wijzigen/", "uitschrijven/", "doorgeven/"])
    def test_takes_nothing_without_a_ticket(self, client, mine, what):
        assert personal(client, mine, what, ticket="").status_code == 403

    def test_cancels(self, client, mine):
        personal(client, mine, "uitschrijven/", ja="1")

        mine.refresh_from_db()
        assert mine.status == Status.CANCELLED
        assert "Je bent uitgeschreven" in personal(client, mine).content.decode()

    def test_changes(self, client, mine):
        personal(client, mine, "wijzigen/", first_name="Ann", last_name="V", access="tolk", consent="on")

        mine.refresh_from_db()
        assert (mine.first_name, mine.need.access) == ("Ann", "tolk")

    def test_says_that_a_change_is_kept_also_when_a_browser_filled_it_in_at_once(self, client, mine):
        quick = {"ticket": ticket("events.personal", ago=0), "first_name": "Ann", "last_name": "V"}

        page = client.post(f"/inschrijving/{mine.key}/wijzigen/", quick, follow=True)

        assert "Je wijziging is bewaard." in page.text
        assert "Je wijziging is bewaard." not in personal(client, mine).text
        assert not page.cookies

    def test_hands_over(self, client, mine):
        personal(
            client,
            mine,
            "doorgeven/",
            first_name="Bonaventura",
            last_name="Collega",
            email="bo@bestuur.example",
        )

        theirs = Registration.objects.get(instead_of=mine)
        assert (theirs.status, theirs.organisation) == (Status.REGISTERED, mine.organisation)
        assert {*Message.objects.values_list("kind", flat=True)} == {
            "events.taken_over",
            "events.handed_over",
        }
        assert not any("Bonaventura" in text for text in Message.objects.values_list("text", flat=True))

    @pytest.mark.parametrize("known", [False, True], ids=["new", "has a place already"])
    def test_tells_who_gave_a_place_away_that_it_was_given(self, client, mine, known):
        email = RegistrationFactory(event=mine.event).email if known else "bo@bestuur.example"
        fields = {"first_name": "Bo", "last_name": "Collega", "email": email}
        personal(client, mine, "doorgeven/", **fields)

        page = personal(client, mine).text

        assert Registration.objects.filter(instead_of=mine).exists() != known
        assert "Je gaf je plaats door aan een collega." in page
        assert "Schrijf je dan opnieuw in" not in page

    @pytest.mark.parametrize("status", ["REGISTERED", "WAITING"])
    def test_lets_the_colleague_refuse_from_the_mail(self, client, mine, status):
        Registration.objects.filter(pk=mine.pk).update(status=status)
        personal(client, mine, "doorgeven/", first_name="Bo", last_name="Gratis!", email="bo@bestuur.example")

        theirs = Registration.objects.get(instead_of=mine)
        text = Message.objects.get(kind="events.taken_over").text

        assert f"/inschrijving/{theirs.key}/uitschrijven/" in text
        assert "Een collega van jou gaf een plaats" in text
        assert ("op de wachtlijst" in text) == (status == "WAITING")
        assert not any(word in text for word in ("Gratis!", "Je staat zo genoteerd"))
        assert client.get(f"/inschrijving/{theirs.key}/uitschrijven/").status_code == 200

    def test_shows_the_place_on_the_waiting_list(self, client, mine):
        RegistrationFactory(event=mine.event, waiting=True)
        second = RegistrationFactory(event=mine.event, waiting=True)

        assert "Je bent nummer 2 op de wachtlijst." in personal(client, second).content.decode()

    @pytest.mark.parametrize("status", ["waiting", "cancelled"])
    def test_gives_no_invitation_to_who_has_no_place(self, client, mine, status):
        Event.objects.update(online_link="https://meet.example/x")
        other = RegistrationFactory(event=mine.event, **{status: True})

        page = personal(client, other, "activiteit.ics")

        assert (page.status_code, page.headers["Location"]) == (302, f"/inschrijving/{other.key}/")

    def test_changes_nothing_once_it_has_begun(self, client, mine):
        Event.objects.update(starts_at=timezone.now() - timedelta(minutes=1))

        personal(client, mine, "uitschrijven/", ja="1")
        page = personal(client, mine).content.decode()

        mine.refresh_from_db()
        assert mine.status == Status.REGISTERED
        assert "Schrijf je uit" not in page

    def test_gives_the_group_the_cases_without_names_after_the_deadline(self, client, mine):
        event = mine.event
        RegistrationFactory(event=event, case="Hoe bereik je wie thuis zit?", first_name="Wies")
        Event.objects.update(asks_case=True, deadline_at=timezone.now() + timedelta(days=1))
        before = personal(client, mine).content.decode()
        Event.objects.update(deadline_at=timezone.now() - timedelta(days=1))

        after = personal(client, mine).content.decode()

        assert "Hoe bereik je" not in before
        assert "Hoe bereik je" in after
        assert "Wies" not in after

    def test_asks_few_queries(self, client, mine, django_assert_max_num_queries):
        with django_assert_max_num_queries(5):
            personal(client, mine)

    def test_walking_numbers_opens_nothing(self, client, mine):
        for key in (mine.pk, f"0{mine.pk}", mine.key[:-1], mine.key + "x"):
            assert client.get(f"/inschrijving/{key}/").status_code == 404
