"""The long form of an activity."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.events.actions.changing import change_event
from trekker.events.models import Session, SignUpQuestion
from trekker.events.tests.factories import (
    BRUSSELS,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.events.tests.office.forms import (
    PARTNER,
    PAST,
    form_of,
    to,
)
from trekker.kernel.audit import lines_of
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import AccountFactory
from trekker.themes.models import Theme

pytestmark = pytest.mark.django_db


class TestRefining:
    def test_shows_only_what_the_kind_needs(self, browser):
        fields = {
            kind: set(browser.get(to("edit", EventFactory(kind=kind))).context["draft"].form.fields)
            for kind in ("intervision", "focus_group", "training", "network_meeting")
        }

        assert "asks_case" in fields["intervision"] - fields["network_meeting"]
        assert "purpose" in fields["focus_group"] - fields["training"]
        assert "course" in fields["training"] - fields["intervision"]
        assert "min_registrations" not in fields["network_meeting"]

    def test_keeps_an_event_as_it_was_when_nothing_was_typed(self, browser, officer):
        event = EventFactory(leads=[officer], contact_email="a@b.example", description="Kom.\n\nTot dan.")
        session = event.sessions.get()
        as_browsers_send = {"description": "Kom.\r\n\r\nTot dan."}

        response = browser.post(
            to("edit", event),
            form_of(event, officer, waiting_list="on", asks_feedback="on", **as_browsers_send),
        )

        assert response.status_code == 302
        assert event.sessions.get() == session
        assert not lines_of([event]).exists()

    def test_says_who_changed_it_meanwhile_and_lets_one_decide(self, browser, officer):
        event = EventFactory(leads=[officer])
        opened = browser.get(to("edit", event)).context["seen"]
        other = AccountFactory(first_name="Wies", last_name="Collega", email="wies@koepel.example")
        change_event(event=event, facts={"summary": "Van Wies"}, by=other, now=timezone.now())

        page = browser.post(to("edit", event), form_of(event, officer, summary="Van mij", gezien=opened))
        event.refresh_from_db()
        assert "Wies Collega wijzigde dit intussen: korte uitleg." in page.text
        assert "Van mij" in page.text
        assert event.summary == "Van Wies"

        again = page.context["seen"]
        browser.post(to("edit", event), form_of(event, officer, summary="Van mij", gezien=again))
        event.refresh_from_db()
        assert event.summary == "Van mij"

    def test_writes_sessions_questions_and_organisations(self, browser, officer):
        event = EventFactory(leads=[officer])
        session = event.sessions.get()
        home, friend = OrganisationFactory(), OrganisationFactory()
        theme = Theme.objects.create(name="los", code="los")
        sessions = [
            {"pk": session.pk, "day": "2026-04-16", "start": "9", "end": "12u30", "hours": "3,25"},
            {"day": "2026-04-23", "start": "9", "end": "12:30", "title": "Dag twee", "theme": theme.pk},
        ]
        questions = [
            {"label": "Kom je met de trein?", "kind": "YES_NO"},
            {"label": "Welke groep?", "kind": "CHOICE", "options": "A\n\nB\nA", "required": "on"},
        ]
        involved = [
            {"organisation": home.pk, "part": "organisers"},
            {"organisation": friend.pk, "part": "partners"},
            {"organisation": "", "part": "partners"},
        ]

        browser.post(
            to("edit", event),
            form_of(event, officer, sessions=sessions, questions=questions, involved=involved),
        )

        event.refresh_from_db()
        first, second = event.sessions.all()
        assert (first.pk, float(first.hours)) == (session.pk, 3.25)
        assert (second.title, second.theme, float(second.hours)) == ("Dag twee", theme, 3.5)
        assert event.ends_at == second.ends_at
        assert event.questions.last().options == "A\nB"
        assert list(event.organisers.all()) == [home]
        assert list(event.partners.all()) == [friend]

    def test_drops_what_is_dropped(self, browser, officer):
        event = EventFactory(leads=[officer])
        later = SessionFactory(event=event, starts_at=event.starts_at + timedelta(days=7))
        SignUpQuestion.objects.create(event=event, label="Weg?")
        sent = form_of(event, officer)
        sent |= {"sessies-1-DELETE": "on", "vragen-TOTAL_FORMS": 1, "vragen-INITIAL_FORMS": 1}
        sent |= {"vragen-0-pk": event.questions.get().pk, "vragen-0-label": "", "vragen-0-DELETE": "on"}

        browser.post(to("edit", event), sent)

        assert not Session.objects.filter(pk=later.pk).exists()
        assert not event.questions.exists()

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"title": ""}, "title"),
            ({"leads": []}, "leads"),
            ({"max_online": "5"}, "max_online"),
            ({"deadline_day": "2026-04-17"}, "deadline_day"),
            ({"deadline_hour": "25:00"}, "deadline_hour"),
            ({"contact_email": "geen adres"}, "contact_email"),
            ({"online_link": "javascript:alert(1)"}, "online_link"),
            ({"kind": "focus_group"}, "purpose"),
            ({"kind": "intervision", "min_registrations": 9, "max_registrations": 3}, "min_registrations"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, browser, officer, facts, field):
        event = EventFactory(leads=[officer])

        response = browser.post(to("edit", event), form_of(event, officer, summary="Zelf getypt", **facts))

        assert field in response.context["draft"].form.errors
        assert "Zelf getypt" in response.text
        event.refresh_from_db()
        assert event.summary == ""

    @pytest.mark.parametrize(
        ("row", "field"),
        [
            ({"day": "", "start": "9", "end": "10"}, "day"),
            ({"day": "2026-04-16", "start": "10", "end": "9"}, "end"),
            ({"day": "2026-04-16", "start": "9", "end": "10", "hours": "5"}, "hours"),
            ({"day": "2026-04-16", "start": "9", "end": "10", "hours": "-1"}, "hours"),
            ({"day": "2026-04-16", "start": "9", "end": "10", "hours": "veel"}, "hours"),
        ],
    )
    def test_says_what_is_wrong_with_a_session(self, browser, officer, row, field):
        event = EventFactory(leads=[officer])

        response = browser.post(to("edit", event), form_of(event, officer, sessions=[row]))

        assert field in response.context["draft"].sessions.forms[0].errors
        assert "Kijk het veld met een fout na." in response.text

    def test_asks_two_options_of_a_choice(self, browser, officer):
        event = EventFactory(leads=[officer])
        questions = [
            {"label": "Welke?", "kind": "CHOICE", "options": "A\nA"},
            {"label": "", "kind": "TEXT", "options": "x"},
        ]

        response = browser.post(to("edit", event), form_of(event, officer, questions=questions))

        rows = response.context["draft"].questions.forms
        assert "options" not in rows[0].errors or rows[1].errors

    def test_takes_only_a_municipality_as_municipality(self, browser, officer):
        event = EventFactory(leads=[officer])
        partner = OrganisationFactory(kind="PARTNER")

        response = browser.post(to("edit", event), form_of(event, officer, municipality=partner.pk))

        assert "municipality" in response.context["draft"].form.errors

    def test_keeps_a_day_when_people_can_come(self, browser, officer):
        event = EventFactory(leads=[officer])

        response = browser.post(to("edit", event), form_of(event, officer, sessions=[]))

        assert "Laat minstens één sessie staan." in response.text

    def test_keeps_a_day_while_someone_is_registered(self, browser, officer):
        event = EventFactory(leads=[officer], state="PLANNED")
        RegistrationFactory(event=event)

        response = browser.post(to("edit", event), form_of(event, officer, sessions=[]))

        assert "Er zijn mensen ingeschreven. Laat minstens één sessie staan." in response.text

    def test_keeps_who_to_ask_when_people_can_come(self, browser, officer):
        event = EventFactory(leads=[officer], contact_email="a@b.example")

        response = browser.post(to("edit", event), form_of(event, officer, contact_email=""))

        event.refresh_from_db()
        assert event.contact_email == "a@b.example"
        assert "Vul dit dus in: een mailadres of telefoon voor vragen." in response.text

    def test_keeps_a_session_of_which_attendance_is_known(self, browser, officer):
        event = EventFactory(leads=[officer], session__attendance_at=PAST)
        sessions = [{"day": "2026-05-16", "start": "9", "end": "10"}]

        response = browser.post(to("edit", event), form_of(event, officer, sessions=sessions))

        assert "is al bekend wie er was" in response.text

    def test_reads_the_deadline_at_noon_unless_an_hour_is_typed(self, browser, officer):
        event = EventFactory(leads=[officer])

        browser.post(to("edit", event), form_of(event, officer, deadline_day="2026-04-10"))

        event.refresh_from_db()
        assert event.deadline_at == datetime(2026, 4, 10, 12, 0, tzinfo=BRUSSELS)

    @pytest.mark.parametrize("name", ["edit", "copy", "repeat", "cancel"])
    def test_is_for_partners_only_where_they_lead(self, client, name):
        partner = AccountFactory(role=PARTNER, email="pat@partner.example")
        client.force_login(partner)

        assert client.get(to(name, EventFactory(leads=[partner]))).status_code == 200
        assert client.get(to(name, EventFactory())).status_code == 404

    def test_chooses_only_municipalities_as_municipality(self, browser):
        OrganisationFactory(name="Gent", kind="MUNICIPALITY")
        OrganisationFactory(name="OCMW Gent", ocmw=True)

        text = browser.get(reverse("municipality_chooser:choose_results"), {"q": "gent"}).text

        assert "OCMW Gent" not in text
        assert "Gent" in text
