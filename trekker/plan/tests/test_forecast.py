"""What a line will come to, as known on a day, from the registers themselves."""

from datetime import date, datetime

import pytest

from trekker.events.models import Event
from trekker.events.tests.factories import (
    BRUSSELS,
    AttendanceFactory,
    CourseFactory,
    EventFactory,
    RegistrationFactory,
)
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.plan.forecast import Way
from trekker.plan.queries.figures import dashboard
from trekker.plan.queries.forecast import with_forecast
from trekker.plan.tests.factories import GoalFactory, LineFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 30)
MEETINGS = {"measure": "events.held", "filters": {"kind": ["network_meeting"]}, "unit": "bijeenkomsten"}
ASKED = {"measure": "events.held", "filters": {"on_request": [True]}, "unit": "sessies"}
CAME = {"measure": "participations.count", "filters": {"status": ["attended"]}, "unit": "deelnames"}
HOURS = {"measure": "participations.hours", "filters": {}, "unit": "uren"}
COURSES = {"measure": "courses.given", "filters": {}, "unit": "opleidingen"}
MEMBERS = {"measure": "members.count", "filters": {}, "unit": "leden"}


def on(day, hour=14):
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), BRUSSELS).replace(hour=hour)


def event(day, *, made="2025-01-05", **facts):
    return EventFactory(starts_at=on(day), created_at=on(made), **facts)


def held(day, **facts):
    return event(day, state=Event.State.HELD, **facts)


def crowd(made, registered, came):
    """Register people for an event, of whom the first came to its session; it is settled."""
    session = made.sessions.get()
    session.attendance_at = session.ends_at
    session.save()
    for number in range(registered):
        place = RegistrationFactory(event=made, registered_at=on("2025-01-06"))
        if number < came:
            AttendanceFactory(registration=place, session=session)


def foretold(day=DAY, **line):
    made = LineFactory(**line)
    version = made.indicator.goal.version
    (goal,) = with_forecast(dashboard(version, day, today=date(2027, 2, 1)), version, day)
    return goal.promises[0].figures[0].foretold


class TestOursToDo:
    def test_adds_what_is_planned_with_the_chance_of_our_own_history(self):
        for day in ("2026-01-20", "2026-02-20", "2026-03-20"):
            held(day)
        event("2026-04-02", state=Event.State.CANCELLED)
        event("2026-06-01")
        event("2026-11-01")

        found = foretold(**MEETINGS, target=4)

        assert (found.basis.held, found.basis.dropped, found.basis.chance) == (3, 1, 4 / 6)
        assert found.outlook.way is Way.PLANNED
        assert found.outlook.chance == pytest.approx(1 - (2 / 6) ** 2)
        assert [each.day for each in found.coming] == [date(2026, 6, 1), date(2026, 11, 1)]

    def test_lists_what_is_to_come_with_its_page(self):
        planned = event("2026-06-01", title="Netwerk in Gent")

        (coming,) = foretold(**MEETINGS).coming

        assert coming.title == "Netwerk in Gent"
        assert str(planned.pk) in coming.address

    def test_counts_only_under_the_filters_of_the_line(self):
        event("2026-06-01", kind="training")
        event("2026-06-01", state=Event.State.IDEA)
        event("2027-06-01")
        event("2026-06-01", state=Event.State.CANCELLED)

        found = foretold(**MEETINGS, target=4)

        assert found.coming == ()
        assert found.told == "0 van 4. Nodig: 4 in 8 maanden."

    def test_knows_nothing_of_what_was_planned_after_the_day(self):
        held("2026-09-01", made="2026-03-01")
        event("2026-06-01", made="2026-06-20")

        assert [each.day for each in foretold(**MEETINGS).coming] == [date(2026, 9, 1)]

    def test_keeps_what_is_over_without_anyone_saying_how_it_went(self):
        event("2026-03-01")

        assert len(foretold(**MEETINGS).coming) == 1

    def test_expects_more_at_the_pace_so_far_where_the_calendar_does_not_tell_yet(self):
        for month in (1, 2, 3, 4):
            held(f"2026-0{month}-20", made=f"2026-0{month}-02")

        found = foretold(**MEETINGS, target=8)

        assert found.basis.beyond == pytest.approx((245 - 18.25) / 365, abs=0.01)
        assert 10 <= found.outlook.middle <= 13

    def test_expects_no_more_than_planned_where_all_was_planned_long_before(self):
        held("2026-02-10")
        event("2026-06-01")

        found = foretold(**MEETINGS)

        assert (found.basis.beyond, found.outlook.high) == (0, 2)

    def test_last_year_weighs_half_in_the_pace(self):
        for month in range(1, 10):
            held(f"2025-0{month}-20", made=f"2025-0{month}-02")
        held("2026-02-20", made="2026-02-02")

        found = foretold(**MEETINGS)

        assert found.basis.held_last_year == 9
        assert 4 <= found.outlook.middle <= 6

    @pytest.mark.parametrize(("target", "extra"), [(5, None), (6, 2), (90, None)])
    def test_says_how_many_to_plan(self, target, extra):
        for day in ("2026-01-20", "2026-02-20", "2026-03-20", "2026-04-01"):
            held(day, kind="network_meeting")
        event("2026-11-01")

        assert foretold(**MEETINGS, target=target).to_plan == extra

    @pytest.mark.parametrize(("target", "comparator"), [(None, ">="), (0, ">="), (4, "<="), (4, "=")])
    def test_plans_nothing_more_where_no_more_is_asked(self, target, comparator):
        event("2026-11-01")

        assert foretold(**MEETINGS, target=target, comparator=comparator).to_plan is None


class TestCourses:
    def test_a_course_with_two_editions_counts_once(self):
        course = CourseFactory()
        event("2026-06-01", course=course)
        event("2026-09-01", course=course)

        found = foretold(**COURSES, target=1)

        assert found.outlook.high == 1
        assert found.outlook.chance == pytest.approx(0.75)

    def test_a_course_that_counts_already_does_not_come_again(self):
        course = CourseFactory()
        held("2026-02-01", course=course)
        event("2026-09-01", course=course)

        found = foretold(**COURSES, target=2)

        assert (found.outlook.value, found.coming) == (1, ())

    def test_sees_that_an_edition_to_come_takes_more_days(self):
        course = CourseFactory()
        planned = event("2026-09-01", course=course)
        planned.sessions.create(starts_at=on("2026-09-02"), ends_at=on("2026-09-02", 16), hours=2)
        event("2026-09-08", course=CourseFactory())

        found = foretold(**COURSES | {"filters": {"multi_day": [True]}})

        assert [each.day for each in found.coming] == [date(2026, 9, 1)]


class TestAskedOfUs:
    def test_goes_by_the_pace_of_this_year_and_half_of_the_last(self):
        for month in range(1, 5):
            held(f"2026-0{month}-10", on_request=True)
            held(f"2025-0{month}-10", on_request=True)

        found = foretold(**ASKED, target=6)

        assert found.outlook.way is Way.ASKED
        assert found.basis.last_year == 4
        assert found.outlook.low == 6
        assert found.outlook.chance > 0.8

    def test_a_year_before_the_register_is_not_a_year_of_nothing(self):
        held("2026-02-10", on_request=True)

        assert foretold(**ASKED).basis.last_year is None

    def test_a_year_without_any_says_so_once_others_were_kept(self):
        held("2026-02-10", on_request=True)
        held("2025-02-10")

        assert foretold(**ASKED).basis.last_year == 0

    def test_is_never_less_than_what_is_agreed(self):
        for number in range(1, 10):
            held(f"2026-03-0{number}", on_request=True)
        for _ in range(3):
            event("2026-12-20", on_request=True)

        found = foretold(date(2026, 12, 15), **ASKED)

        assert found.outlook.middle == 12
        assert len(found.coming) == 3

    def test_says_only_what_is_needed_where_nothing_is_known(self):
        assert foretold(**ASKED, target=5).told == "0 van 5. Nodig: 5 in 8 maanden."

    def test_what_is_not_on_request_stays_ours(self):
        event("2026-06-01")

        assert foretold(**ASKED | {"filters": {"on_request": [False]}}).outlook.way is Way.PLANNED


class TestTurnout:
    def test_goes_by_how_many_came_before(self):
        crowd(held("2026-02-10"), 10, 8)
        crowd(held("2026-03-10"), 10, 8)
        event("2026-09-01")

        found = foretold(**CAME, target=30)

        assert found.outlook.way is Way.TURNOUT
        assert (found.basis.usual, found.basis.times) == (8, 2)
        assert (found.basis.came, found.basis.registered, found.basis.show_up) == (16, 20, 80)
        assert 20 <= found.outlook.middle <= 24

    def test_goes_by_registrations_once_they_are_complete(self):
        crowd(held("2026-02-10"), 10, 10)
        crowd(event("2026-05-05"), 4, 0)

        found = foretold(**CAME)

        assert found.outlook.high <= 14

    def test_goes_by_registrations_once_the_deadline_is_over(self):
        crowd(held("2026-02-10"), 10, 10)
        crowd(event("2026-09-05", deadline_at=on("2026-04-01")), 4, 0)

        assert foretold(**CAME).outlook.high <= 14

    def test_counts_registrations_under_the_filter_of_persons(self):
        crowd(held("2026-02-10"), 6, 6)
        planned = event("2026-05-05")
        crowd(planned, 4, 0)
        RegistrationFactory.create_batch(
            9, event=planned, organisation=OrganisationFactory(igs=True), registered_at=on("2026-02-01")
        )

        local = CAME | {"filters": {"status": ["attended"], "organisation_kind": ["local_government"]}}

        assert foretold(**local).outlook.high <= 10

    def test_nobody_at_all_counts_as_a_time_too(self):
        crowd(held("2026-02-10"), 6, 6)
        crowd(held("2026-03-10"), 6, 0)
        event("2026-09-01")

        assert foretold(**CAME).basis.usual == 3

    def test_counts_registrations_alone_where_the_line_does(self):
        crowd(held("2026-02-10"), 10, 2)
        crowd(event("2026-05-05"), 4, 0)

        found = foretold(**CAME | {"filters": {}})

        assert found.outlook.value == 10
        assert found.basis.show_up == 100

    def test_says_nothing_without_earlier_times(self):
        event("2026-09-01")

        found = foretold(**CAME, target=30)

        assert found.told == "0 van 30. Nodig: 30 in 8 maanden."
        assert len(found.coming) == 1

    def test_foretells_hours_from_persons_and_the_hours_of_sessions(self):
        crowd(held("2026-02-10"), 10, 10)
        crowd(held("2026-03-10"), 10, 10)
        event("2026-09-01", session__hours=3)

        found = foretold(**HOURS)

        assert found.basis.usual == 10
        assert found.outlook.value == 40
        assert 55 <= found.outlook.middle <= 66

    @pytest.mark.parametrize(("line", "low", "high"), [(CAME, 45, 70), (HOURS, 90, 140)])
    def test_expects_people_at_what_is_not_planned_yet(self, line, low, high):
        for month in (1, 2, 3, 4):
            crowd(held(f"2026-0{month}-20", made=f"2026-0{month}-02"), 5, 5)

        assert low <= foretold(**line).outlook.middle <= high

    def test_with_nothing_planned_only_says_what_is_needed(self):
        crowd(held("2026-02-10"), 10, 8)

        assert foretold(**CAME, target=30).told == "8 van 30. Nodig: 22 in 8 maanden."


class TestStock:
    def test_gives_a_range_from_the_change_of_each_month(self):
        ChannelFactory()
        for month in ("2025-12-10", "2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"):
            MembershipFactory.create_batch(2, from_on=date.fromisoformat(month))

        found = foretold(**MEMBERS, target=20)

        assert found.outlook.way is Way.LEVEL
        assert found.basis.changes == (2, 2, 2, 2)
        assert found.told == "10 van 20. Waarschijnlijk 26 tot 27. Nodig: 10 in 8 maanden."

    def test_looks_into_last_year_early_in_the_year(self):
        for month in ("2025-08-10", "2025-09-10", "2025-10-10", "2025-11-10", "2025-12-10"):
            MembershipFactory(from_on=date.fromisoformat(month))

        found = foretold(date(2026, 2, 10), **MEMBERS)

        assert found.basis.changes == (1, 1, 1, 1, 0)

    def test_says_nothing_of_a_register_that_just_began(self):
        MembershipFactory(from_on=date(2026, 4, 10))

        assert foretold(**MEMBERS, target=20).told == "1 van 20. Nodig: 19 in 8 maanden."


class TestNothingToForetell:
    @pytest.mark.parametrize(
        "line",
        [
            {"unset": True},
            {"no_register": True},
            {"measure": "feedback.can_use_share", "filters": {}},
            {"filters": {"kleur": ["rood"]}},
        ],
    )
    def test_is_what_has_no_figure(self, line):
        assert foretold(**line) is None

    def test_is_a_year_that_is_over(self):
        assert foretold(date(2026, 12, 31), **MEETINGS) is None

    @pytest.mark.parametrize("measure", ["feedback.responses", "participations.organisations"])
    def test_people_in_groups_and_what_counts_once_have_no_pace(self, measure):
        found = foretold(measure=measure, filters={}, target=30)

        assert found.told == "0 van 30. Nodig: 30 in 8 maanden."

    def test_bears_a_leap_day(self):
        held("2026-02-10")
        line = LineFactory(**MEETINGS, indicator__goal__version__year=2028)
        version = line.indicator.goal.version

        (goal,) = with_forecast(
            dashboard(version, date(2028, 2, 29), today=date(2029, 1, 1)), version, date(2028, 2, 29)
        )

        assert goal.promises[0].figures[0].foretold.outlook.days_left == 306


class TestQuestions:
    @pytest.mark.parametrize("events", [1, 12])
    @pytest.mark.parametrize(
        ("line", "most"), [(MEETINGS, 2), (ASKED, 4), (CAME, 5), (HOURS, 5), (COURSES, 2), (MEMBERS, 1)]
    )
    def test_a_line_costs_at_most_five_whatever_it_counts(
        self, django_assert_max_num_queries, events, line, most
    ):
        for number in range(events):
            crowd(held("2026-02-10", on_request=True), 2, 1)
            event(f"2026-10-{number + 1:02}", on_request=True)
        version = LineFactory(**line, indicator__goal=GoalFactory()).indicator.goal.version
        goals = dashboard(version, DAY, today=DAY)

        with django_assert_max_num_queries(most):
            with_forecast(goals, version, DAY)

    def test_lines_of_one_measure_share_what_they_can(self, django_assert_max_num_queries):
        goal = GoalFactory()
        LineFactory.create_batch(10, indicator__goal=goal, **ASKED)
        goals = dashboard(goal.version, DAY, today=DAY)

        with django_assert_max_num_queries(21):
            with_forecast(goals, goal.version, DAY)
