"""Other facts, sessions and questions, and what may not go."""

from datetime import timedelta

import pytest

from trekker.events import registry
from trekker.events.actions import changing, states
from trekker.events.actions.changing import Asked, Sitting
from trekker.events.tests.changing.making import SITTING, change, create
from trekker.events.tests.factories import (
    NOW,
    STARTS,
    TWO_HOURS,
    AttendanceFactory,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.kernel.audit import lines_of
from trekker.organisations.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


class TestChange:
    def test_moves_with_its_sessions_and_tells_the_earlier_day(self, heard):
        event = EventFactory()
        session = event.sessions.get()
        later = STARTS + timedelta(days=1)

        change(event, sessions=[Sitting(pk=session.pk, starts_at=later, ends_at=later + TWO_HOURS)])

        event.refresh_from_db()
        assert event.starts_at == later
        assert event.sessions.get() == session
        [(what_happened, _event, what)] = heard
        assert what_happened == registry.Change.CHANGED
        assert what["starts_at"] == STARTS
        assert what["sessions"] == [(STARTS, STARTS + TWO_HOURS)]

    def test_tells_an_earlier_place_link_and_maximum(self, heard):
        event = EventFactory(physical=True, max_registrations=10)

        change(event, facts={"place": "Zolder", "online_link": "https://x.example", "max_registrations": 12})

        assert heard[0][2] == {"place": "Raadzaal", "online_link": "", "max_registrations": 10}

    def test_tells_nothing_when_nothing_changes(self, heard):
        event = EventFactory()
        sitting = Sitting(pk=event.sessions.get().pk, starts_at=STARTS, ends_at=STARTS + TWO_HOURS)

        change(event, facts={"title": event.title}, sessions=[sitting], questions=[])

        assert heard == []
        assert not lines_of([event]).exists()

    def test_keeps_a_day_when_people_can_come(self):
        with pytest.raises(changing.NeedsADay):
            change(EventFactory(), sessions=[])

    def test_may_lose_its_day_while_it_is_planned(self):
        event = change(EventFactory(state="PLANNED"), sessions=[])

        assert event.starts_at is None

    @pytest.mark.parametrize("state", ["OPEN", "CONFIRMED"])
    @pytest.mark.parametrize(
        ("has", "facts", "lacks"),
        [
            ({}, {"contact_email": ""}, ["een mailadres of telefoon voor vragen"]),
            (
                {"physical": True, "region": "flanders"},
                {"place": "", "address": ""},
                ["een zaal of een adres"],
            ),
            (
                {"visibility": "INTERNAL", "contact_email": ""},
                {"visibility": "PUBLIC"},
                ["een mailadres of telefoon voor vragen"],
            ),
            ({}, {"kind": "focus_group"}, ["het doel van de focusgroep"]),
        ],
        ids=["contact", "place", "public", "purpose"],
    )
    def test_keeps_what_a_participant_needs_while_people_can_register(self, state, has, facts, lacks):
        event = EventFactory(**{"state": state, "contact_email": "a@b.example", **has})

        with pytest.raises(states.NotReady) as refused:
            change(event, facts=facts)

        assert refused.value.missing == lacks

    def test_changes_something_else_while_an_old_gap_stays(self):
        assert change(EventFactory(contact_email=""), facts={"title": "Nieuw"}).title == "Nieuw"

    @pytest.mark.parametrize("state", ["PLANNED", "CANCELLED", "IDEA"])
    def test_keeps_its_day_while_someone_is_registered(self, state):
        event = EventFactory(state=state)
        mine = RegistrationFactory(event=event, waiting=True)

        with pytest.raises(changing.HasRegistrations):
            change(event, sessions=[])
        mine.status, mine.cancelled_at = "CANCELLED", NOW
        mine.save()

        assert change(event, sessions=[]).starts_at is None

    def test_changes_without_a_day_although_someone_is_registered(self):
        event = RegistrationFactory(event__state="PLANNED", event__starts_at=None).event

        assert change(event, facts={"title": "Nieuw"}, sessions=[]).title == "Nieuw"

    def test_keeps_a_session_of_which_attendance_is_known(self):
        session = AttendanceFactory().session

        with pytest.raises(changing.HasAttendance):
            change(session.event, sessions=[SITTING])
        assert session.event.sessions.get() == session

    def test_keeps_a_session_that_was_settled_with_nobody_there(self):
        session = SessionFactory(attendance_at=NOW)

        with pytest.raises(changing.HasAttendance):
            change(session.event, sessions=[SITTING])

    def test_does_not_take_a_session_of_another_event(self):
        other = SessionFactory()
        event = EventFactory(state="PLANNED")

        change(event, sessions=[Sitting(pk=other.pk, starts_at=STARTS, ends_at=STARTS + TWO_HOURS)])

        other.refresh_from_db()
        assert other.event != event
        assert event.sessions.get() != other

    def test_keeps_its_address_once_announced(self):
        event = EventFactory(slug="eerst")

        assert change(event, facts={"title": "Anders"}).slug == "eerst"

    def test_takes_another_address_while_nobody_saw_it(self):
        event = EventFactory(slug="eerst", idea=True)

        assert change(event, facts={"title": "Anders"}).slug == "anders"

    def test_goes_to_a_hidden_address_when_it_goes_by_link(self):
        event = EventFactory(slug="eerst")

        assert change(event, facts={"visibility": "BY_LINK"}).slug != "eerst"

    def test_has_no_places_online_when_it_is_not_hybrid(self):
        event = EventFactory(format="hybrid", max_online=5)

        assert change(event, facts={"format": "physical"}).max_online is None

    def test_asks_adds_changes_and_drops_questions(self):
        event = create(questions=[Asked(label="Eerste?"), Asked(label="Tweede?")])
        first = event.questions.first()

        change(event, questions=[Asked(label="Nieuw?", kind="YES_NO"), Asked(pk=first.pk, label="Eerste!")])

        assert [(each.label, each.position) for each in event.questions.all()] == [
            ("Nieuw?", 0),
            ("Eerste!", 1),
        ]
        assert first in event.questions.all()

    def test_writes_links_in_the_log(self):
        event = EventFactory()
        organisation = OrganisationFactory()

        change(event, facts={"partners": [organisation]})

        assert lines_of([event]).get().data == {"fields": ["partners"]}
