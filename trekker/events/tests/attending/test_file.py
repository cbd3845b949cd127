"""Attendance from a report of an online meeting or a list."""

import pytest

from trekker.events.actions.attendance import settle
from trekker.events.models import Attendance
from trekker.events.tests.attending.screens import at, text
from trekker.events.tests.factories import NOW, EventFactory
from trekker.events.tests.importing import FILES
from trekker.imports.models import Import, Row
from trekker.imports.tests.test_views import work
from trekker.kernel.access import Role
from trekker.people.models import Account

pytestmark = pytest.mark.django_db


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
