"""Attendance noted by hand."""

import pytest
from django.urls import reverse

from trekker.events.actions.attendance import Mark, record_attendance
from trekker.events.models import Attendance, Registration
from trekker.events.tests.attending.screens import at, text
from trekker.events.tests.factories import NOW, RegistrationFactory

pytestmark = pytest.mark.django_db


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
