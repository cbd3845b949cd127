"""What people must find at a glance: who waits, what is left to do, which activity a screen is about."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.events.forms.calendar import CalendarForm
from trekker.events.importers.attendance import AttendanceFiles
from trekker.events.models import Event
from trekker.events.queries.calendar import clashes
from trekker.events.queries.certificates import Earned
from trekker.events.queries.events import to_round_off
from trekker.events.tests.factories import EventFactory, RegistrationFactory, SessionFactory
from trekker.imports.models import Import
from trekker.kernel.access import Role
from trekker.mail.tests.factories import MessageFactory
from trekker.organisations.forms import OrganisationChooser

pytestmark = pytest.mark.django_db
LOCAL = timezone.get_default_timezone()
MORNING = timezone.datetime(2026, 10, 13, 9, 30, tzinfo=LOCAL)
YESTERDAY = timezone.now() - timedelta(days=1)


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


def page_of(browser, event):
    return browser.get(reverse("event:inspect", args=[event.pk])).text


class TestTheDoor:
    def test_marks_who_waits_and_puts_them_last(self, officer):
        event = EventFactory(starts_at=YESTERDAY)
        RegistrationFactory(event=event, last_name="Aerts", waiting=True)
        RegistrationFactory(event=event, last_name="Zegers")

        door = officer.get(reverse("participants:check_in", args=[event.pk, event.sessions.get().pk])).text

        assert door.index("Zegers") < door.index("Aerts") < door.index("op de wachtlijst")
        assert door.count("op de wachtlijst") == 1


class TestAnEventWithoutAttendance:
    def test_asks_for_it_on_its_page_until_it_is_settled(self, officer):
        event = EventFactory(starts_at=YESTERDAY, state="HELD")
        session = event.sessions.get()

        asked = page_of(officer, event)

        assert "Lees aanwezigheid in" in asked
        assert f'href="{reverse("participants:attendance", args=[event.pk, session.pk])}">Noteer' in asked
        event.sessions.update(attendance_at=timezone.now())
        assert "Lees aanwezigheid in" not in page_of(officer, event)

    def test_is_still_to_round_off(self):
        event, settled = EventFactory.create_batch(2, starts_at=YESTERDAY, state="HELD")
        settled.sessions.update(attendance_at=timezone.now())
        EventFactory(starts_at=YESTERDAY, state="CANCELLED", cancelled_because="Ziek.")

        assert list(to_round_off(Event.objects.all(), timezone.now())) == [event]


class TestTheMoment:
    def test_of_several_sessions_on_one_day_names_that_day_once(self, officer):
        event = EventFactory(starts_at=MORNING, ends_at=MORNING + timedelta(hours=7))
        SessionFactory(event=event, starts_at=MORNING + timedelta(hours=5))

        page = page_of(officer, event)

        assert "dinsdag 13 oktober 2026, 09:30 tot 16:30 uur" in page


def test_the_review_of_a_report_names_activity_and_session():
    event = EventFactory(title="Studiedag", starts_at=MORNING)
    draft = Import(importer="attendance", options={"session": event.sessions.get().pk})

    about = AttendanceFiles().about(draft)

    assert about == "Aanwezigheid bij Studiedag, dinsdag 13 oktober 2026, 09:30 uur"


class TestTheParticipants:
    def test_show_what_goes_on_paper_above_the_list(self, officer):
        event = RegistrationFactory().event

        page = officer.get(reverse("participants:list", args=[event.pk])).text

        for name in ("print", "badges", "sign_in", "catering"):
            assert page.count(f'href="{reverse(f"participants:{name}", args=[event.pk])}"') == 1

    def test_an_empty_list_offers_to_register_someone(self, officer):
        event = EventFactory(starts_at=timezone.now() + timedelta(days=9))
        address = reverse("participants:list", args=[event.pk])

        assert "Schrijf iemand in" in officer.get(address).text
        assert "Schrijf iemand in" not in officer.get(address, {"q": "niemand"}).text


class TestWords:
    def test_the_mail_leads_to_its_event_by_title(self, officer):
        event = EventFactory(title="Studiedag")
        mail = MessageFactory(topic=event.topic)

        page = officer.get(reverse("message:inspect", args=[mail.pk])).text

        assert f'<a href="{reverse("event:inspect", args=[event.pk])}">Studiedag</a>' in page

    def test_mails_are_found_by_the_words_of_what_they_are_about(self, officer):
        for key in (1, 2):
            MessageFactory(topic=f"event:{key}", subject=f"Mail {key}.")

        page = officer.get(reverse("message:index"), {"topic": "activiteit 1"}).text

        assert "Mail 1." in page
        assert "Mail 2." not in page

    def test_the_texts_name_the_room_in_dutch(self, officer):
        page = officer.get(reverse("wording:index")).text

        assert "<td>vragen om een sessie</td>" in page
        assert "<td>requests</td>" not in page

    @pytest.mark.parametrize(("hours", "percent"), [(4, 67), (2, 33), (3, 50)])
    def test_a_part_is_rounded_to_the_nearest(self, hours, percent):
        assert Earned(None, (), Decimal(hours), Decimal(6), None).percent == percent

    @pytest.mark.parametrize(
        ("day", "words"), [(12, "één dag later"), (15, "2 dagen eerder"), (13, "op dezelfde dag")]
    )
    def test_a_clash_says_on_which_side_it_is(self, day, words):
        EventFactory(starts_at=MORNING)

        found = clashes(days=[date(2026, 10, day)], audiences=[], within_days=3)

        assert [each.words for each in found] == [words]


def test_the_organisation_of_a_calendar_is_searched_and_not_picked_from_a_thousand():
    assert isinstance(CalendarForm().fields["organisation"].widget, OrganisationChooser)
