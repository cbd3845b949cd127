"""What a meeting sees of the plan."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from trekker.events.tests.factories import EventFactory
from trekker.plan.actions.meetings import (
    DayTaken,
    start_meeting,
)
from trekker.plan.actions.progress import note_progress, plan_action
from trekker.plan.models import Forecast
from trekker.plan.queries.meetings import next_day, overview
from trekker.plan.tests.factories import GoalFactory, LineFactory
from trekker.plan.tests.meetings.talking import DAY, NOW, at, seen

pytestmark = pytest.mark.django_db


class TestTheOverview:
    def test_tells_what_was_noted_since_the_meeting_before(self, meeting, goal):
        action = goal.actions.create(text="VVSG vraagt rond")
        facts = {"action": action, "by": None}
        note_progress(edition=0, text="Lang geleden", now=at(date(2026, 5, 1)), **facts)
        note_progress(edition=1, text="De vragen staan klaar", to="BUSY", now=at(date(2026, 6, 8)), **facts)
        note_progress(edition=2, text="Pas later", now=at(date(2026, 6, 20)), **facts)

        assert seen(meeting)["done"] == ["VVSG vraagt rond: Nu bezig. De vragen staan klaar"]

    def test_tells_what_was_held_and_what_is_planned(self, meeting, goal):
        LineFactory(indicator__goal=goal, measure="events.held", filters={"kind": ["network_meeting"]})
        EventFactory(title="Vorige maand", held=True, starts_at=at(date(2026, 5, 10)))
        EventFactory(title="Over AI", held=True, starts_at=at(date(2026, 6, 9)))
        EventFactory(title="Over bibs", starts_at=at(date(2026, 6, 25)))
        EventFactory(title="Na de zomer", starts_at=at(date(2026, 9, 25)))
        EventFactory(title="Focusgroep", kind="focus_group", starts_at=at(date(2026, 6, 26)))

        told = seen(meeting)

        assert told["done"] == ["Gehouden op 9 juni: Over AI"]
        assert told["coming"] == ["Gepland op 25 juni: Over bibs"]

    def test_tells_which_actions_and_moments_come(self, meeting, goal):
        action = goal.actions.create(text="VVSG vraagt rond")
        days = {"starts_on": date(2026, 6, 20), "ends_on": date(2026, 7, 1)}
        plan_action(action=action, edition=0, in_charge=None, by=None, now=NOW, **days)
        goal.moments.create(text="een infosessie in juni", start=date(2026, 6, 30), end=date(2026, 6, 30))

        assert seen(meeting)["coming"] == [
            "30 juni: een infosessie in juni",
            "20 juni, begin: VVSG vraagt rond",
            "1 juli, klaar: VVSG vraagt rond",
        ]

    def test_asks_about_what_is_late_or_stuck(self, meeting, goal):
        late, stuck = goal.actions.create(text="Te laat"), goal.actions.create(text="Vast")
        facts = {"edition": 0, "by": None, "now": NOW}
        plan_action(action=late, starts_on=None, ends_on=DAY - timedelta(days=1), in_charge=None, **facts)
        note_progress(action=stuck, to="STUCK", text="Geen geld", **facts)

        assert seen(meeting)["asks"] == ["Moest al klaar zijn: Te laat", "Loopt vast: Vast"]

    def test_asks_about_a_promise_that_will_likely_not_be_kept_and_tells_that_the_chance_turned(
        self, meeting, goal
    ):
        line = LineFactory(indicator__goal=goal, indicator__text="minstens 1100 leden", no_register=True)
        for day, chance in ((date(2026, 5, 25), 0.8), (date(2026, 6, 8), 0.2)):
            ends = dict.fromkeys(("value", "low", "middle", "high"), Decimal(1))
            Forecast.objects.create(line=line, week=day, made_on=day, chance=chance, **ends)

        told = seen(meeting)

        assert told["asks"] == ["Minstens 1100 leden: onwaarschijnlijk (ongeveer 2 op 10)."]
        assert told["done"] == ["Minstens 1100 leden: de kans was waarschijnlijk en is nu onwaarschijnlijk."]

    def test_asks_to_complete_rows_that_are_unknown(self, meeting, goal):
        LineFactory(indicator__goal=goal, measure="events.held", filters={"kind": ["network_meeting"]})
        EventFactory(state="CONFIRMED", starts_at=at(date(2026, 6, 9)))

        assert seen(meeting)["asks"] == ["1 activiteit zonder uitkomst: vul aan."]

    def test_leaves_out_goals_that_only_hold_others(self, meeting, goal):
        GoalFactory(version=goal.version, level="strategic", code="SD1")

        assert [each.label for each in overview(meeting, DAY)] == ["OD1.1 Een netwerk"]


class TestTheNextMeeting:
    def test_is_proposed_two_weeks_after_the_last(self, meeting):
        assert next_day(meeting.plan, DAY) == DAY + timedelta(days=14)

    def test_is_never_proposed_in_the_past(self, meeting):
        assert next_day(meeting.plan, DAY + timedelta(days=30)) == DAY + timedelta(days=42)

    def test_is_not_on_a_day_that_has_one(self, meeting):
        with pytest.raises(DayTaken):
            start_meeting(plan=meeting.plan, held_on=DAY, present=[], by=None, now=NOW)
