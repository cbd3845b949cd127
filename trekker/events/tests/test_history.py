import pytest
from django.urls import reverse

from trekker.events.queries.history import parts_of
from trekker.events.tests.factories import AttendanceFactory, EventFactory, RegistrationFactory
from trekker.kernel.access import Role
from trekker.mail.tests.factories import MessageFactory
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
OFFICER = Role.PROGRAMME_OFFICER


class TestOrganisation:
    def test_shows_what_it_organised_helped_with_and_came_to(self):
        gent = OrganisationFactory()
        organised, helped = EventFactory(), EventFactory()
        organised.organisers.add(gent)
        helped.partners.add(gent)
        came = AttendanceFactory(registration__organisation=gent).registration
        RegistrationFactory(organisation=gent, cancelled=True)
        RegistrationFactory(event=came.event)

        parts, more = parts_of(gent)

        assert {part.event.pk: part.does for part in parts} == {
            organised.pk: "organisator",
            helped.pk: "partner",
            came.event.pk: "",
        }
        [own] = [part for part in parts if part.event == came.event]
        assert ([each.pk for each in own.registrations], own.attended) == ([came.pk], 1)
        assert not more

    @pytest.mark.parametrize(
        ("role", "named"), [(OFFICER, True), (Role.PARTNER_OFFICER, False), (Role.MANAGEMENT, False)]
    )
    def test_names_who_came_only_to_who_may_see_all_participants(self, as_role, role, named):
        registration = RegistrationFactory(first_name="Fien", last_name="Proef")

        text = as_role(role).get(reverse("organisation:inspect", args=[registration.organisation.pk])).text

        assert registration.event.title in text
        assert ("Fien Proef" in text) == named

    def test_costs_the_same_number_of_queries_for_more_events(self, django_assert_num_queries):
        gent = OrganisationFactory()
        for _ in range(7):
            RegistrationFactory(organisation=gent)

        with django_assert_num_queries(4):
            parts, _more = parts_of(gent)
        assert len(parts) == 7


class TestPerson:
    def test_shows_what_they_registered_for(self, as_role):
        person = PersonFactory()
        attended = AttendanceFactory(registration__person=person).registration
        RegistrationFactory(person=person, cancelled=True)
        path = reverse("person:inspect", args=[person.pk])

        text = as_role(OFFICER).get(path).text

        assert attended.event.title in text
        assert "uitgeschreven" in text

    def test_is_kept_from_who_leads_only_some(self, as_role):
        registration = RegistrationFactory()

        text = (
            as_role(Role.PARTNER_OFFICER).get(reverse("person:inspect", args=[registration.person.pk])).text
        )

        assert registration.event.title not in text


class TestMails:
    def test_are_counted_by_kind_on_the_page_of_the_event(self, as_role):
        event = EventFactory()
        for _ in range(2):
            MessageFactory(topic=event.topic, status="FAILED")

        text = as_role(OFFICER).get(reverse("event:inspect", args=[event.pk])).text

        assert "2 mislukt" in text
        assert f"topic={event.topic}" in text.replace("%3A", ":")

    def test_are_not_shown_to_a_partner(self, as_role):
        event = EventFactory()
        MessageFactory(topic=event.topic)

        text = as_role(Role.PARTNER_OFFICER).get(reverse("event:inspect", args=[event.pk])).text

        assert event.topic not in text


def test_the_statement_names_a_recording_that_not_all_can_follow(client):
    EventFactory(title="Studiedag").recordings.create(
        title="Lezing",
        url="https://v.example",
        reason_without="De spreker wilde het niet.",
        added_at="2026-03-02T09:00Z",
    )

    text = client.get(reverse("website:accessibility")).text

    assert "Studiedag: Lezing." in text
    assert "De spreker wilde het niet." in text
