"""What came of it stands beneath the promises of a goal: each evaluation once, small ones never."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from trekker.events.tests.factories import AttendanceFactory, CourseFactory, EventFactory
from trekker.feedback.models import FollowUp
from trekker.feedback.registry import SELECTIONS
from trekker.feedback.tests.factories import EvaluationFactory, answers
from trekker.kernel.access import Role
from trekker.kernel.periods import Period
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.plan import actions
from trekker.plan.models import Indicator, IndicatorLine
from trekker.plan.queries.effect import evaluations_of_goal, goals_evaluated, name_of_goal, with_effect
from trekker.plan.queries.figures import dashboard
from trekker.plan.queries.history import history
from trekker.plan.tests.factories import NOW, GoalFactory, LineFactory, VersionFactory

pytestmark = pytest.mark.django_db
DAY, YEAR = date(2026, 6, 30), Period.year(2026)
MEETINGS = {"measure": "events.held", "filters": {"kind": ["network_meeting"]}, "unit": "bijeenkomsten"}


def evaluation(yes=5, no=0, *, asked=10, outcomes=(), **facts):
    """Make an evaluation that is over; the first people did with it what ``outcomes`` says."""
    made = EvaluationFactory(closed=True, audience_size=asked, **facts)
    given = [{"can_use": "ja"}] * yes + [{"can_use": "neen"}] * no
    numbers = answers(made, *given, address="an@stad.example", organisation=OrganisationFactory().pk)
    for number, outcome in zip(numbers, outcomes, strict=False):
        FollowUp.objects.filter(pk=number).update(outcome=outcome, answered_on=DAY)
    FollowUp.objects.filter(pk__in=numbers).update(address=None)  # the round is over
    return made


def held(made=None, **facts):
    return EventFactory(held=True, evaluation=made, **facts)


def effects(version, day=DAY):
    goals = with_effect(dashboard(version, day, today=DAY), version, day, history(version))
    return {item.goal.pk: item.effect for item in goals}


def goal_with(*lines):
    goal = GoalFactory()
    for line in lines:
        LineFactory(indicator__goal=goal, **line)
    return goal


def effect_of(goal, day=DAY):
    return effects(goal.version, day)[goal.pk]


class TestEffect:
    def test_adds_up_the_evaluations_behind_the_figures(self):
        goal = goal_with(MEETINGS)
        held(evaluation(5, 1, outcomes=["DONE", "PARTLY", "NO", "NO", "NOT_YET"]))
        held(evaluation(6, 2, asked=20))
        held(evaluation(4, asked=None))
        held(EvaluationFactory())
        held()

        found = effect_of(goal)

        assert (found.evaluations, found.still_open) == (4, 1)
        assert (found.response.count, found.response.of, found.response.unknown) == (14, 30, 1)
        assert (found.can_use.count, found.can_use.of, found.can_use.unknown) == (11, 14, 1)
        assert (found.applied.count, found.applied.of, found.applied.unknown) == (2, 5, 2)
        assert found.organisations == 1

    def test_counts_an_evaluation_once_for_all_lines_of_a_goal(self):
        status = {"status": ["attended"]}
        goal = goal_with(
            MEETINGS,
            {"measure": "events.held", "filters": {}},
            {"measure": "participations.count", "filters": status},
            {"measure": "participations.hours", "filters": {}},
        )
        event = held(evaluation())
        for _ in range(3):
            AttendanceFactory(registration__event=event)

        assert effect_of(goal).response.count == 5

    @pytest.mark.parametrize(
        "line",
        [
            {"measure": "participations.count", "filters": {"status": ["attended"]}},
            {"measure": "participations.hours", "filters": {}},
            {"measure": "courses.given", "filters": {}},
        ],
    )
    def test_follows_participations_hours_and_courses_to_their_event(self, line):
        goal = goal_with(line)
        event = held(evaluation(), course=CourseFactory())
        AttendanceFactory(registration__event=event)

        assert effect_of(goal).response.count == 5

    def test_leaves_out_editions_that_do_not_count(self):
        goal = goal_with({"measure": "courses.given", "filters": {"our_role": ["organiser"]}})
        course = CourseFactory()
        held(evaluation(), course=course, our_role="organiser")
        held(evaluation(), course=course, our_role="speaker")

        assert effect_of(goal).evaluations == 1

    def test_goes_up_to_the_day(self):
        goal = goal_with(MEETINGS)
        held(evaluation())  # on 16 April

        assert effect_of(goal, date(2026, 4, 15)) is None
        assert effect_of(goal, date(2026, 4, 16)).evaluations == 1

    def test_is_of_each_goal_apart(self):
        version = VersionFactory()
        meetings, trainings = GoalFactory(version=version), GoalFactory(version=version)
        LineFactory(indicator__goal=meetings, **MEETINGS)
        LineFactory(indicator__goal=trainings, measure="events.held", filters={"kind": ["training"]})
        held(evaluation(), kind="training")

        found = effects(version)

        assert found[meetings.pk] is None
        assert found[trainings.pk].evaluations == 1

    def test_is_none_without_evaluations_or_with_lines_that_count_nothing(self):
        goal = goal_with(MEETINGS, {"no_register": True}, {"measure": "events.held", "filters": {"x": [1]}})
        held()

        assert effect_of(goal) is None

    @pytest.mark.parametrize("goals", [1, 8])
    def test_costs_three_questions_for_any_number_of_goals(self, goals, django_assert_num_queries):
        version = VersionFactory()
        for _ in range(goals):
            goal = GoalFactory(version=version)
            LineFactory.create_batch(2, indicator__goal=goal, **MEETINGS)
            held(evaluation())
        shown, told = dashboard(version, DAY, today=DAY), history(version)

        with django_assert_num_queries(3):
            assert all(item.effect for item in with_effect(shown, version, DAY, told))


class TestADroppedPromise:
    """What was done for it while it held stays part of the effect of its goal."""

    @pytest.fixture
    def goal(self):
        """Give a goal of two promises of which the second, trainings, is dropped since 1 May."""
        first = goal_with(MEETINGS, {"measure": "events.held", "filters": {"kind": ["training"]}})
        second = actions.copy_version(version=first.version, by=None, now=NOW)
        second.goals.update(code="OD7.7")
        dropped = Indicator.objects.filter(goal__version=second).order_by("pk").last()
        actions.remove_node(node=dropped, by=None, now=NOW)
        since = date(2026, 5, 1)
        actions.adopt(version=second, in_force_from=since, reason="Minder geld", by=None, now=NOW)
        return second.goals.get()

    def test_stays_until_its_last_day(self, goal):
        kept = evaluation()
        held(kept, kind="training")  # on 16 April
        held(evaluation(), kind="training", starts_at=datetime(2026, 5, 20, 9, tzinfo=UTC))
        meeting = evaluation()
        held(meeting)

        assert effect_of(goal).evaluations == 2
        assert set(evaluations_of_goal(str(goal.pk), YEAR)) == {kept, meeting}
        assert effect_of(goal, date(2026, 4, 15)) is None

    def test_stays_when_nothing_else_is_left_to_read(self, goal):
        held(evaluation(), kind="training")

        assert effect_of(goal).response.count == 5
        assert goals_evaluated(YEAR) == [(str(goal.pk), f"{goal.code} {goal.title}")]

    def test_stays_with_a_goal_without_any_other_promise(self, goal):
        goal.indicators.all().delete()
        held(evaluation(), kind="training")

        assert effect_of(goal).evaluations == 1

    def test_is_not_of_a_goal_that_is_shown_without_its_promises(self, goal):
        held(evaluation(), kind="training")
        below = GoalFactory(version=goal.version, parent=goal)
        below.leads.create(party="Mediawijs")
        shown = dashboard(goal.version, DAY, today=DAY, lead="Mediawijs")

        (found,) = with_effect(shown, goal.version, DAY, history(goal.version))

        assert found.effect is None

    @pytest.mark.usefixtures("goal")
    def test_is_told_of_where_it_counts(self, as_role):
        says, asked = "telt hier mee tot de laatste dag.", {"op": "2026-06-30"}
        held(evaluation())
        officer = as_role(Role.PROGRAMME_OFFICER)
        assert says not in officer.get("/beheer/", asked).text

        held(evaluation(), kind="training")

        assert says in officer.get("/beheer/", asked).text

    def test_costs_one_question_more(self, goal, django_assert_num_queries):
        held(evaluation(), kind="training")
        shown, told = dashboard(goal.version, DAY, today=DAY), history(goal.version)

        with django_assert_num_queries(4):
            with_effect(shown, goal.version, DAY, told)


class TestADroppedLine:
    """A line that is taken off a promise that stays counts as long as it held, and so do its evaluations."""

    @pytest.fixture
    def goal(self):
        """Give a goal of one promise of two lines; the second, trainings, is taken off since 1 May."""
        first = goal_with(MEETINGS)
        promise = first.indicators.get()
        trainings = {"measure": "events.held", "filters": {"kind": ["training"]}, "unit": "vormingen"}
        LineFactory(indicator=promise, position=1, **trainings)
        second = actions.copy_version(version=first.version, by=None, now=NOW)
        line = IndicatorLine.objects.get(indicator__goal__version=second, unit="vormingen")
        actions.remove_line(line=line, by=None, now=NOW)
        since = date(2026, 5, 1)
        actions.adopt(version=second, in_force_from=since, reason="Minder geld", by=None, now=NOW)
        return second.goals.get()

    def test_does_not_let_the_effect_fall(self, goal):
        kept, meeting = evaluation(), evaluation()
        held(meeting)
        held(kept, kind="training")  # on 16 April, so while the line held
        held(evaluation(), kind="training", starts_at=datetime(2026, 5, 20, 9, tzinfo=UTC))

        assert effect_of(goal.version.based_on.goals.get(), date(2026, 4, 30)).evaluations == 2
        assert effect_of(goal).evaluations == 2
        assert set(evaluations_of_goal(str(goal.pk), YEAR)) == {kept, meeting}

    def test_of_which_the_line_goes_on_elsewhere_is_not_dropped(self, goal):
        trainings = IndicatorLine.objects.get(
            indicator__goal__version=goal.version.based_on, unit="vormingen"
        )
        moved = LineFactory(
            indicator__goal=goal, measure=trainings.measure, filters=trainings.filters, unit="vormingen"
        )
        moved.supersedes.add(trainings)

        assert not history(goal.version).gone

    def test_that_counted_nothing_yet_is_not_dropped(self, goal):
        promise = goal.version.based_on.goals.get().indicators.get()
        LineFactory(indicator=promise, unset=True)

        (gone,) = history(goal.version).gone
        assert [line.unit for line in gone.lines] == ["vormingen"]

    def test_is_shown_with_its_last_figure_and_its_effect(self, goal, as_role):
        held(evaluation(5, 1, outcomes=["DONE"] * 5), kind="training")

        page = (
            as_role(Role.MANAGEMENT).get("/beheer/", {"op": "2026-06-30"}).text.split("Geschrapt dit jaar")[1]
        )

        assert "Dit cijfer is geschrapt sinds 1 mei 2026. De belofte blijft." in page
        assert f"<del>{goal.indicators.get().text}" not in page
        assert "<strong>1</strong>" in page
        assert (
            "Effect tot en met 30 april: kan ermee aan de slag 5 van 6, deed er later iets mee 5 van 5, "
            "antwoordde 6 van 10."
        ) in page

    @pytest.mark.usefixtures("goal")
    def test_says_nothing_of_fewer_than_five(self, as_role):
        held(evaluation(4), kind="training")

        page = as_role(Role.MANAGEMENT).get("/beheer/", {"op": "2026-06-30"}).text

        assert "Dit cijfer is geschrapt" in page
        assert "Effect tot" not in page


class TestSelection:
    def test_gives_goals_that_have_something_to_read(self):
        goal = goal_with(MEETINGS)
        other = GoalFactory(version=goal.version)
        LineFactory(indicator__goal=other, measure="events.held", filters={"kind": ["training"]})
        held(evaluation(4), kind="training")
        held(evaluation())

        assert goals_evaluated(YEAR) == [(str(goal.pk), f"{goal.code} {goal.title}")]
        assert goals_evaluated(Period.year(2031)) == []

    def test_gives_the_evaluations_of_a_goal(self):
        goal = goal_with(MEETINGS, {"measure": "members.count"})
        made = evaluation()
        held(made)
        held(evaluation(), kind="training")

        assert list(evaluations_of_goal(str(goal.pk), YEAR)) == [made]
        assert list(SELECTIONS["goal"].evaluations(str(goal.pk), YEAR)) == [made]
        assert not evaluations_of_goal(str(goal.pk), Period.year(2025)).exists()

    @pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30])
    def test_gives_nothing_for_what_is_no_goal(self, key):
        held(evaluation())

        assert not evaluations_of_goal(key, YEAR).exists()

    def test_names_a_goal_that_has_nothing_to_read(self):
        goal = goal_with()

        assert name_of_goal(str(goal.pk)) == f"{goal.code} {goal.title}"
        assert name_of_goal("x") == name_of_goal("9" * 30) == ""

    def test_gives_nothing_for_a_concept(self):
        line = LineFactory(concept=True, **MEETINGS)
        held(evaluation())

        assert not name_of_goal(str(line.indicator.goal_id))
        assert not evaluations_of_goal(str(line.indicator.goal_id), YEAR).exists()


class TestDashboard:
    def test_shows_counts_with_what_they_are_of_and_what_does_not_count(self, as_role):
        goal = goal_with(MEETINGS)
        held(evaluation(5, 1, outcomes=["DONE"] * 5))
        held(evaluation(4))
        held(EvaluationFactory())

        page = as_role(Role.MANAGEMENT).get("/beheer/", {"op": "2026-06-30"}).text

        assert "Wat het opleverde" in page
        assert "<strong>5</strong> van 6 mensen." in page
        assert "<strong>5</strong> van 5 mensen." in page
        assert "<strong>6</strong> van 10 mensen." in page
        assert "1 evaluatie telt niet mee: minder dan 5 antwoorden." in page
        assert "1 evaluatie telt nog niet mee: minder dan 5 antwoorden." in page
        assert "1 evaluatie loopt nog." in page
        assert f'{reverse("results:year")}?jaar=2026&amp;keuze=goal&amp;sleutel={goal.pk}"' in page

    def test_shows_nothing_of_fewer_than_five(self, as_role):
        goal_with(MEETINGS)
        held(evaluation(4, asked=6))

        page = as_role(Role.PROGRAMME_OFFICER).get("/beheer/", {"op": "2026-06-30"}).text

        assert "Nog geen 5 antwoorden. We tonen niets, zodat niemand herkenbaar is." in page
        assert "van 6 mensen" not in page
        assert "Bekijk de uitkomsten" not in page

    def test_leads_to_what_can_be_read_though_nobody_knows_of_how_many(self, as_role):
        goal_with(MEETINGS)
        held(evaluation(0, asked=None))
        unknown = EvaluationFactory(closed=True, audience_size=None)
        answers(unknown, *[{"satisfaction": 4}] * 5)
        held(unknown)

        assert "Bekijk de uitkomsten" in as_role(Role.MANAGEMENT).get("/beheer/", {"op": "2026-06-30"}).text

    def test_leaves_out_what_nobody_asked(self, as_role):
        goal_with(MEETINGS)
        held()

        assert "Wat het opleverde" not in as_role(Role.PROGRAMME_OFFICER).get("/beheer/").text


def test_a_share_without_answers_is_not_zero(as_role):
    LineFactory(measure="feedback.can_use_share", filters={}, target=80, unit="procent")
    EvaluationFactory()

    page = as_role(Role.PROGRAMME_OFFICER).get("/beheer/").text

    assert "nog niet bekend" in page
    assert "<strong>0</strong>" not in page
    assert "1 evaluatie die nog loopt: kan nog veranderen" in page
