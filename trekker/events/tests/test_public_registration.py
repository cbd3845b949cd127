"""Registering on the public site, and the pages behind a personal link."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trekker.events.actions.registering import welcome_all
from trekker.events.models import AccessNeed, Event, Registration
from trekker.events.tests.factories import EventFactory, RegistrationFactory
from trekker.events.tests.work import work_in
from trekker.kernel import tickets
from trekker.kernel.access import Role
from trekker.mail.models import Message
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
Status = Registration.Status


def coming(**facts):
    """An event a month from now: the pages look at the clock."""
    return EventFactory(starts_at=timezone.now() + timedelta(days=30), **facts)


def ticket(purpose="events.register", *, ago=60):
    return tickets.issue(purpose, timezone.now() - timedelta(seconds=ago))


def filled(**fields):
    return {
        "first_name": "An",
        "last_name": "Voorbeeld",
        "email": "an@bestuur.example",
        "organisation": "geen",
        "ticket": ticket(),
        **fields,
    }


def send(client, event, **fields):
    return client.post(f"/agenda/{event.slug}/inschrijven/", filled(**fields))


def mails():
    """The mails to all whose form was taken in: the clock makes them a moment later."""
    welcome_all(now=timezone.now())
    return Message.objects.all()


class TestForm:
    def test_registers_and_leads_to_a_receipt_without_personal_data(self, client):
        event = coming()

        response = send(client, event)
        page = client.get(response["Location"])

        assert event.registrations.get().email == "an@bestuur.example"
        assert "Je bent ingeschreven" in page.content.decode()
        assert not any(word in page.content.decode() for word in ("an@bestuur", "Voorbeeld"))
        assert not page.cookies

    def test_shows_the_same_to_an_address_that_is_registered(self, client):
        event = coming()

        first, second = send(client, event), send(client, event, ticket=ticket())

        assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
        assert event.registrations.count() == 1

    def test_sending_the_form_twice_changes_nothing(self, client):
        event, once = coming(), ticket()

        places = {send(client, event, ticket=once)["Location"] for _ in range(2)}

        assert len(places) == 1
        assert (event.registrations.count(), mails().count()) == (1, 1)

    def test_asks_again_when_someone_goes_back_and_registers_a_colleague(self, client):
        event, once = coming(), ticket()
        send(client, event, ticket=once)

        page = send(client, event, ticket=once, email="bo@bestuur.example")

        assert tickets.AGAIN in page.content.decode()
        assert 'value="bo@bestuur.example"' in page.content.decode()
        fresh = page.context["form"].ticket
        assert tickets.read(fresh, "events.register").number != tickets.read(once, "events.register").number

    def test_names_every_fault_first_and_beside_its_field(self, client):
        event = coming(asks_diet=True, physical=True)

        page = send(client, event, first_name="", email="an", organisation="", diet="noten").content.decode()

        assert "<title>Fout:" in page
        for sentence in (
            "Vul je voornaam in.",
            "Vul een mailadres in zoals naam@gemeente.be.",
            "Vul de naam van je organisatie in.",
            "Vink aan dat we dit mogen bewaren, of maak de velden leeg.",
        ):
            assert page.count(sentence) == 2
        assert 'value="noten"' in page

    @pytest.mark.parametrize("name", ["https://koop.example", "www.koop.example", "<b>", "x@y"])
    def test_takes_no_link_for_a_name(self, client, name):
        page = send(client, coming(), last_name=name)

        assert "Vul enkel je naam in." in page.content.decode()

    def test_refuses_what_comes_without_a_ticket(self, client):
        event = coming()

        assert send(client, event, ticket="").status_code == 403
        assert not event.registrations.exists()

    def test_refuses_an_address_that_imitates_another(self, client):
        page = send(client, coming(), email="аn@bestuur.example")  # a Cyrillic а

        assert "Vul een mailadres in" in page.content.decode()

    def test_keeps_needs_apart_with_the_consent(self, client):
        send(client, coming(), access="ringleiding", consent="on")

        assert AccessNeed.objects.get().consent_text.startswith("Ja, de organisator mag dit bewaren")

    def test_asks_the_questions_of_the_organiser(self, client):
        event = coming()
        question = event.questions.create(label="Kom je met de trein?", kind="YES_NO", required=True)

        page = send(client, event)
        send(client, event, **{f"question_{question.pk}": "ja"})

        assert "Beantwoord deze vraag: Kom je met de trein?" in page.content.decode()
        assert event.registrations.get().answers == {str(question.pk): "ja"}

    def test_asks_how_someone_takes_part_in_a_hybrid_event(self, client):
        event = coming(format="hybrid", max_registrations=0, waiting_list=False)

        form = client.get(f"/agenda/{event.slug}/inschrijven/").content.decode()
        send(client, event, mode="ONLINE")

        assert "Ter plaatse (volzet)" in form
        assert event.registrations.get().mode == "ONLINE"

    def test_asks_few_queries(self, client, django_assert_max_num_queries):
        event = coming(max_registrations=40)

        with django_assert_max_num_queries(5):
            client.get(f"/agenda/{event.slug}/inschrijven/")
        with django_assert_max_num_queries(14):
            receipt = send(client, event)["Location"]
        with django_assert_max_num_queries(2):
            client.get(receipt)


class TestOrganisation:
    def test_is_found_by_its_name_or_place(self, client):
        stekene = OrganisationFactory(name="Stekene")
        OrganisationFactory(name="OCMW Stekene", ocmw=True, counts_as=stekene)
        event = coming()

        send(client, event, organisation="gemeente stekene")

        assert event.registrations.get().organisation == stekene

    def test_is_asked_when_several_fit(self, client):
        one = OrganisationFactory(name="IGS Noord Digitaal", igs=True)
        OrganisationFactory(name="IGS Noord Water", igs=True)
        event = coming()

        page = send(client, event, organisation="noord").content.decode()
        send(client, event, organisation="noord", which=str(one.pk))

        assert "Welke bedoel je?" in page
        assert "Een andere organisatie" in page
        assert event.registrations.get().organisation == one

    def test_may_be_another_one(self, client):
        OrganisationFactory(name="IGS Noord Digitaal", igs=True)
        event = coming()

        send(client, event, organisation="Noord vzw", which="anders")

        mine = event.registrations.get()
        assert (mine.organisation, mine.organisation_text) == (None, "Noord vzw")

    def test_is_proposed_from_the_address(self, client):
        stekene = MailDomainFactory(domain="stekene.example", organisation__name="Stekene").organisation
        event = coming()

        page = send(client, event, organisation="", email="an@stekene.example").content.decode()
        send(client, event, organisation="", email="an@stekene.example", which=str(stekene.pk))

        assert "Kies je organisatie." in page
        assert event.registrations.get().organisation == stekene

    def test_that_merged_is_its_successor(self, client):
        new = OrganisationFactory(name="Nieuw")
        OrganisationFactory(name="Oud", merged_into=new, merged_on="2025-01-01")
        event = coming()

        send(client, event, organisation="Oud")

        assert event.registrations.get().organisation == new

    def test_is_suggested_to_scripts(self, client):
        OrganisationFactory(name="Stekene")

        found = client.get("/agenda/organisaties.json?zoek=stek")

        assert found.json() == {"organisaties": ["Stekene"]}

    def test_is_suggested_for_a_domain(self, client):
        MailDomainFactory(domain="stekene.example", organisation__name="Stekene")

        assert client.get("/agenda/organisaties.json?domein=stekene.example").json() == {
            "organisaties": ["Stekene"]
        }


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


@pytest.fixture
def mine():
    """A registration for an event that is to come."""
    return RegistrationFactory(event=coming(max_registrations=1), first_name="An", last_name="Voorbeeld")


def personal(client, mine, what="", **fields):
    path = f"/inschrijving/{mine.key}/{what}"
    return client.post(path, {"ticket": ticket("events.personal"), **fields}) if fields else client.get(path)


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
