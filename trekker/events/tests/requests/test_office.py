"""The office weighs what was asked, and decides."""

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.events.models import Event, SessionRequest
from trekker.events.tests.factories import EventFactory, SessionRequestFactory
from trekker.events.tests.requests.asking import LIST, MANAGEMENT, OFFICER, PARTNER, answers
from trekker.mail.models import Message
from trekker.organisations.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


class TestTheListOfRequests:
    def test_narrows_and_searches(self, as_role):
        SessionRequestFactory(subject="Balie", kind="workshop", importance=4)
        SessionRequestFactory(subject="Bib", state="DECLINED", reason="Vol", decided_at=timezone.now())
        browser = as_role(OFFICER)

        def found(**query):
            return [each.subject for each in browser.get(LIST, query).context["object_list"]]

        assert found(state="NEW") == found(kind="workshop") == found(importance=4) == ["Balie"]
        assert found(q="bib") == ["Bib"]

    def test_is_not_searched_by_name_or_address(self, as_role):
        SessionRequestFactory(name="Geheim", email="geheim@bestuur.example")

        assert not as_role(MANAGEMENT).get(LIST, {"q": "geheim"}).context["object_list"]

    def test_is_downloaded_with_names_by_who_may(self, as_role):
        SessionRequestFactory()

        response = as_role(OFFICER).get(LIST, {"export": "csv"})

        assert "wies@bestuur.example" in b"".join(response.streaming_content).decode()
        for role in (PARTNER, MANAGEMENT):
            assert as_role(role).get(LIST, {"export": "csv"}).status_code in {302, 403}

    def test_costs_the_same_number_of_queries_for_more_rows(self, as_role, django_assert_max_num_queries):
        browser = as_role(OFFICER)
        SessionRequestFactory.create_batch(3, organisation=OrganisationFactory())
        browser.get(LIST)
        with django_assert_max_num_queries(25) as few:
            browser.get(LIST)
        SessionRequestFactory.create_batch(40, organisation=OrganisationFactory())

        with django_assert_max_num_queries(len(few)):
            browser.get(LIST)

    def test_says_in_the_menu_how_many_wait(self, as_role):
        SessionRequestFactory.create_batch(2)
        SessionRequestFactory(state="DECLINED", reason="Vol", decided_at=timezone.now())

        assert "Vragen om een sessie (2)" in as_role(OFFICER).get(LIST).text


class TestARequest:
    def page(self, browser, request) -> str:
        return browser.get(reverse("session_request:inspect", args=[request.pk])).text

    def test_is_weighed_and_accepted_with_a_day(self, as_role):
        browser, request, home = (
            as_role(OFFICER),
            SessionRequestFactory(),
            OrganisationFactory(name="Hasselt"),
        )
        weigh, decide = (reverse(f"requests:{name}", args=[request.pk]) for name in ("weigh", "decide"))
        assert browser.get(weigh).status_code == browser.get(decide).status_code == 200

        browser.post(weigh, {"organisation": home.pk, "importance": 4, "extra_reach": 1500})
        text = self.page(browser, request)
        assert "1.500" in text
        assert "Hasselt" in text
        browser.post(
            decide,
            {
                "outcome": "ACCEPTED",
                "reason": "Past bij het plan.",
                "tells": "on",
                "day": "2027-06-16",
                "starts": "13:30",
                "ends": "15:00",
            },
        )

        event = Event.objects.get()
        assert timezone.localtime(event.starts_at).hour == 13
        assert (event.state, event.request, event.sessions.get().hours) == ("PLANNED", request, 1.5)
        assert "Past bij het plan." in self.page(browser, request)

    def test_is_declined(self, as_role):
        browser, request = as_role(OFFICER), SessionRequestFactory()

        browser.post(reverse("requests:decide", args=[request.pk]), {"outcome": "DECLINED", "reason": "Vol."})

        request.refresh_from_db()
        assert (request.state, Event.objects.count(), Message.objects.count()) == ("DECLINED", 0, 0)

    @pytest.mark.parametrize(
        ("name", "facts", "field"),
        [
            ("decide", {"outcome": "NEW", "reason": "x"}, "outcome"),
            ("decide", {"outcome": "ACCEPTED", "reason": " "}, "reason"),
            ("decide", {"outcome": "ACCEPTED", "reason": "x", "day": "2027-06-16"}, "starts"),
            ("decide", {"outcome": "ACCEPTED", "reason": "x", "starts": "13:00", "ends": "14:00"}, "day"),
            (
                "decide",
                {
                    "outcome": "ACCEPTED",
                    "reason": "x",
                    "day": "2027-06-16",
                    "starts": "13:00",
                    "ends": "13:00",
                },
                "ends",
            ),
            ("weigh", {"importance": "5"}, "importance"),
            ("weigh", {"extra_reach": "-1"}, "extra_reach"),
            ("weigh", {"organisation": "999999"}, "organisation"),
        ],
    )
    def test_says_what_is_wrong(self, as_role, name, facts, field):
        request = SessionRequestFactory()

        response = as_role(OFFICER).post(reverse(f"requests:{name}", args=[request.pk]), facts)

        assert field in response.context["form"].errors
        assert not Event.objects.exists()

    def test_decided_is_reopened_first(self, as_role):
        browser = as_role(OFFICER)
        request = SessionRequestFactory(state="DECLINED", reason="Vol", decided_at=timezone.now())
        for name, facts in (("weigh", {"importance": 1}), ("decide", {"outcome": "DECLINED", "reason": "x"})):
            response = browser.post(reverse(f"requests:{name}", args=[request.pk]), facts)
            assert "Heropen ze eerst" in response.text
        reopen = reverse("requests:reopen", args=[request.pk])
        assert browser.get(reopen).status_code == 200

        browser.post(reopen)
        again = browser.post(reopen, follow=True)

        request.refresh_from_db()
        assert request.is_open
        assert "staat al open" in again.text

    def test_is_not_reopened_while_its_event_stands(self, as_role):
        request = SessionRequestFactory(
            state="ACCEPTED", reason="Ja", decided_at=timezone.now(), event=EventFactory(title="In de bib")
        )

        response = as_role(OFFICER).post(reverse("requests:reopen", args=[request.pk]), follow=True)

        assert "Annuleer eerst de activiteit" in response.text
        assert "In de bib" in response.text

    def test_by_phone_is_noted_and_corrected_by_staff(self, as_role):
        browser = as_role(OFFICER)
        assert browser.get(reverse("session_request:add")).status_code == 200
        facts = answers(email="Wies@Bestuur.example")

        browser.post(reverse("session_request:add"), facts)
        request = SessionRequest.objects.get()
        browser.post(
            reverse("session_request:edit", args=[request.pk]), facts | {"subject": "Digihulp in de bib"}
        )

        request.refresh_from_db()
        assert (request.subject, request.email) == ("Digihulp in de bib", "wies@bestuur.example")
        assert not Message.objects.exists()

    def test_names_who_asked_only_to_who_may_see_people(self, as_role):
        request = SessionRequestFactory()

        assert "wies@bestuur.example" in self.page(as_role(PARTNER), request)
        assert "wies@bestuur.example" not in self.page(as_role(MANAGEMENT), request)

    @pytest.mark.parametrize("role", [PARTNER, MANAGEMENT])
    def test_is_not_changed_by_partners_or_management(self, as_role, role):
        browser, request = as_role(role), SessionRequestFactory()

        for name in ("weigh", "decide", "reopen"):
            browser.post(
                reverse(f"requests:{name}", args=[request.pk]), {"outcome": "DECLINED", "reason": "x"}
            )

        request.refresh_from_db()
        assert request.is_open
        assert "Beslis" not in self.page(browser, request)
        assert browser.get(reverse("session_request:add")).status_code == 302

    def test_stands_on_the_page_of_its_organisation(self, as_role):
        home = OrganisationFactory()
        SessionRequestFactory(organisation=home, subject="Digihulp in de bib")
        other = OrganisationFactory()
        browser = as_role(MANAGEMENT)

        def text(each):
            return browser.get(reverse("organisation:inspect", args=[each.pk])).text

        assert "Digihulp in de bib" in text(home)
        assert "Digihulp in de bib" not in text(other)
