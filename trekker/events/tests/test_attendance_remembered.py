"""What was chosen for a guest is remembered: for who may see everyone, and for who may see some."""

import pytest
from django.urls import reverse

from tests.browser import Browser
from trekker.events.importers.target import NEW
from trekker.events.models import Registration
from trekker.events.tests.factories import EventFactory, RegistrationFactory
from trekker.events.tests.importing import REPORT, compare, decide, row_of, store
from trekker.imports.models import Decision, Import, Row
from trekker.imports.tests.test_views import work
from trekker.kernel.access import Role
from trekker.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
State, Outcome = Row.State, Row.Outcome
GUEST = "Fatima El Idrissi"  # without an address
ADDRESSED = "Peeters Els"
TABS = ("twijfel", "onbekend", "zeker", "fout", "verschil")


@pytest.fixture
def officer():
    return AccountFactory(role=Role.PROGRAMME_OFFICER)


@pytest.fixture
def lead():
    return AccountFactory(role=Role.PARTNER_OFFICER)


def event_of(*leads):
    """Give an event, led by these."""
    event = EventFactory()
    event.leads.set(leads)
    return event


class TestForWhoMaySeeEveryone:
    def test_the_same_guest_is_the_same_person_next_time(self, officer):
        zoe = RegistrationFactory(event=event_of(), first_name="Zoë", last_name="Maes")
        draft = compare(REPORT, zoe.event)
        decide(draft, GUEST, zoe.pk)
        store(draft)
        other = event_of()
        here = RegistrationFactory(event=other, person=zoe.person)

        row = row_of(compare(REPORT, other, by=officer), GUEST)

        assert (row.state, row.target, row.decided) == (State.CERTAIN, here.pk, True)

    def test_a_guest_without_address_who_is_not_registered_is_asked_about_again(self, officer):
        draft = compare(REPORT, event_of())
        decide(draft, GUEST, NEW)
        store(draft)
        made = Registration.objects.get()
        other = event_of()

        again = compare(REPORT, other, by=officer)
        row = row_of(again, GUEST)
        assert (row.state, row.target) == (State.DOUBTFUL, made.pk)
        decide(again, GUEST, made.pk)
        store(again)

        assert other.registrations.get().name == GUEST

    def test_who_was_left_out_stays_out(self, officer):
        decide(compare(REPORT, event_of()), "Wies Trekker", None)

        row = row_of(compare(REPORT, event_of(), by=officer), "Wies Trekker")

        assert (row.state, row.target, row.outcome) == (State.CERTAIN, None, Outcome.REFUSED)

    def test_what_a_lead_chose_helps_too(self, officer, lead):
        zoe = RegistrationFactory(event=event_of(lead), first_name="Zoë")
        decide(compare(REPORT, zoe.event, by=lead), GUEST, zoe.pk, by=lead)

        row = row_of(compare(REPORT, event_of(), by=officer), GUEST)

        assert (row.state, row.target) == (State.DOUBTFUL, zoe.pk)

    def test_a_decision_holds_no_name(self):
        decide(compare(REPORT, event_of()), "Wies Trekker", None)

        assert "wies" not in Decision.objects.get().group.casefold()


class TestForWhoLeadsOneActivity:
    @pytest.fixture
    def hidden(self):
        """Someone at an activity of others, whom their lead chose for two guests."""
        other_lead = AccountFactory(role=Role.PARTNER_OFFICER)
        hidden = RegistrationFactory(event=event_of(other_lead), first_name="Zoë", last_name="Verborgen")
        draft = compare(REPORT, hidden.event, by=other_lead)
        for guest in (GUEST, ADDRESSED):
            decide(draft, guest, hidden.pk, by=other_lead)
        decide(draft, "Wies Trekker", None, by=other_lead)
        return hidden

    @pytest.fixture
    def browser(self, lead):
        browser = Browser()
        browser.force_login(lead)
        return browser

    def screens(self, browser, draft):
        """Give all that the screens of a file under review say."""
        base = f"/beheer/inlezen/{draft.pk}"
        addresses = [f"{base}/nakijken/?tab={tab}" for tab in TABS]
        addresses += [
            f"{base}/rij/{row.pk}/{asked}" for row in draft.rows.all() for asked in ("", "?zoek=zoe")
        ]
        pages = [browser.get(address) for address in [*addresses, f"{base}/opslaan/"]]
        assert {page.status_code for page in pages} == {200}
        return "".join(page.content.decode() for page in pages)

    def test_no_screen_names_whom_another_chose(self, hidden, lead, browser):
        event = event_of(lead)
        with REPORT.open("rb") as file:
            browser.post(reverse("participants:report", args=[event.pk]), {"file": file, "session": ""})
        work()
        draft = Import.objects.latest("pk")

        assert draft.created_by == lead
        assert hidden.last_name not in self.screens(browser, draft)
        browser.post(f"/beheer/inlezen/{draft.pk}/opslaan/")
        work()
        report = browser.get(f"/beheer/inlezen/{draft.pk}/verslag/").content.decode()
        assert "Wies Trekker" in report
        assert hidden.last_name not in report
        assert not event.registrations.exists()

    @pytest.mark.usefixtures("hidden")
    def test_each_row_is_judged_as_if_nobody_had_chosen(self, lead):
        judged = ("label", "state", "outcome", "message", "target", "choices", "decided", "match")
        event = event_of(lead)
        draft = compare(REPORT, event, by=lead)
        Decision.objects.all().delete()

        blank = compare(REPORT, event, by=lead)

        assert list(draft.rows.values(*judged)) == list(blank.rows.values(*judged))

    def test_a_colleague_here_is_not_recognised_by_what_another_chose(self, hidden, lead):
        here = RegistrationFactory(event=event_of(lead), person=hidden.person, first_name="Zoë")

        row = row_of(compare(REPORT, here.event, by=lead), GUEST)

        assert (row.state, row.target, row.match) == (State.UNKNOWN, NEW, None)

    def test_a_file_that_an_officer_read_in_stays_closed(self, hidden, lead, officer, browser):
        draft = compare(REPORT, event_of(lead), by=officer)
        assert hidden.pk in row_of(draft, GUEST).choices

        assert browser.get(f"/beheer/inlezen/{draft.pk}/nakijken/").status_code == 404

    def test_an_own_choice_is_remembered_at_an_own_activity(self, lead):
        zoe = RegistrationFactory(event=event_of(lead), first_name="Zoë")
        first = compare(REPORT, zoe.event, by=lead)
        decide(first, GUEST, zoe.pk, by=lead)
        decide(first, "Wies Trekker", None, by=lead)

        draft = compare(REPORT, event_of(lead), by=lead)

        assert row_of(draft, GUEST).target == zoe.pk
        assert row_of(draft, "Wies Trekker").decided

    def test_an_own_choice_is_forgotten_with_the_lead_of_its_activity(self, lead):
        zoe = RegistrationFactory(event=event_of(lead), first_name="Zoë")
        decide(compare(REPORT, zoe.event, by=lead), GUEST, zoe.pk, by=lead)
        zoe.event.leads.clear()

        row = row_of(compare(REPORT, event_of(lead), by=lead), GUEST)

        assert zoe.pk not in row.choices
        assert row.target == NEW
