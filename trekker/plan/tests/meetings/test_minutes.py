"""What a meeting writes down, agrees and closes."""

from datetime import date, timedelta

import pytest
from wagtail.models import ModelLogEntry

from trekker.kernel.access import Role
from trekker.people.tests.factories import AccountFactory
from trekker.plan import actions
from trekker.plan.actions.meetings import (
    IsClosed,
    ReasonMissing,
    SettledBefore,
    WrittenMeanwhile,
    change_meeting,
    close_meeting,
    correct_agreement,
    reopen_meeting,
    settle_agreement,
    start_meeting,
    unsettle_agreement,
    write_minute,
)
from trekker.plan.actions.progress import note_progress
from trekker.plan.models import Agreement, Meeting, Minute
from trekker.plan.queries.meetings import carried_over, to_do
from trekker.plan.tests.meetings.talking import DAY, NOW, agreed, at

pytestmark = pytest.mark.django_db


class TestMinutes:
    def test_never_overwrite_what_someone_else_wrote(self, meeting, about):
        write_minute(meeting=meeting, about=about, text="Eerst", edition=0, by=None, now=NOW)

        with pytest.raises(WrittenMeanwhile):
            write_minute(meeting=meeting, about=about, text="Tweede", edition=0, by=None, now=NOW)

        assert Minute.objects.get().text == "Eerst"

    def test_keep_their_earlier_words_in_the_log(self, meeting, about):
        for edition, text in enumerate(["Eerst", "Daarna"]):
            write_minute(meeting=meeting, about=about, text=text, edition=edition, by=None, now=NOW)

        line = ModelLogEntry.objects.filter(action="plan.minute_written").order_by("-pk").first()
        assert (line.data["before"], line.data["after"]) == ("Eerst", "Daarna")

    def test_outlive_a_revision_of_the_plan(self, as_role, meeting, goal, about):
        write_minute(meeting=meeting, about=about, text="Wij kiezen", edition=0, by=None, now=NOW)
        copy = actions.copy_version(version=goal.version, by=None, now=NOW)
        copy.goals.update(code="OD7.7", title="Heet nu anders")
        actions.adopt(version=copy, in_force_from=date(2026, 6, 1), reason="Minder geld", by=None, now=NOW)

        page = as_role(Role.PARTNER_OFFICER).get(meeting.get_absolute_url())

        assert "OD7.7 Heet nu anders" in page.text
        assert "Wij kiezen" in page.text


class TestClosing:
    def test_makes_all_of_it_read_only(self, meeting, about):
        task = agreed(meeting, text="Bellen", due_on=DAY)
        close_meeting(meeting=meeting, by=None, now=NOW)
        facts = {"by": None, "now": NOW}

        with pytest.raises(IsClosed):
            write_minute(meeting=meeting, about=about, text="Nog iets", edition=0, **facts)
        with pytest.raises(IsClosed):
            agreed(meeting, text="Nog iets")
        with pytest.raises(IsClosed):
            correct_agreement(agreement=task, edition=0, text="Anders", owner=None, due_on=None, **facts)
        with pytest.raises(IsClosed):
            change_meeting(meeting=meeting, edition=0, held_on=DAY, present=[], **facts)
        with pytest.raises(IsClosed):
            close_meeting(meeting=meeting, **facts)

    def test_keeps_what_the_page_showed_that_day(self, as_role, meeting, goal):
        action = goal.actions.create(text="VVSG vraagt rond")
        note_progress(action=action, edition=0, to="STUCK", text="Geen geld", by=None, now=NOW)
        close_meeting(meeting=meeting, by=None, now=NOW)
        note_progress(action=action, edition=1, to="DONE", text="Opgelost", by=None, now=NOW)

        page = as_role(Role.PARTNER_OFFICER).get(meeting.get_absolute_url())

        assert "Loopt vast: VVSG vraagt rond" in page.text
        assert "Opgelost" not in page.text

    def test_is_undone_with_a_reason_only(self, meeting):
        close_meeting(meeting=meeting, by=None, now=NOW)

        with pytest.raises(ReasonMissing):
            reopen_meeting(meeting=meeting, because=" ", by=None, now=NOW)
        reopen_meeting(meeting=meeting, because="Een naam stond fout", by=None, now=NOW)

        assert Meeting.objects.get(pk=meeting.pk).is_open
        line = ModelLogEntry.objects.get(action="plan.meeting_reopened")
        assert line.data["because"] == "Een naam stond fout"


class TestAgreements:
    def test_with_an_owner_or_a_day_are_tasks_and_without_are_decisions(self, meeting):
        decision = agreed(meeting, text="We doen het online")
        task = agreed(meeting, text="Zaal zoeken", owner=AccountFactory())

        assert list(to_do()) == [task]
        assert not decision.is_task

    def test_go_along_to_the_next_meeting_until_they_are_done(self, meeting):
        done, open_ = agreed(meeting, text="Bellen", due_on=DAY), agreed(meeting, text="Mailen", due_on=DAY)
        close_meeting(meeting=meeting, by=None, now=NOW)
        plan = meeting.plan
        second = start_meeting(plan=plan, held_on=DAY + timedelta(days=14), present=[], by=None, now=NOW)
        third = start_meeting(plan=plan, held_on=DAY + timedelta(days=28), present=[], by=None, now=NOW)

        settle_agreement(agreement=done, outcome="Ja gezegd", by=None, now=at(DAY + timedelta(days=3)))

        assert carried_over(second) == [done, open_]
        assert carried_over(third) == [open_]

    def test_are_done_once_and_can_be_put_back(self, meeting):
        task = agreed(meeting, text="Bellen", due_on=DAY)
        settle_agreement(agreement=task, by=None, now=NOW)

        with pytest.raises(SettledBefore):
            settle_agreement(agreement=task, by=None, now=NOW)
        unsettle_agreement(agreement=task, by=None, now=NOW)

        assert list(to_do()) == [task]

    def test_are_not_overwritten_by_who_saw_an_older_one(self, meeting):
        task = agreed(meeting, text="Bellen", due_on=DAY)
        facts = {"agreement": task, "edition": 0, "owner": None, "by": None, "now": NOW}
        correct_agreement(text="Mailen", due_on=DAY, **facts)

        with pytest.raises(WrittenMeanwhile):
            correct_agreement(text="Schrijven", due_on=None, **facts)

        assert Agreement.objects.get().text == "Mailen"
