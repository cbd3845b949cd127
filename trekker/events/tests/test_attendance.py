"""Noting who was at a session, adding who was not expected, settling; and what follows in hours."""

from datetime import timedelta
from decimal import Decimal

import pytest

from trekker.events.actions import attendance as actions
from trekker.events.actions.attendance import Mark
from trekker.events.models import Attendance, Registration
from trekker.events.queries.attendance import presence
from trekker.events.tests.factories import EventFactory, RegistrationFactory, SessionFactory
from trekker.events.tests.importing import NOW
from trekker.kernel.audit import lines_of
from trekker.people.models import Person
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
CHECK_IN = Attendance.Source.CHECK_IN
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def session():
    return EventFactory().sessions.get()


@pytest.fixture
def jan(session):
    return RegistrationFactory(event=session.event)


def record(session, marks, **more):
    return actions.record_attendance(session=session, marks=marks, **{"by": None, "now": NOW, **more})


class TestRecording:
    def test_notes_corrects_and_forgets(self, session, jan):
        assert record(session, {jan.pk: Mark(True, 45)}) == 1
        assert record(session, {jan.pk: Mark(True, 45)}) == 0
        assert record(session, {jan.pk: Mark(False)}) == 1
        assert Attendance.objects.get().present is False

        assert record(session, {jan.pk: None}) == 1
        assert not Attendance.objects.exists()
        assert lines_of([session.event]).count() == 3

    def test_leaves_alone_who_is_not_of_this_event_or_cancelled(self, session):
        stranger = RegistrationFactory()
        gone = RegistrationFactory(event=session.event, cancelled=True)

        assert record(session, {stranger.pk: Mark(True), gone.pk: Mark(True)}) == 0

    def test_who_waited_and_came_has_a_place(self, session):
        waiting = RegistrationFactory(event=session.event, waiting=True)

        record(session, {waiting.pk: Mark(True)})

        waiting.refresh_from_db()
        assert (waiting.status, waiting.promoted_at) == ("REGISTERED", NOW)

    def test_everyone_in_one_go_leaves_what_was_noted(self, session, jan):
        record(session, {jan.pk: Mark(False)})
        others = RegistrationFactory.create_batch(3, event=session.event)
        RegistrationFactory(event=session.event, waiting=True)

        assert actions.all_present(session=session, by=None, now=NOW) == 3

        there = Attendance.objects.filter(present=True).values_list("registration", flat=True)
        assert set(there) == {each.pk for each in others}

    def test_a_settled_session_is_reopened_first(self, session, jan):
        actions.settle(session=session, by=None, now=NOW)

        with pytest.raises(actions.AttendanceSettled):
            record(session, {jan.pk: Mark(True)})
        with pytest.raises(actions.AttendanceSettled):
            actions.add_unexpected(session=session, first_name="Zoë", by=None, now=NOW)
        actions.reopen(session=session, by=None, now=NOW)

        assert record(session, {jan.pk: Mark(True)}) == 1

    def test_is_not_settled_before_it_began(self, session):
        with pytest.raises(actions.NotBegun):
            actions.settle(session=session, by=None, now=session.starts_at - A_MINUTE)


class TestTicksAtTheDoor:
    def test_count_although_the_session_was_settled_meanwhile(self, session, jan):
        actions.settle(session=session, by=None, now=NOW)

        assert record(session, {jan.pk: Mark(True)}, source=CHECK_IN) == 1

    def test_an_older_tick_gives_way_to_what_was_noted_later(self, session, jan):
        record(session, {jan.pk: Mark(True)}, source=CHECK_IN)
        record(session, {jan.pk: Mark(False)}, source=CHECK_IN, now=NOW + A_MINUTE)

        assert record(session, {jan.pk: Mark(True)}, source=CHECK_IN) == 0

        assert Attendance.objects.get().present is False


class TestUnexpected:
    def add(self, session, **facts):
        facts = {"first_name": "Zoë", "last_name": "Maes", "by": None, "now": NOW, **facts}
        return actions.add_unexpected(session=session, **facts)

    def test_a_guest_without_address_is_nobody_we_know(self, session):
        made = self.add(session, organisation_text="Buurthuis")

        assert (made.person, made.source, made.organisation_text) == (None, "CAME", "Buurthuis")
        assert made.attendances.get().present

    def test_an_address_makes_or_finds_the_person(self, session):
        known = PersonFactory(email="zoe@stad.example")

        assert self.add(session, email="Zoe@Stad.example").person == known
        assert self.add(session, email="an@stad.example").person == Person.objects.get(
            email="an@stad.example"
        )

    def test_who_turns_out_to_be_registered_keeps_that(self, session, jan):
        assert self.add(session, email=jan.email) == jan
        assert Registration.objects.count() == 1

    def test_the_same_ticket_twice_adds_one(self, session):
        first = self.add(session, ticket="a1")

        assert self.add(session, ticket="a1") == first
        assert Registration.objects.count() == 1


class TestPresence:
    def test_tells_present_absent_unknown_and_hours(self, session):
        people = RegistrationFactory.create_batch(5, event=session.event)
        RegistrationFactory(event=session.event, cancelled=True)
        marks = [Mark(True), Mark(True, 45), Mark(True, 500), Mark(False)]
        record(session, {each.pk: mark for each, mark in zip(people, marks, strict=False)})

        (found,) = presence(session.event)

        assert (found.registered, found.present, found.absent, found.unknown) == (5, 3, 1, 1)
        assert found.hours == Decimal("4.75")  # twice the whole two hours, and three quarters of an hour

    @pytest.mark.usefixtures("jan")
    def test_nothing_is_unknown_once_settled(self, session):
        actions.settle(session=session, by=None, now=NOW)

        (found,) = presence(session.event)

        assert (found.absent, found.unknown) == (1, 0)

    def test_asks_as_much_for_ten_sessions(self, session, django_assert_num_queries):
        SessionFactory.create_batch(9, event=session.event)

        with django_assert_num_queries(3):
            assert len(presence(session.event)) == 10
