"""Certificates of who attended enough."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pypdfium2 import PdfDocument

from trekker.events.actions.attendance import Mark, record_attendance, settle
from trekker.events.models import Event
from trekker.events.tests.attending.screens import YESTERDAY, at, text
from trekker.events.tests.factories import (
    NOW,
    CourseFactory,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.mail.models import Message

pytestmark = pytest.mark.django_db


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
