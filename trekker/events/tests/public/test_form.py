"""The form to register, and whose organisation it asks."""

import pytest

from trekker.events.models import AccessNeed, Registration
from trekker.events.tests.public.forms import coming, mails, send, ticket
from trekker.kernel import tickets
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
Status = Registration.Status


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
