"""The screens about participants, attendance, the door and certificates."""

import csv
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdfium2 import PdfDocument
from python_calamine import CalamineWorkbook

from trekker.events.actions.attendance import Mark, record_attendance, settle
from trekker.events.models import AccessNeed, Attendance, Event, Registration, SignUpQuestion
from trekker.events.tests.factories import (
    NOW,
    CourseFactory,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.events.tests.importing import FILES
from trekker.imports.models import Import, Row
from trekker.imports.tests.test_views import work
from trekker.kernel.access import Role
from trekker.mail.models import Message
from trekker.people.models import Account

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=1)


@pytest.fixture
def event():
    return EventFactory(starts_at=YESTERDAY, session__hours=2)


@pytest.fixture
def session(event):
    return event.sessions.get()


@pytest.fixture
def jan(event):
    return RegistrationFactory(
        event=event, first_name="Jan", last_name="Janssens", person__email="jan@gemeente.example"
    )


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


def at(name, *args):
    return reverse(f"participants:{name}", args=args)


def text(response):
    return response.content.decode()


class TestTheList:
    @pytest.mark.usefixtures("jan")
    def test_searches_filters_and_asks_as_much_for_more(self, officer, event, django_assert_max_num_queries):
        RegistrationFactory.create_batch(60, event=event)
        waiting = RegistrationFactory(event=event, first_name="Wacht", last_name="Er", waiting=True)
        address = at("list", event.pk)
        officer.get(address)

        with django_assert_max_num_queries(16):
            page = text(officer.get(address))

        assert "Deelnemers" in page
        found = text(officer.get(address, {"q": "jan gemeente"}))
        assert "Jan Janssens" in found
        assert waiting.name not in found
        assert waiting.name in text(officer.get(address, {"status": "WAITING"}))
        assert text(officer.get(at("list_results", event.pk), {"q": "wacht"})).count("Wacht Er") == 1

    @pytest.mark.usefixtures("jan")
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_is_downloaded(self, officer, event, kind):
        response = officer.get(at("list", event.pk), {"export": kind})

        whole = b"".join(response.streaming_content)
        assert (b"jan@gemeente.example" in whole) if kind == "csv" else whole.startswith(b"PK")

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_is_downloaded_with_the_answers_to_each_question(
        self, officer, event, kind, tmp_path, django_assert_max_num_queries
    ):
        bus = SignUpQuestion.objects.create(event=event, label="Kom je met de bus?", kind="YES_NO")
        SignUpQuestion.objects.create(event=event, label="Wat wil je leren?", position=1)
        RegistrationFactory(event=event, last_name="A", answers={str(bus.pk): "ja"})
        RegistrationFactory.create_batch(30, event=event, last_name="B")
        officer.get(at("list", event.pk))

        with django_assert_max_num_queries(16):
            response = officer.get(at("list", event.pk), {"export": kind})
            whole = b"".join(response.streaming_content)

        if kind == "csv":
            rows = list(csv.reader(whole.decode("utf-8-sig").splitlines(), delimiter=";"))
        else:
            book = tmp_path / "lijst.xlsx"
            book.write_bytes(whole)
            rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
        assert [row[-2:] for row in rows[:3]] == [
            ["Kom je met de bus?", "Wat wil je leren?"],
            ["ja", ""],
            ["", ""],
        ]

    def test_is_for_who_leads_the_event(self, as_role, event):
        partner = as_role(Role.PARTNER_OFFICER)
        names = ["list", "print", "badges", "sign_in", "catering", "door"]
        assert [partner.get(at(name, event.pk)).status_code for name in names] == [404] * 6

        event.leads.add(Account.objects.get())

        assert partner.get(at("list", event.pk)).status_code == 200


class TestPaper:
    @pytest.mark.usefixtures("jan")
    @pytest.mark.parametrize("name", ["print", "badges", "sign_in"])
    def test_names_who_has_a_place(self, officer, event, name):
        RegistrationFactory(event=event, first_name="Niet", last_name="Meer", cancelled=True)

        page = text(officer.get(at(name, event.pk)))

        assert "Jan" in page
        assert "Meer" not in page

    @pytest.mark.usefixtures("jan")
    def test_a_caterer_sees_counts_only(self, officer, event):
        for diet in ("Vegetarisch", "vegetarisch ", "halal"):
            other = RegistrationFactory(event=event)
            AccessNeed.objects.create(registration=other, diet=diet, consent_text="ja", consent_at=NOW)

        page = text(officer.get(at("catering", event.pk)))

        assert "<dt>Vegetarisch</dt><dd>2</dd>" in page
        assert "Janssens" not in page

    def test_needs_are_for_who_leads_it_and_no_other_staff(self, officer, event, jan):
        AccessNeed.objects.create(registration=jan, access="Tolk VGT", consent_text="ja", consent_at=NOW)
        assert officer.get(at("needs", event.pk)).status_code == 404

        event.leads.add(Account.objects.get())

        assert "Tolk VGT" in text(officer.get(at("needs", event.pk)))


class TestByHand:
    def test_notes_what_is_filled_in(self, officer, event, session, jan):
        other = RegistrationFactory(event=event)
        address = at("attendance", event.pk, session.pk)
        assert "Jan Janssens" in text(officer.get(address))

        officer.post(address, {f"was-{jan.pk}": "ja", f"min-{jan.pk}": "90", f"was-{other.pk}": "nee"})

        found = {each.registration: (each.present, each.minutes) for each in Attendance.objects.all()}
        assert found == {jan: (True, 90), other: (False, None)}

    @pytest.mark.parametrize("minutes", ["veel", "-1", "99999", "1e3"])
    def test_refuses_minutes_that_are_none(self, officer, event, session, jan, minutes):
        address = at("attendance", event.pk, session.pk)

        page = officer.post(address, {f"was-{jan.pk}": "ja", f"min-{jan.pk}": minutes}, follow=True)

        assert "Er is niets bewaard" in text(page)
        assert not Attendance.objects.exists()

    @pytest.mark.usefixtures("jan")
    def test_everyone_then_complete_then_reopened(self, officer, event, session):
        officer.post(at("everyone", event.pk, session.pk))
        officer.post(at("settle", event.pk, session.pk))
        session.refresh_from_db()
        assert session.attendance_at
        assert "Heropen om te verbeteren" in text(officer.get(at("attendance", event.pk, session.pk)))

        officer.post(at("reopen", event.pk, session.pk))

        session.refresh_from_db()
        assert (session.attendance_at, Attendance.objects.get().present) == (None, True)

    def test_adds_someone_once(self, officer, event, session):
        address = at("add", event.pk, session.pk)
        assert officer.get(address).status_code == 200
        facts = {"first_name": "Zoë", "email": "zoe@stad.example", "ticket": "t1"}

        for _ in range(2):
            officer.post(address, facts)

        assert Registration.objects.get().source == Registration.Source.CAME
        assert "geen geldig mailadres" in text(officer.post(address, {"first_name": "Zoë", "email": "fout"}))

    def test_adds_once_more_who_was_unregistered_since(self, officer, event, session):
        address = at("add", event.pk, session.pk)
        officer.post(address, {"first_name": "Zoë", "ticket": "t1"})
        Registration.objects.update(status="CANCELLED", cancelled_at=NOW)

        asked = officer.post(address, {"first_name": "Zoë", "ticket": "t1"})

        assert "intussen uitgeschreven" in text(asked)
        again = {**asked.context["form"].data, "minutes": ""}
        assert officer.post(address, again).status_code == 302

    def test_asks_as_much_for_more_people(self, officer, event, session, django_assert_max_num_queries):
        RegistrationFactory.create_batch(30, event=event)
        address = at("attendance", event.pk, session.pk)
        officer.get(address)

        with django_assert_max_num_queries(20):
            officer.get(address)

    def test_shows_on_the_page_of_the_event(self, officer, event, session, jan):
        record_attendance(session=session, marks={jan.pk: Mark(True)}, by=None, now=NOW)

        page = text(officer.get(reverse("event:inspect", args=[event.pk])))

        assert "Deelnemers en aanwezigheid" in page
        assert at("attendance", event.pk, session.pk) in page


class TestFromAFile:
    def send(self, browser, event, name, session=""):
        with (FILES / name).open("rb") as file:
            return browser.post(at("report", event.pk), {"file": file, "session": session})

    @pytest.fixture
    def event(self):
        return EventFactory()  # on the day of the report

    @pytest.mark.usefixtures("jan")
    def test_leads_from_the_report_to_the_attendance(self, officer, event, session):
        assert officer.get(at("report", event.pk)).status_code == 200
        response = self.send(officer, event, "teams-2022-le.csv", session.pk)
        draft = Import.objects.get()
        assert response.url == f"/beheer/inlezen/{draft.pk}/bezig/"
        work()

        address = f"/beheer/inlezen/{draft.pk}"
        page = text(officer.get(f"{address}/nakijken/?tab=onbekend"))
        assert "Peeters Els" in page
        assert "Rol in het verslag: organizer" in page
        assert "niet meetellen" in page
        officer.post(f"{address}/voorstellen/", {"tab": "onbekend"})
        row = Row.objects.get(label="+32 475 00 11 22")
        assert "Jan Janssens" in text(officer.get(f"{address}/rij/{row.pk}/", {"zoek": "jan"}))
        assert "Ze tellen niet mee" in text(officer.get(f"{address}/opslaan/"))
        officer.post(f"{address}/opslaan/")
        work()

        assert at("attendance", event.pk, session.pk) in text(officer.get(f"{address}/verslag/"))
        assert {each.registration.name: each.minutes for each in Attendance.objects.all()} == {
            "Jan Janssens": 105,
            "Peeters Els": 80,
            "Fatima El Idrissi": 119,
        }

    @pytest.mark.usefixtures("jan")
    def test_is_for_who_leads_the_event(self, as_role, event, session):
        partner, account = as_role(Role.PARTNER_OFFICER), Account.objects.get()
        assert partner.get(at("report", event.pk)).status_code == 404

        event.leads.add(account)
        self.send(partner, event, "teams-2022-le.csv", session.pk)
        work()

        address = f"/beheer/inlezen/{Import.objects.get().pk}"
        assert 'href="/beheer/inlezen/"' not in text(partner.get(f"{address}/nakijken/"))
        partner.post(f"{address}/opslaan/")
        work()
        assert at("attendance", event.pk, session.pk) in text(partner.get(f"{address}/verslag/"))
        assert Attendance.objects.filter(session=session, present=True).exists()

        event.leads.remove(account)
        assert partner.get(f"{address}/verslag/").status_code == 404

    def test_lets_who_leads_one_event_see_no_other_file(self, as_role, event, session):
        partner = as_role(Role.PARTNER_OFFICER)
        EventFactory().leads.add(Account.objects.get())
        theirs = {"importer": "attendance", "options": {"event": event.pk, "session": session.pk}}
        members = {"importer": "members", "options": {"event": Account.objects.get().leading.get().pk}}

        for kind in (theirs, members):
            for status in ("MAPPING", "REVIEW", "DONE"):
                stored = {"stored_at": NOW if status == "DONE" else None}
                draft = Import.objects.create(
                    **kind, file_name="x.csv", status=status, created_at=NOW, **stored
                )
                steps = ("", "kolommen/", "bezig/", "nakijken/", "opslaan/", "verslag/", "schrappen/")
                pages = [partner.get(f"/beheer/inlezen/{draft.pk}/{step}") for step in steps]
                assert {page.status_code for page in pages} == {404}
        assert partner.get("/beheer/inlezen/").status_code == 302
        assert partner.get("/beheer/inlezen/nieuw/").status_code == 302

    def test_who_leads_goes_back_to_the_attendance_after_throwing_a_file_away(self, as_role, event, session):
        partner = as_role(Role.PARTNER_OFFICER)
        event.leads.add(Account.objects.get())
        self.send(partner, event, "lijst.csv", session.pk)

        response = partner.post(f"/beheer/inlezen/{Import.objects.get().pk}/schrappen/")

        assert response.url == at("attendance", event.pk, session.pk)

    def test_asks_the_columns_of_a_plain_list(self, officer, event, session):
        response = self.send(officer, event, "lijst.csv", session.pk)

        assert response.url.endswith("/kolommen/")
        assert "Kies de kolommen" in text(officer.get(response.url))

    def test_says_what_is_wrong_and_keeps_nothing(self, officer, event):
        page = text(self.send(officer, event, "fout-mailchimp.csv"))

        assert "ledenlijst" in page
        assert not Import.objects.exists()

    def test_is_not_offered_where_there_is_no_session(self, officer):
        assert "Aanwezigheid" not in text(officer.get("/beheer/inlezen/nieuw/"))

    def test_is_closed_once_all_is_settled(self, officer, event, session):
        settle(session=session, by=None, now=session.ends_at)

        assert "Heropen eerst een sessie" in text(officer.get(at("report", event.pk)))


class TestTheDoor:
    def send(self, browser, session, *ticks):
        address = at("ticks", session.event.pk, session.pk)
        return browser.post(address, json.dumps({"ticks": list(ticks)}), content_type="application/json")

    def test_leads_to_the_session_that_is_nearest(self, officer, event, session):
        SessionFactory(event=event, starts_at=YESTERDAY + timedelta(days=30))

        assert officer.get(at("door", event.pk)).url == at("check_in", event.pk, session.pk)

    def test_works_without_script(self, officer, event, session, jan):
        address = at("check_in", event.pk, session.pk)
        assert "Jan Janssens" in text(officer.get(address, {"zoek": "jan"}))

        officer.post(f"{address}?zoek=jan", {"in": jan.pk})
        assert Attendance.objects.get().present
        officer.post(address, {"uit": jan.pk})
        assert not Attendance.objects.get().present
        officer.post(address, {"first_name": "Zoë", "organisation_text": "", "ticket": "x"})

        assert Registration.objects.filter(source="CAME").get().name == "Zoë"
        assert "Fout:" in text(officer.post(address, {"first_name": ""}))

    def test_the_same_tick_twice_counts_once(self, officer, session, jan):
        tick = {"id": "a", "registration": jan.pk, "present": True, "age": 60}
        guest = {"id": "b", "first_name": "Zoë", "age": 30}

        answers = [self.send(officer, session, tick, guest).json() for _ in range(2)]

        made = Registration.objects.get(source="CAME")
        assert answers[0]["done"] == answers[1]["done"] == {"a": jan.pk, "b": made.pk}
        assert answers[1]["present"] == Attendance.objects.count() == 2

    def test_a_tick_that_comes_again_does_not_undo_a_later_one(self, officer, session, jan):
        self.send(officer, session, {"id": "a", "registration": jan.pk, "present": True, "age": 60})
        self.send(officer, session, {"id": "b", "registration": jan.pk, "present": False, "age": 30})

        self.send(officer, session, {"id": "a", "registration": jan.pk, "present": True, "age": 61})

        assert Attendance.objects.get().present is False

    def test_says_which_cannot_be_taken(self, officer, session, jan):
        Registration.objects.update(status="CANCELLED", cancelled_at=NOW)
        ticks = [
            {"id": "a", "registration": jan.pk, "present": True},
            {"id": "b", "registration": "x"},
            {"id": "c", "first_name": "", "age": "NaN"},
            {"id": "d", "first_name": "Zoë", "email": "fout", "age": 1e308},
            {"id": "e", "registration": 10**30},
            "niets",
        ]

        answer = self.send(officer, session, *ticks).json()

        assert answer["refused"].keys() == {"a", "b", "c", "d", "e"}
        assert answer["done"] == {}

    def test_a_newcomer_who_was_unregistered_since_does_not_hold_up_the_others(self, officer, session, jan):
        guest = {"id": "a", "first_name": "Zoë", "age": 30}
        self.send(officer, session, guest)
        Registration.objects.filter(ticket="a").update(status="CANCELLED", cancelled_at=NOW)

        answer = self.send(officer, session, guest, {"id": "b", "registration": jan.pk, "present": True})

        assert answer.json()["refused"].keys() == {"a"}
        assert answer.json()["done"] == {"b": jan.pk}
        assert Registration.objects.filter(source="CAME").count() == 1

    def test_without_script_says_that_a_newcomer_was_unregistered_since(self, officer, event, session):
        address, facts = at("check_in", event.pk, session.pk), {"first_name": "Zoë", "ticket": "a"}
        officer.post(address, facts)
        Registration.objects.update(status="CANCELLED", cancelled_at=NOW)

        asked = officer.post(address, facts)

        assert "intussen uitgeschreven" in text(asked)
        assert officer.post(address, asked.context["form"].data).status_code == 302

    @pytest.mark.parametrize("body", ["", "[]", "{}", '{"ticks": 3}', "\x00"])
    def test_answers_nonsense_calmly(self, officer, session, body):
        address = at("ticks", session.event.pk, session.pk)

        assert officer.post(address, body, content_type="application/json").status_code == 400

    def test_keeps_out_who_is_no_longer_signed_in(self, client, session):
        address = at("ticks", session.event.pk, session.pk)
        asked = {"content_type": "application/json", "headers": {"X-Requested-With": "XMLHttpRequest"}}

        response = client.post(address, "{}", **asked)

        assert response.status_code in {302, 401, 403}

    def test_asks_as_much_for_more_people(self, officer, event, session, django_assert_max_num_queries):
        RegistrationFactory.create_batch(30, event=event)
        address = at("check_in", event.pk, session.pk)
        officer.get(address)

        with django_assert_max_num_queries(14):
            officer.get(address)


class TestCertificates:
    @pytest.fixture
    def event(self):
        course = CourseFactory(title="Digihulp aan de balie")
        event = EventFactory(training=True, course=course, starts_at=YESTERDAY, session__hours=2)
        SessionFactory(event=event, starts_at=YESTERDAY + timedelta(hours=4), hours=2)
        return event

    @pytest.fixture
    def attended(self, event, jan):
        """Jan was at all of it, Els at half, and a guest without address at all of it."""
        els = RegistrationFactory(event=event, first_name="Els", last_name="Peeters")
        guest = RegistrationFactory(event=event, nameless=True)
        for place, session in enumerate(event.sessions.all()):
            marks = {jan.pk: Mark(True), els.pk: Mark(place == 0), guest.pk: Mark(True)}
            record_attendance(session=session, marks=marks, by=None, now=NOW)
            settle(session=session, by=None, now=timezone.now())

    @pytest.mark.usefixtures("attended")
    def test_go_once_to_who_attended_enough(self, officer, event, jan):
        page = text(officer.get(at("certificates", event.pk)))
        assert "Mail 1 attest" in page
        assert "50 %" in page

        for _ in range(2):
            officer.post(at("send_certificates", event.pk), {"drempel": 80})
        jan.person.email = jan.email = "jan@nieuw.example"
        jan.person.save()
        jan.save()
        officer.post(at("send_certificates", event.pk), {"drempel": 80})

        message = Message.objects.get()
        assert (message.address, message.subject) == (
            "jan@gemeente.example",
            "Je attest: Digihulp aan de balie",
        )
        assert message.attachments.get().content_type == "application/pdf"
        officer.post(at("send_certificates", event.pk), {"drempel": 50})
        assert Message.objects.count() == 2

    @pytest.mark.usefixtures("attended")
    def test_are_tagged_documents_with_a_title_and_a_language(self, officer, event, jan):
        response = officer.get(at("certificate", event.pk, jan.pk))

        pdf = response.content
        document = PdfDocument(pdf)
        words = document[0].get_textpage().get_text_range()
        title = document.get_metadata_value("Title")
        assert document.is_tagged()
        assert title == "Attest van deelname: Digihulp aan de balie, Jan Janssens"
        assert all(mark in pdf for mark in (b"/Lang(nl", b"pdfuaid", b"/DisplayDocTitle true"))
        assert "volgde 4 uur" in words
        assert "gemeente.example" not in words

    def test_wait_until_the_attendance_is_complete(self, officer, event):
        page = officer.post(at("send_certificates", event.pk), {"drempel": 80}, follow=True)

        assert "Verklaar eerst" in text(page)
        assert not Message.objects.exists()

    def test_are_for_trainings(self, officer):
        other = EventFactory(kind=Event.Kind.INTERVISION, starts_at=YESTERDAY)

        assert officer.get(at("certificates", other.pk)).status_code == 404
        assert officer.get(at("certificate", other.pk, 1)).status_code == 404
