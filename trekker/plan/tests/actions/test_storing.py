"""A text becomes a version to mend, and what people mended goes along into the next."""

import pytest
from wagtail.models import ModelLogEntry

from trekker.kernel.measures import catalogue
from trekker.people.tests.factories import AccountFactory
from trekker.plan import actions
from trekker.plan.models import Indicator, IndicatorLine, PlanVersion
from trekker.plan.reader import read
from trekker.plan.tests.factories import NOW, TEXT
from trekker.plan.tests.storing import owned_lines, store

pytestmark = pytest.mark.django_db


class TestStoreProposal:
    def test_keeps_every_goal_indicator_and_target_as_a_concept(self):
        version = store()

        assert version.is_concept
        assert list(version.goals.order_by("position").values_list("code", flat=True)) == [
            "SD1",
            "OD1.1",
            "OD1.2",
        ]
        targets = IndicatorLine.objects.order_by("pk").values_list("target", flat=True)
        assert list(targets) == [4, 1100, 6]

    def test_gives_every_line_of_the_text_one_owner(self):
        version = store()

        assert owned_lines(version) == list(range(1, len(version.source) + 1))

    def test_hangs_goals_under_their_parent(self):
        version = store()

        assert version.goals.get(code="OD1.2").parent.code == "SD1"

    def test_refuses_a_text_that_says_the_same(self):
        store()

        with pytest.raises(actions.NothingChanged):
            store(TEXT.replace("•", "-"))

        assert PlanVersion.objects.count() == 1

    def test_makes_a_next_version_of_a_changed_text_and_keeps_what_people_settled(self):
        first = store()
        advice = Indicator.objects.get(goal__code="OD1.2")
        actions.correct_indicator(
            indicator=advice,
            goal=advice.goal,
            text=advice.text,
            is_narrative=False,
            condition="",
            counting_note="mail telt niet",
            source_lines=advice.source_lines,
            by=None,
            now=NOW,
        )
        advice.lines.update(unit="stevige gesprekken")

        second = store(TEXT.replace("minstens vier", "minstens vijf"))

        assert (first.number, second.number) == (1, 2)
        kept = Indicator.objects.get(goal__version=second, goal__code="OD1.2")
        assert kept.counting_note == "mail telt niet"
        assert kept.lines.get().unit == "stevige gesprekken"
        assert advice.lines.count() == 1

    def test_writes_one_line_in_the_log(self):
        by = AccountFactory()
        proposal = read(TEXT.splitlines(), measures=catalogue, year=2026)

        version = actions.store_proposal(
            proposal=proposal, title="P", owner="", year=2026, file_name="plan.txt", by=by, now=NOW
        )

        entry = ModelLogEntry.objects.for_instance(version).get()
        assert (entry.action, entry.user, entry.timestamp) == ("plan.read", by, NOW)


class TestWhatPeopleMended:
    def test_goes_along_into_the_version_of_a_changed_text(self):
        first = store()
        goal = first.goals.get(code="OD1.2")
        actions.correct_goal(
            goal=goal,
            code="OD1.2",
            title="VVSG geeft raad",
            level="operational",
            parent=goal.parent,
            text="",
            leads=["Mediawijs"],
            partners=[],
            source_lines=goal.source_lines,
            by=None,
            now=NOW,
        )
        indicator = goal.indicators.get()
        actions.correct_indicator(
            indicator=indicator,
            goal=goal,
            text="zes gesprekken",
            is_narrative=False,
            condition="",
            counting_note="mail telt niet",
            source_lines=indicator.source_lines,
            by=None,
            now=NOW,
        )

        second = store(TEXT.replace("minstens vier", "minstens vijf"))

        kept = second.goals.get(code="OD1.2")
        assert (kept.title, kept.leads.get().party) == ("VVSG geeft raad", "Mediawijs")
        assert (kept.indicators.get().text, kept.indicators.get().counting_note) == (
            "zes gesprekken",
            "mail telt niet",
        )

    def test_does_not_stray_to_the_same_words_under_another_goal(self):
        text = TEXT.replace(
            "VVSG voert minstens zes adviesgesprekken met lokale besturen.",
            "minstens vier bijeenkomsten van het netwerk.",
        )
        first = store(text)
        first.goals.get(code="OD1.2").indicators.get().lines.update(unit="anders")

        second = store(text.replace("1100", "1200"))

        units = {
            goal.code: goal.indicators.first().lines.get().unit for goal in second.goals.exclude(code="SD1")
        }
        assert units == {"OD1.1": "bijeenkomsten", "OD1.2": "anders"}
