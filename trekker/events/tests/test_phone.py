"""Staff register, change and cancel for someone on the phone, and decide on an intervision."""

from datetime import timedelta

import pytest
from django.utils import timezone

from trekker.events.forms.registering import CONSENT
from trekker.events.models import AccessNeed, Event, Registration
from trekker.events.tests.factories import EventFactory, RegistrationFactory
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.mail.models import Message
from trekker.people.models import Account

pytestmark = pytest.mark.django_db
Status = Registration.Status
SOON = timezone.now() + timedelta(days=30)


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


def call(browser, event, **fields):
    facts = {"first_name": "An", "last_name": "Voorbeeld", "email": "an@bestuur.example", "organisation": ""}
    return browser.post(f"/beheer/activiteiten/{event.pk}/inschrijven/", {**facts, **fields})


class TestRegister:
    def test_says_who_wrote_it_down_and_when(self, officer):
        event = EventFactory(starts_at=SOON)

        call(officer, event)

        mine = event.registrations.get()
        assert (mine.source, mine.registered_by) == ("PHONE", Account.objects.get())
        assert lines_of([event]).get(action="events.registered").user == mine.registered_by

    def test_takes_someone_without_an_address(self, officer):
        event = EventFactory(starts_at=SOON)

        call(officer, event, email="")

        assert event.registrations.get().person is None
        assert not Message.objects.exists()

    @pytest.mark.parametrize(
        "facts",
        [
            {"max_registrations": 0, "waiting_list": False},
            {"deadline_at": timezone.now() - timedelta(days=1)},
        ],
        ids=["full", "past the deadline"],
    )
    def test_passes_the_rules_only_by_an_explicit_choice(self, officer, facts):
        event = EventFactory(starts_at=SOON, **facts)

        page = call(officer, event)
        refused = event.registrations.count()
        call(officer, event, overrule="on")

        assert "Vink de laatste vraag aan" in page.content.decode()
        assert (refused, event.registrations.get().status) == (0, Status.REGISTERED)

    def test_is_for_who_leads_the_event(self, as_role):
        event = EventFactory(starts_at=SOON)
        partner = as_role(Role.PARTNER_OFFICER)

        foreign = call(partner, event).status_code
        event.leads.add(Account.objects.get())
        own = call(partner, event).status_code

        assert (foreign, own) == (404, 302)


class TestChangeAndCancel:
    def test_changes_everything(self, officer):
        mine = RegistrationFactory(event__starts_at=SOON)
        fields = {
            "first_name": "Bo",
            "last_name": "Nieuw",
            "email": "bo@bestuur.example",
            "organisation": "geen",
        }

        page = officer.get(f"/beheer/activiteiten/inschrijving/{mine.pk}/wijzig/")
        officer.post(f"/beheer/activiteiten/inschrijving/{mine.pk}/wijzig/", fields)

        mine.refresh_from_db()
        assert mine.email == "bo@bestuur.example"
        assert mine.person.email == "bo@bestuur.example"
        assert page.status_code == 200

    def test_refuses_the_address_of_another_participant(self, officer):
        mine = RegistrationFactory(event__starts_at=SOON)
        other = RegistrationFactory(event=mine.event)
        fields = {"first_name": "Bo", "last_name": "N", "email": other.email, "organisation": "geen"}

        page = officer.post(f"/beheer/activiteiten/inschrijving/{mine.pk}/wijzig/", fields)

        assert "Iemand anders heeft met dit adres al een plaats." in page.content.decode()

    def test_shows_needs_to_who_leads_and_leaves_them_alone_for_others(self, officer):
        mine = RegistrationFactory(event__starts_at=SOON, event__format="physical", event__asks_diet=True)
        agreed = {
            "diet": "notenvrij",
            "access": "tolk",
            "consent_text": CONSENT,
            "consent_at": timezone.now(),
        }
        AccessNeed.objects.create(registration=mine, **agreed)
        path = f"/beheer/activiteiten/inschrijving/{mine.pk}/wijzig/"
        fields = {"first_name": "Bo", "last_name": "N", "email": mine.email, "organisation": "geen"}

        foreign = officer.get(path).content.decode()
        officer.post(path, fields)
        officer.post(path, {**fields, "diet": "geraden", "access": "x", "consent": "on"})
        kept = AccessNeed.objects.values(*agreed).get()
        mine.event.leads.add(Account.objects.get())
        own = officer.get(path).content.decode()
        officer.post(path, {**fields, "diet": "notenvrij", "access": "tolk", "consent": "on"})
        same = AccessNeed.objects.values(*agreed).get()
        officer.post(path, {**fields, "diet": "", "access": ""})

        assert "notenvrij" not in foreign
        assert "consent" not in foreign
        assert kept == same == agreed
        assert "notenvrij" in own
        assert not AccessNeed.objects.exists()

    def test_cancels_and_lets_the_next_one_in(self, officer):
        event = EventFactory(starts_at=SOON, max_registrations=1)
        mine = RegistrationFactory(event=event)
        next_one = RegistrationFactory(event=event, waiting=True)

        officer.post(f"/beheer/activiteiten/inschrijving/{mine.pk}/schrijf-uit/")

        next_one.refresh_from_db()
        assert next_one.status == Status.REGISTERED


class TestIntervision:
    @pytest.fixture
    def due(self):
        event = EventFactory(
            intervision=True, starts_at=SOON, deadline_at=timezone.now() - timedelta(hours=1)
        )
        for number in range(3):
            RegistrationFactory(event=event, case=f"Vraagstuk {number}?")
        return event

    def test_shows_the_advice_and_goes_ahead_with_one_click(self, officer, due):
        page = officer.get(f"/beheer/activiteiten/inspect/{due.pk}/").content.decode()
        officer.post(f"/beheer/activiteiten/{due.pk}/beslis/", {"door": "ja"})

        due.refresh_from_db()
        assert "Ons advies: laat het doorgaan." in page
        assert due.state == Event.State.CONFIRMED
        assert Message.objects.filter(kind="events.goes_ahead").count() == 3

    def test_calls_it_off_with_one_click(self, officer, due):
        due.registrations.first().delete()

        officer.post(f"/beheer/activiteiten/{due.pk}/beslis/", {"door": "nee"})

        due.refresh_from_db()
        assert due.state == Event.State.CANCELLED
        assert Message.objects.filter(kind="events.no_go").count() == 2

    def test_does_not_call_off_what_a_colleague_confirmed_meanwhile(self, officer, due):
        officer.post(f"/beheer/activiteiten/{due.pk}/beslis/", {"door": "ja"})

        page = officer.post(f"/beheer/activiteiten/{due.pk}/beslis/", {"door": "nee"}, follow=True)

        due.refresh_from_db()
        assert due.state == Event.State.CONFIRMED
        assert not Message.objects.filter(kind="events.no_go").exists()
        assert "De beslissing viel al." in page.content.decode()

    def test_decides_nothing_without_an_answer(self, officer, due):
        page = officer.post(f"/beheer/activiteiten/{due.pk}/beslis/", {}, follow=True)

        due.refresh_from_db()
        assert due.state == Event.State.OPEN
        assert "We kregen geen antwoord." in page.content.decode()

    def test_decides_on_nothing_that_needs_no_minimum(self, officer):
        event = EventFactory(starts_at=SOON)

        officer.post(f"/beheer/activiteiten/{event.pk}/beslis/", {"door": "nee"})

        event.refresh_from_db()
        assert event.state == Event.State.OPEN

    def test_says_what_is_missing_before_it_goes_ahead(self, officer, due):
        Event.objects.update(state="PLANNED", contact_email="")

        page = officer.post(f"/beheer/activiteiten/{due.pk}/beslis/", {"door": "ja"}, follow=True)

        assert "Dit ontbreekt nog" in page.content.decode()

    def test_chooses_a_case(self, officer, due):
        mine = due.registrations.first()

        officer.post(f"/beheer/activiteiten/inschrijving/{mine.pk}/vraagstuk/", {"kies": "ja"})

        mine.refresh_from_db()
        assert mine.case_chosen
