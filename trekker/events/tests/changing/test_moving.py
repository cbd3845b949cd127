"""From one stand to another."""

from datetime import timedelta

import pytest

from trekker.events.actions import states
from trekker.events.models import Event
from trekker.events.tests.factories import NOW, STARTS, TWO_HOURS, EventFactory

pytestmark = pytest.mark.django_db


class TestMove:
    @pytest.mark.parametrize("source", Event.State)
    @pytest.mark.parametrize("target", Event.State)
    def test_takes_the_steps_of_the_table_and_no_other(self, source, target):
        event = EventFactory(state=source, contact_email="a@b.example")
        now = STARTS + TWO_HOURS if target == Event.State.HELD else NOW

        if (source, target) in states.PAIRS:
            moved = states.move(event=event, to=target, because="ziek", by=None, now=now)
            assert moved.state == target
        else:
            with pytest.raises(states.WrongStep):
                states.move(event=event, to=target, because="ziek", by=None, now=now)

    @pytest.mark.parametrize(
        ("facts", "lacks"),
        [
            ({"contact_email": ""}, ["een mailadres of telefoon voor vragen"]),
            ({"format": "physical"}, ["een zaal of een adres", "een gemeente"]),
            ({"kind": "focus_group"}, ["het doel van de focusgroep"]),
            ({"starts_at": None}, ["een dag en een uur"]),
        ],
    )
    def test_opens_nothing_that_lacks_what_a_participant_needs(self, facts, lacks):
        event = EventFactory(**{"state": "PLANNED", "contact_email": "a@b.example", **facts})

        with pytest.raises(states.NotReady) as refused:
            states.move(event=event, to="OPEN", by=None, now=NOW)

        assert refused.value.missing == lacks

    def test_asks_less_of_what_is_registered_for_elsewhere(self):
        event = EventFactory(state="PLANNED", format="physical", external_url="https://elders.example")

        assert states.move(event=event, to="OPEN", by=None, now=NOW).state == "OPEN"

    def test_opens_nothing_that_began(self):
        event = EventFactory(state="PLANNED", contact_email="a@b.example")

        with pytest.raises(states.AlreadyBegun):
            states.move(event=event, to="OPEN", by=None, now=STARTS)

    def test_opens_nothing_after_its_deadline(self):
        event = EventFactory(state="PLANNED", contact_email="a@b.example", deadline_at=NOW)

        with pytest.raises(states.DeadlinePassed):
            states.move(event=event, to="OPEN", by=None, now=NOW)

    def test_opens_nothing_without_a_day(self):
        event = EventFactory(state="PLANNED", starts_at=None, external_url="https://elders.example")

        with pytest.raises(states.NotReady):
            states.move(event=event, to="OPEN", by=None, now=NOW)

    def test_confirms_nothing_without_a_day(self):
        event = EventFactory(state="PLANNED", starts_at=None, visibility="INTERNAL")

        with pytest.raises(states.NotReady):
            states.move(event=event, to="CONFIRMED", by=None, now=NOW)

    def test_holds_nothing_before_it_starts(self):
        with pytest.raises(states.NotBegun):
            states.move(event=EventFactory(), to="HELD", by=None, now=STARTS - timedelta(seconds=1))

    def test_cancels_with_a_reason(self, heard):
        event = EventFactory()

        with pytest.raises(states.NeedsReason):
            states.move(event=event, to="CANCELLED", because=" ", by=None, now=NOW)
        moved = states.move(event=event, to="CANCELLED", because="De spreker is ziek", by=None, now=NOW)

        assert moved.cancelled_because == "De spreker is ziek"
        assert [each[0] for each in heard] == ["cancelled"]

    def test_forgets_the_reason_when_it_is_planned_again(self):
        event = EventFactory(state="CANCELLED", cancelled_because="ziek")

        assert states.move(event=event, to="PLANNED", by=None, now=NOW).cancelled_because == ""

    @pytest.mark.parametrize(
        ("source", "target", "told"),
        [
            ("PLANNED", "OPEN", ["opened"]),
            ("OPEN", "PLANNED", ["closed"]),
            ("CANCELLED", "PLANNED", ["replanned"]),
            ("IDEA", "PLANNED", []),
            ("OPEN", "CONFIRMED", ["confirmed"]),
            ("CONFIRMED", "HELD", ["held"]),
            ("PLANNED", "IDEA", []),
        ],
    )
    def test_tells_who_listens(self, heard, source, target, told):
        event = EventFactory(state=source, contact_email="a@b.example")

        states.move(event=event, to=target, by=None, now=STARTS if target == "HELD" else NOW)

        assert [each[0] for each in heard] == told
