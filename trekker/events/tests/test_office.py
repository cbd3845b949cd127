from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from trekker.events.forms.office import Hour
from trekker.events.models import Event, Series, Session, SignUpQuestion
from trekker.events.tests.factories import (
    BRUSSELS,
    CourseFactory,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import AccountFactory
from trekker.themes.models import Audience, Theme

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/activiteiten/", "/beheer/activiteiten/nieuw/"
OFFICER, PARTNER = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER
SOON = timezone.now() + timedelta(days=40)
PAST = timezone.now() - timedelta(days=40)


def page_of(event) -> str:
    return reverse("event:inspect", args=[event.pk])


def to(name, event) -> str:
    return reverse(f"events:{name}", args=[event.pk])


def titles(response) -> list[str]:
    return [each.title for each in response.context["object_list"]]


def start_of(**facts):
    """Give what the short form sends."""
    given = {"kind": "network_meeting", "title": "Netwerk", "format": "online"}
    return given | {"day": "2027-04-15", "start": "13:30", "end": "16u"} | facts


def form_of(event, lead, *, sessions=None, questions=(), involved=(), **facts):
    """Give what the long form sends for an event as it is, with these facts changed."""
    kept = [
        {
            "pk": each.pk,
            "day": timezone.localdate(each.starts_at),
            "start": f"{timezone.localtime(each.starts_at):%H:%M}",
            "end": f"{timezone.localtime(each.ends_at):%H:%M}",
            "hours": str(each.hours),
        }
        for each in event.sessions.all()
    ]
    names = ("title", "kind", "our_role", "format", "visibility", "summary", "description", "contact_email")
    sent = {name: getattr(event, name) for name in names} | {"leads": [lead.pk]} | facts
    parts = (("sessies", kept if sessions is None else sessions, len(kept)), ("vragen", questions, 0))
    for prefix, rows, known in (*parts, ("organisaties", involved, 0)):
        sent |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": min(known, len(rows))}
        for place, row in enumerate(rows):
            sent |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return {name: value for name, value in sent.items() if value is not None}


@pytest.fixture
def officer():
    return AccountFactory(role=OFFICER, email="pim@koepel.example", first_name="Pim", last_name="Programma")


@pytest.fixture
def browser(officer, client):
    client.force_login(officer)
    return client


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
        assert event.starts_at == datetime(2027, 4, 15, 13, 30, tzinfo=BRUSSELS)
        assert event.ends_at == datetime(2027, 4, 15, 16, 0, tzinfo=BRUSSELS)
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
        event = EventFactory(leads=[officer], contact_email="a@b.example")
        session = event.sessions.get()

        response = browser.post(
            to("edit", event), form_of(event, officer, waiting_list="on", asks_feedback="on")
        )

        assert response.status_code == 302
        assert event.sessions.get() == session
        assert not lines_of([event]).exists()

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


class TestThePage:
    def test_shows_figures_sessions_and_facts(self, browser):
        event = EventFactory(format="hybrid", max_registrations=3, max_online=2, summary="Kom mee")
        RegistrationFactory(event=event)
        RegistrationFactory(event=event, mode="ONLINE")
        RegistrationFactory(event=event, waiting=True)

        context = browser.get(page_of(event)).context

        figures = context["figures"]
        assert (figures.registered, figures.online, figures.waiting) == (2, 1, 1)
        assert (figures.left, figures.left_online) == (2, 1)
        assert figures.to_tell == 3

    def test_says_what_is_missing_before_it_opens(self, browser):
        event = EventFactory(state="PLANNED", format="physical", starts_at=SOON)

        text = browser.get(page_of(event)).text

        assert "Een zaal of een adres" in text
        assert "Een gemeente" in text

    @pytest.mark.parametrize(
        ("facts", "labels"),
        [
            ({"starts_at": SOON, "state": "PLANNED"}, ["OPEN", "CONFIRMED", "IDEA", "CANCELLED"]),
            ({"starts_at": SOON, "state": "OPEN"}, ["CONFIRMED", "PLANNED", "CANCELLED"]),
            ({"starts_at": PAST, "state": "CONFIRMED"}, ["HELD", "OPEN", "CANCELLED"]),
            ({"starts_at": PAST, "state": "HELD"}, ["CONFIRMED"]),
        ],
    )
    def test_offers_the_steps_that_make_sense(self, browser, facts, labels):
        steps = browser.get(page_of(EventFactory(**facts))).context["steps"]

        assert [step.target for step in steps] == labels

    @pytest.mark.parametrize(("registered", "says"), [(2, "Nog te weinig mensen"), (3, "Genoeg mensen")])
    def test_says_go_or_no_go(self, browser, registered, says):
        event = EventFactory(intervision=True, starts_at=SOON)
        for _ in range(registered):
            RegistrationFactory(event=event)

        assert says in browser.get(page_of(event)).text

    def test_keeps_acts_and_links_from_who_does_not_lead(self, as_role):
        event = EventFactory(online_link="https://overleg.example/geheim")

        text = as_role(PARTNER).get(page_of(event)).text

        assert to("edit", event) not in text
        assert to("move", event) not in text
        assert "geheim" not in text

    def test_shows_the_sections_of_who_leads_to_no_other(self, client):
        partner = AccountFactory(role=PARTNER, email="pat@partner.example")
        client.force_login(partner)

        def shown(event) -> set[str]:
            return {section.title for section in client.get(page_of(event)).context["sections"]}

        theirs = shown(EventFactory(starts_at=SOON, leads=[partner]))
        assert "Inschrijven" in theirs - shown(EventFactory(starts_at=SOON))

    def test_is_escaped(self, browser):
        event = EventFactory(title="<script>x</script>", description="<b>y</b>", place="<i>z</i>")

        text = browser.get(page_of(event)).text

        for tag in ("<script>x", "<b>y", "<i>z"):
            assert tag not in text

    def test_costs_the_same_number_of_queries_for_more_registrations(
        self, browser, django_assert_max_num_queries
    ):
        event = EventFactory()
        RegistrationFactory(event=event)
        browser.get(page_of(event))
        with django_assert_max_num_queries(60) as few:
            browser.get(page_of(event))
        for _ in range(8):
            RegistrationFactory(event=event)

        with django_assert_max_num_queries(len(few)):
            browser.get(page_of(event))


class TestSteps:
    def test_says_why_a_step_is_refused(self, browser):
        event = EventFactory(state="PLANNED", starts_at=SOON)

        text = browser.post(to("move", event), {"to": "OPEN"}, follow=True).text

        assert "een mailadres of telefoon voor vragen" in text

    @pytest.mark.parametrize("target", ["IDEA", "", "ONZIN"])
    def test_says_when_the_event_stands_elsewhere_by_now(self, browser, target):
        text = browser.post(to("move", EventFactory()), {"to": target}, follow=True).text

        assert "staat intussen anders" in text

    def test_asks_the_reason_of_a_cancellation_and_says_who_hears(self, browser):
        event = EventFactory(starts_at=SOON)
        for _ in range(2):
            RegistrationFactory(event=event)

        assert browser.post(to("move", event), {"to": "CANCELLED"}).url == to("cancel", event)
        assert "2 mensen krijgen een mail." in browser.get(to("cancel", event)).text
        refused = browser.post(to("cancel", event), {"because": " "})
        assert "Vul de reden in" in refused.text
        browser.post(to("cancel", event), {"because": "De spreker is ziek"})

        event.refresh_from_db()
        assert (event.state, event.cancelled_because) == ("CANCELLED", "De spreker is ziek")

    def test_asks_whether_it_goes_ahead_with_too_few(self, browser):
        event = EventFactory(intervision=True, starts_at=SOON)
        page = browser.get(page_of(event)).text
        step = {"to": "CONFIRMED"}

        asked = browser.post(to("move", event), step).text
        event.refresh_from_db()
        before = event.state
        browser.post(to("move", event), {**step, "toch": "ja"})

        event.refresh_from_db()
        button = page.partition("Bevestig dat het doorgaat</button>")[0].rpartition("<button")[2]
        assert "button-secondary" in button
        assert "Er zijn 0 inschrijvingen. Er zijn er minstens 3 nodig." in asked
        assert 'name="toch" value="ja"' in asked
        assert (before, event.state) == ("OPEN", "CONFIRMED")

    def test_asks_nothing_when_enough_come(self, browser):
        event = EventFactory(intervision=True, starts_at=SOON)
        for _ in range(3):
            RegistrationFactory(event=event)

        browser.post(to("move", event), {"to": "CONFIRMED"})

        event.refresh_from_db()
        assert event.state == "CONFIRMED"

    @pytest.mark.parametrize(
        ("name", "act"),
        [
            ("events:cancel", "Annuleer"),
            ("events:edit", "Verbeter"),
            ("events:copy", "Kopieer"),
            ("events:repeat", "Herhaal"),
            ("participants:list", "Deelnemers"),
            ("participants:register", "Schrijf iemand in"),
            ("participants:certificates", "Attesten"),
        ],
    )
    def test_heads_each_screen_with_the_event_and_its_day(self, browser, name, act):
        event = EventFactory(title="Over helpen", kind="training", starts_at=SOON)

        text = browser.get(reverse(name, args=[event.pk])).text

        heading = " ".join(text.partition("<h1")[2].partition("</h1>")[0].partition(">")[2].split())
        assert heading == f"{act}: Over helpen, {timezone.localtime(SOON):%d/%m/%Y %H:%M}"
        assert "Annuleer</a>" not in text

    def test_announces_no_mail_when_it_is_over(self, browser):
        event = RegistrationFactory(event__starts_at=PAST).event

        assert "Niemand krijgt een mail." in browser.get(to("cancel", event)).text

    def test_says_when_it_cannot_be_cancelled(self, browser):
        event = EventFactory(held=True)

        assert "staat intussen anders" in browser.post(to("cancel", event), {"because": "x"}).text

    def test_cancels_the_rest_of_a_series(self, browser):
        series = Series.objects.create(name="Reeks")
        first, later, past = (
            EventFactory(series=series, starts_at=at) for at in (SOON, SOON + timedelta(days=7), PAST)
        )

        browser.post(to("cancel", first), {"because": "geen zaal", "rest": "on"})

        states_now = list(Event.objects.order_by("pk").values_list("state", flat=True))
        assert states_now == ["CANCELLED", "CANCELLED", "OPEN"]
        assert {later, past}

    def test_is_refused_to_who_does_not_lead(self, as_role):
        event = EventFactory()
        partner = as_role(PARTNER)

        assert partner.post(to("move", event), {"to": "CONFIRMED"}).status_code == 404
        assert partner.post(to("cancel", event), {"because": "x"}).status_code == 404
        event.refresh_from_db()
        assert event.state == "OPEN"


class TestCopyAndRepeat:
    def test_copies_to_another_day(self, browser):
        event = EventFactory()

        response = browser.post(to("copy", event), {"title": "Nog eens", "first_day": "2026-05-07"})

        copy = Event.objects.exclude(pk=event.pk).get()
        assert response.url == page_of(copy)
        assert timezone.localdate(copy.starts_at) == date(2026, 5, 7)

    def test_says_that_an_idea_has_no_day_to_copy(self, browser):
        event = EventFactory(idea=True)

        response = browser.post(to("copy", event), {"title": "Nog eens", "first_day": "2026-05-07"})

        assert "nog geen dag" in response.text

    @pytest.mark.parametrize(
        ("given", "days"),
        [
            ({"unit": "maanden", "step": 3, "times": 2}, [date(2026, 7, 16), date(2026, 10, 15)]),
            ({"unit": "weken", "step": 2, "times": 1}, [date(2026, 4, 30)]),
            ({"unit": "dagen", "days": "18/06/2026\n\n2026-09-17"}, [date(2026, 6, 18), date(2026, 9, 17)]),
        ],
    )
    def test_repeats_as_a_series(self, browser, given, days):
        event = EventFactory()
        assert browser.get(to("repeat", event)).status_code == 200

        browser.post(to("repeat", event), {"name": "Reeks", **given})

        made = Event.objects.exclude(pk=event.pk).order_by("starts_at")
        assert [timezone.localdate(each.starts_at) for each in made] == days

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"unit": "dagen", "days": ""}, "days"),
            ({"unit": "dagen", "days": "ooit"}, "days"),
            (
                {
                    "unit": "dagen",
                    "days": "\n".join(f"{n:02}/06/2026" for n in range(1, 31)) + "\n01/07/2026",
                },
                "days",
            ),
            ({"unit": "weken", "step": "", "times": 3}, "step"),
            ({"unit": "weken", "step": 1, "times": 999}, "times"),
            ({"unit": "weken", "step": 1, "times": 1, "name": ""}, "name"),
        ],
    )
    def test_says_what_is_wrong(self, browser, given, field):
        response = browser.post(to("repeat", EventFactory()), {"name": "Reeks", **given})

        assert field in response.context["form"].errors

    def test_says_that_a_name_is_taken(self, browser):
        EventFactory(series=Series.objects.create(name="Reeks"))
        given = {"name": "Reeks", "unit": "weken", "step": 1, "times": 1}

        assert "Een andere reeks heet al zo" in browser.post(to("repeat", EventFactory()), given).text

    def test_says_that_an_idea_cannot_be_repeated(self, browser):
        given = {"name": "Reeks", "unit": "weken", "step": 1, "times": 1}

        assert "nog geen dag" in browser.post(to("repeat", EventFactory(idea=True)), given).text


class TestCourses:
    def test_show_their_editions_with_figures(self, browser):
        course = CourseFactory()
        held = EventFactory(training=True, course=course, held=True)
        RegistrationFactory(event=held)
        EventFactory(training=True, course=course, starts_at=SOON)

        text = browser.get(reverse("course:inspect", args=[course.pk])).text
        row = browser.get(reverse("course:index")).context["object_list"].get()

        assert "Gegeven: 1. Ingeschreven op wat gegeven is: 1." in text
        assert (row.held, row.to_come) == (1, 1)

    def test_are_added_and_corrected(self, browser):
        given = {"title": "Basis", "our_role": "supporter", "focus": "part", "summary": "", "description": ""}

        response = browser.post(reverse("course:add"), given)

        course = CourseFactory._meta.model.objects.get()
        assert response.url == reverse("course:inspect", args=[course.pk])
        browser.post(reverse("course:edit", args=[course.pk]), given | {"title": "Gevorderd"})
        course.refresh_from_db()
        assert (course.title, course.focus) == ("Gevorderd", "part")
        assert "title" in browser.post(reverse("course:add"), {}).context["form"].errors

    def test_are_searched_by_title_and_provider(self, browser):
        CourseFactory(title="Basis", provider=OrganisationFactory(name="Mediawijs"))
        CourseFactory(title="Ander")

        found = browser.get(reverse("course:index"), {"q": "mediawijs basis"}).context["object_list"]

        assert [each.title for each in found] == ["Basis"]

    def test_are_given_again_on_several_days(self, browser):
        course = CourseFactory(summary="Leer helpen", provider=OrganisationFactory())
        path = reverse("events:new_edition", args=[course.pk])
        assert browser.get(path).status_code == 200
        sent = {"title": "Najaar", "format": "physical", "max_registrations": 14}
        sent |= {"sessies-TOTAL_FORMS": 2, "sessies-INITIAL_FORMS": 0}
        for place, day in enumerate(["2027-03-04", "2027-03-11"]):
            row = {"day": day, "start": "9:30", "end": "16u", "hours": "5,5"}
            sent |= {f"sessies-{place}-{name}": value for name, value in row.items()}

        browser.post(path, sent)

        event = course.editions.get()
        assert (event.kind, event.summary, event.sessions.count()) == ("training", "Leer helpen", 2)
        assert event.organisers.get() == course.provider
        assert event.max_registrations == 14

    def test_say_what_is_wrong_with_an_edition(self, browser):
        path = reverse("events:new_edition", args=[CourseFactory().pk])
        sent = {"title": "", "format": "physical", "sessies-TOTAL_FORMS": 1, "sessies-INITIAL_FORMS": 0}

        response = browser.post(path, sent | {"sessies-0-day": "2027-03-04"})

        assert "title" in response.context["form"].errors
        assert "start" in response.context["rows"].forms[0].errors
        assert not Event.objects.exists()


def test_the_diagram_of_states_is_up_to_date(capsys):
    call_command("states")

    page = Path(__file__).parents[3] / "docs/states.md"
    assert capsys.readouterr().out == page.read_text(), "run: make docs"
