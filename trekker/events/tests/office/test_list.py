"""The list of activities, and making one."""

from datetime import datetime, time, timedelta

import pytest

from trekker.events.forms.office import Hour
from trekker.events.models import Event, Series
from trekker.events.tests.factories import (
    BRUSSELS,
    EventFactory,
    RegistrationFactory,
)
from trekker.events.tests.office.forms import (
    LIST,
    NEW,
    PARTNER,
    PAST,
    SOON,
    page_of,
    start_of,
    titles,
    to,
)
from trekker.kernel.access import Role
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.themes.models import Audience, Theme

pytestmark = pytest.mark.django_db


class TestTheList:
    def test_shows_what_comes_first(self, browser):
        for title, at in [("Later", SOON + timedelta(days=9)), ("Voorbij", PAST), ("Straks", SOON)]:
            EventFactory(title=title, starts_at=at)
        EventFactory(title="Lang voorbij", starts_at=PAST - timedelta(days=9))
        EventFactory(title="Idee", idea=True)

        found = titles(browser.get(LIST))

        assert found == ["Straks", "Later", "Idee", "Voorbij", "Lang voorbij"]

    @pytest.mark.parametrize(
        ("chosen", "found"),
        [
            ({"when": "komend"}, ["Straks"]),
            ({"when": "voorbij"}, ["Voorbij"]),
            ({"when": "af-te-ronden"}, ["Voorbij"]),
            ({"when": "ideeen"}, ["Idee"]),
            ({"kind": "intervision"}, ["Straks"]),
            ({"state": "IDEA"}, ["Idee"]),
            ({"format": "physical"}, ["Voorbij"]),
            ({"period_from": f"{SOON:%Y-%m-%d}", "period_to": f"{SOON:%Y-%m-%d}"}, ["Straks"]),
            ({"q": "straks zaal"}, ["Straks"]),
            ({"region": "flanders"}, ["Voorbij"]),
            ({"our_role": "speaker"}, ["Idee"]),
        ],
    )
    def test_narrows_by_filter_and_search(self, browser, chosen, found):
        EventFactory(title="Straks", starts_at=SOON, intervision=True, place="Zaal")
        EventFactory(title="Voorbij", starts_at=PAST, physical=True, region="flanders")
        EventFactory(title="Idee", idea=True, our_role="speaker")

        assert titles(browser.get(LIST, chosen)) == found

    def test_narrows_by_theme_with_its_parts_audience_lead_and_series(self, browser, officer):
        wide = Theme.objects.create(name="breed", code="breed-thema")
        part = Theme.objects.create(name="deel", code="deel-thema", part_of=wide)
        audience = Audience.objects.create(name="iedereen", code="iedereen")
        series = Series.objects.create(name="Reeks")
        event = EventFactory(title="Dit", series=series, leads=[officer])
        event.themes.add(part)
        event.audiences.add(audience)
        EventFactory(title="Dat")

        for chosen in ({"themes": wide.pk}, {"audiences": audience.pk}, {"leads": officer.pk}):
            assert titles(browser.get(LIST, chosen)) == ["Dit"]
        assert titles(browser.get(LIST, {"series": series.pk})) == ["Dit"]

    def test_narrows_by_year(self, browser):
        EventFactory(title="Toen", starts_at=datetime(2020, 1, 1, 0, 30, tzinfo=BRUSSELS))
        EventFactory(title="Nu")

        assert titles(browser.get(LIST, {"year": "2020"})) == ["Toen"]

    def test_counts_who_has_a_place(self, browser):
        event = EventFactory(max_registrations=12)
        for _ in range(3):
            RegistrationFactory(event=event)
        RegistrationFactory(event=event, waiting=True)
        RegistrationFactory(event=event, cancelled=True)

        assert [each.registered for each in browser.get(LIST).context["object_list"]] == [3]

    def test_costs_the_same_number_of_queries_for_more_rows(self, browser, django_assert_max_num_queries):
        for _ in range(3):
            RegistrationFactory()
        browser.get(LIST)
        with django_assert_max_num_queries(30) as few:
            browser.get(LIST)
        for _ in range(12):
            RegistrationFactory()

        with django_assert_max_num_queries(len(few)):
            browser.get(LIST)

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_is_downloaded(self, browser, form, django_assert_max_num_queries):
        for _ in range(9):
            EventFactory().organisers.add(OrganisationFactory(name="Digidak"))

        with django_assert_max_num_queries(25):
            content = b"".join(browser.get(LIST, {"export": form}).streaming_content)

        assert form != "csv" or content.decode("utf-8-sig").count("Digidak") == 9

    def test_offers_management_nothing_to_change(self, as_role):
        EventFactory()

        text = as_role(Role.MANAGEMENT).get(LIST).text

        assert NEW not in text


class TestMaking:
    def test_takes_one_short_form(self, browser, officer):
        assert browser.get(NEW, {"dag": "2027-04-15"}).context["form"]["day"].value() == "2027-04-15"

        response = browser.post(NEW, start_of())

        event = Event.objects.get()
        assert response.url == page_of(event)
        assert event.state == "PLANNED"
        assert event.starts_at == SOON.replace(hour=13, minute=30)
        assert event.ends_at == SOON.replace(hour=16)
        assert list(event.leads.all()) == [officer]

    def test_can_be_open_for_registration_in_two_steps(self, browser):
        browser.post(NEW, start_of())
        event = Event.objects.get()

        browser.post(to("move", event), {"to": "OPEN"})

        event.refresh_from_db()
        assert event.state == "OPEN"

    def test_makes_an_idea_without_a_day(self, browser):
        browser.post(NEW, start_of(day="", start="", end=""))

        assert Event.objects.get().state == "IDEA"

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"title": ""}, "title"),
            ({"kind": "feest"}, "kind"),
            ({"start": ""}, "start"),
            ({"end": ""}, "end"),
            ({"day": ""}, "day"),
            ({"day": "ooit"}, "day"),
            ({"start": "half twee"}, "start"),
            ({"end": "13:00"}, "end"),
            ({"end": "13:30"}, "end"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, browser, facts, field):
        response = browser.post(NEW, start_of(**facts))

        assert list(response.context["form"].errors) == [field]
        assert 'value="13:30"' in response.text or "start" in facts
        assert not Event.objects.exists()

    @pytest.mark.parametrize("typed", ["13:30", "13u30", "13.30", "1330", "13 u 30", "13:30 uur"])
    def test_reads_an_hour_as_people_write_it(self, typed):
        assert Hour().clean(typed) == time(13, 30)

    def test_reads_a_whole_hour(self):
        assert Hour().clean("9") == Hour().clean("9u") == time(9, 0)

    def test_lets_a_partner_make_what_they_then_lead(self, as_role):
        partner = as_role(PARTNER)

        partner.post(NEW, start_of())

        assert partner.get(to("edit", Event.objects.get())).status_code == 200
