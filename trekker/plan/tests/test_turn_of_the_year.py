"""In January the new year often has no plan yet: people finish the one of last year."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.kernel.access import Role
from trekker.plan.actions.meetings import start_meeting
from trekker.plan.actions.progress import note_progress
from trekker.plan.queries.meetings import overview
from trekker.plan.queries.progress import action_lines, notes_of_goal
from trekker.plan.queries.versions import working_version, working_year
from trekker.plan.tests.factories import GoalFactory, PlanVersion, VersionFactory

pytestmark = pytest.mark.django_db
LIST, HOME = "/beheer/plan/voortgang/", "/beheer/"


@pytest.fixture
def year():
    return timezone.localdate().year


@pytest.fixture
def goal(year):
    return GoalFactory(version__year=year - 1, code="OD1.1", title="Een netwerk")


@pytest.fixture
def action(goal):
    return goal.actions.create(text="VVSG vraagt leden wat ze nodig hebben")


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


@pytest.mark.parametrize(
    ("known", "found"), [([2027, 2026, 2025], 2027), ([2026, 2025], 2026), ([2029, 2028], 2028), ([], None)]
)
def test_the_year_people_work_with_is_this_one_or_the_last_before_it(known, found):
    assert working_year(known, date(2027, 1, 11)) == found


def test_the_version_people_work_with_is_the_last_that_held(goal):
    VersionFactory(plan=goal.version.plan, year=goal.version.year, number=2, concept=True)
    second = VersionFactory(
        plan=goal.version.plan,
        year=goal.version.year,
        number=3,
        in_force_from=date(goal.version.year, 7, 1),
    )

    assert working_version(PlanVersion.objects.all(), day=timezone.localdate()) == second


class TestProgress:
    def test_shows_the_plan_of_last_year(self, officer, action):
        assert action.text in officer.get(LIST).text

    def test_shows_the_plan_of_a_year_that_was_asked_for_and_keeps_to_it(self, officer, action, year):
        GoalFactory(version__this_year=True).actions.create(text="Iets anders")

        assert action.text not in officer.get(LIST).text
        page = officer.get(LIST, {"jaar": year - 1, "zoek": "leden"})

        assert action.text in page.text
        assert f"{LIST}?jaar={year - 1}&amp;toon=laat" in page.text
        assert f'<option value="{year - 1}" selected>' in page.text

    def test_that_is_written_after_the_year_is_of_its_last_day(self, goal, action):
        last = goal.version.period.last_day
        note_progress(
            action=action,
            edition=0,
            to="BUSY",
            text="Dertig leden antwoordden.",
            for_report=True,
            by=None,
            now=timezone.now(),
        )

        assert action_lines(goal.version, last)[goal.pk] == (
            (action.text, "bezig", "Dertig leden antwoordden."),
        )
        assert [each.entry.text for each in notes_of_goal(goal, last, last)] == ["Dertig leden antwoordden."]
        assert notes_of_goal(goal, last, last - timedelta(days=1)) == []

    def test_shows_what_was_just_written(self, officer, action):
        officer.post(
            reverse("plan:note_progress", args=[action.pk]), {"text": "Klaar na Nieuwjaar", "edition": 0}
        )

        assert "Klaar na Nieuwjaar" in officer.get(reverse("plan:action_progress", args=[action.pk])).text
        assert "Klaar na Nieuwjaar" in officer.get(LIST).text


class TestTheDashboard:
    def test_says_that_the_year_is_over_and_leads_to_the_next(self, officer, goal, year):
        page = officer.get(HOME).text

        assert f"Het jaar {year - 1} is voorbij" in page
        assert reverse("plan:next_year", args=[goal.version.pk]) in page

    def test_leads_to_the_concept_that_waits(self, officer, goal, year):
        concept = VersionFactory(plan=goal.version.plan, year=year, concept=True)

        page = officer.get(HOME).text

        assert concept.get_absolute_url() in page
        assert reverse("plan:next_year", args=[goal.version.pk]) not in page

    def test_offers_management_nothing_to_start(self, as_role, goal, year):
        page = as_role(Role.MANAGEMENT).get(HOME).text

        assert f"Voor {year} staat er nog geen plan vast" in page
        assert reverse("plan:next_year", args=[goal.version.pk]) not in page

    def test_says_nothing_of_it_once_there_is_a_plan(self, officer, goal, year):
        VersionFactory(plan=goal.version.plan, year=year)

        assert "is voorbij" not in officer.get(HOME, {"jaar": year - 1}).text


def test_a_meeting_of_january_still_looks_at_the_plan_of_last_year(goal, action):
    note_progress(action=action, edition=0, text="Bijna klaar", by=None, now=timezone.now())
    meeting = start_meeting(
        plan=goal.version.plan, held_on=timezone.localdate(), present=[], by=None, now=timezone.now()
    )

    [found] = overview(meeting, timezone.localdate())

    assert [each.text for each in found.done] == [f"{action.text}: Bijna klaar"]
