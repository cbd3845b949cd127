from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from trekker.events.models import Event, Session
from trekker.events.tests.factories import (
    BRUSSELS,
    STARTS,
    AttendanceFactory,
    CourseFactory,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.kernel.access import Permission, Role
from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period
from trekker.organisations.actions import settle_standings
from trekker.organisations.models import Organisation
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.plan.tests.factories import LineFactory
from trekker.themes.models import Audience, Theme

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)
BRUSSELS_REGION = Organisation.Region.BRUSSELS
OUTSIDE = {"not_in": ["brussels_capital_region"]}


def value(code, period=YEAR, **filters):
    return catalogue[code].value(period, filters)


def unknown(code, label, **filters):
    measure = catalogue[code]
    (asked,) = [each for each in measure.unknowns if each.unit.many == label]
    return list(measure.unknown_rows(asked, YEAR, filters))


def theme(code):
    return Theme.objects.get(code=code)


def settled(event):
    Session.objects.filter(event=event).update(attendance_at=STARTS)
    return event


class TestHeld:
    @pytest.mark.parametrize("state", [state for state in Event.State if state != Event.State.HELD])
    def test_counts_only_what_was_held(self, state):
        EventFactory(state=state)

        assert value("events.held") == 0

    def test_counts_by_the_clock_of_brussels(self):
        EventFactory(held=True, starts_at=datetime(2026, 12, 31, 23, 30, tzinfo=BRUSSELS))
        EventFactory(held=True, starts_at=datetime(2027, 1, 1, 0, 30, tzinfo=BRUSSELS))

        assert value("events.held") == 1
        assert value("events.held", Period.year(2027)) == 1

    def test_a_hybrid_one_is_not_physical(self):
        EventFactory(held=True, format=Event.Format.HYBRID)

        assert value("events.held", format=["physical"]) == 0
        assert value("events.held", format=["hybrid"]) == 1

    def test_schaarbeek_is_not_outside_brussels(self):
        EventFactory(held=True, physical=True, region=BRUSSELS_REGION)
        EventFactory(held=True, physical=True, region=Organisation.Region.FLANDERS)

        assert value("events.held", region=OUTSIDE) == 1
        assert value("events.held", region=["brussels_capital_region"]) == 1

    def test_nobody_knows_whether_a_place_without_municipality_lies_outside_brussels(self):
        nowhere = EventFactory(held=True, physical=True)
        EventFactory(held=True)

        assert value("events.held", region=OUTSIDE) == 0
        assert unknown("events.held", "activiteiten zonder gemeente", region=OUTSIDE) == [nowhere]
        assert unknown("events.held", "activiteiten zonder gemeente", region=OUTSIDE, kind=["workshop"]) == []
        assert unknown("events.held", "activiteiten zonder gemeente") == []

    def test_says_what_is_over_without_a_word_on_whether_it_was_held(self):
        over = EventFactory(state=Event.State.CONFIRMED)
        EventFactory(state=Event.State.CANCELLED)
        EventFactory(state=Event.State.OPEN, starts_at=STARTS + timedelta(days=900))

        assert unknown("events.held", "activiteiten zonder uitkomst", kind=["network_meeting"]) == [over]
        assert unknown("events.held", "activiteiten zonder uitkomst", kind=["workshop"]) == []

    def test_finds_an_organiser_by_name_in_capitals_or_not_and_counts_once(self):
        event = EventFactory(held=True)
        event.organisers.set([OrganisationFactory(name="Mediawijs"), OrganisationFactory(name="VVSG")])

        assert value("events.held", organiser=["mediawijs", "VVSG"]) == 1
        assert value("events.held", organiser=["Diverscity"]) == 0
        assert value("events.held", organiser={"not_in": ["Mediawijs"]}) == 0

    def test_a_focus_group_counts_for_one_purpose(self):
        EventFactory(held=True, kind=Event.Kind.FOCUS_GROUP, purpose=Event.Purpose.OUTREACH)

        assert value("events.held", purpose=["outreach"]) == 1
        assert value("events.held", purpose=["evaluate_tools"]) == 0

    def test_what_was_asked_of_us_is_apart_from_what_was_not(self):
        EventFactory(held=True, on_request=True)

        assert value("events.held", on_request=[True]) == 1
        assert value("events.held", on_request=[False]) == 0


class TestParticipations:
    def test_counts_who_was_at_one_session_or_more_once(self):
        event = EventFactory(held=True)
        second = SessionFactory(event=event, starts_at=STARTS + timedelta(days=1))
        came = RegistrationFactory(event=event)
        for session in event.sessions.all():
            AttendanceFactory(registration=came, session=session)
        AttendanceFactory(registration=RegistrationFactory(event=event), session=second, present=False)
        RegistrationFactory(event=event)

        assert value("participations.count", status=["attended"]) == 1
        assert value("participations.count", status=["registered"]) == 3
        assert value("participations.count") == 3

    def test_the_waiting_list_takes_no_part(self):
        event = EventFactory(held=True)
        RegistrationFactory(event=event, waiting=True)
        RegistrationFactory(event=event, cancelled=True)

        assert value("participations.count", status=["registered"]) == 0

    def test_an_ocmw_counts_as_a_local_government(self):
        municipality = OrganisationFactory()
        ocmw = OrganisationFactory(ocmw=True, counts_as=municipality)
        partner = OrganisationFactory(kind=Organisation.Kind.PARTNER)
        settle_standings()
        event = EventFactory(held=True)
        for organisation in (municipality, ocmw, partner, None):
            RegistrationFactory(event=event, organisation=organisation)

        assert value("participations.count", organisation_kind=["local_government"]) == 2
        assert value("participations.count", organisation_kind={"not_in": ["local_government"]}) == 1
        assert (
            len(
                unknown(
                    "participations.count",
                    "deelnames zonder organisatie",
                    organisation_kind=["local_government"],
                )
            )
            == 1
        )

    def test_says_nothing_of_organisations_where_they_are_not_asked(self):
        RegistrationFactory(event=EventFactory(held=True), organisation=None)

        assert unknown("participations.count", "deelnames zonder organisatie") == []

    def test_says_which_activities_have_no_list_with_registrations_or_without(self):
        event = EventFactory(held=True)
        settled(EventFactory(held=True))
        EventFactory(held=True, kind=Event.Kind.INTERVISION)
        lists = "activiteiten zonder aanwezigheidslijst"

        assert unknown(
            "participations.count",
            lists,
            status=["attended"],
            kind=["network_meeting"],
            organisation_kind=["igs"],
        ) == [event]
        assert unknown("participations.count", lists, status=["registered"]) == []
        assert unknown("participations.count", lists) == []

    def test_who_stayed_away_is_known_only_where_there_is_a_list(self):
        RegistrationFactory(event=EventFactory(held=True))
        RegistrationFactory(event=settled(EventFactory(held=True)))

        assert value("participations.count", status={"not_in": ["attended"]}) == 1

    def test_shows_no_names(self):
        RegistrationFactory(event=EventFactory(held=True), first_name="Fien", last_name="Geheim")
        measure = catalogue["participations.count"]
        (row,) = measure.rows(YEAR, {})

        shown = [str(column.value(row)) for column in measure.listing.columns]

        assert not any("Fien" in cell or "Geheim" in cell for cell in shown)
        assert measure.listing.seen_by is Permission.EVENTS_VIEW


class TestHours:
    @pytest.mark.parametrize(
        ("hours", "lasts", "minutes", "counted"),
        [
            ("2.00", 120, None, "2.00"),
            ("2.00", 120, 60, "1.00"),
            ("2.00", 120, 500, "2.00"),
            ("2.00", 120, 0, "0.00"),
            ("1.50", 120, 60, "0.75"),  # half an hour of break
            ("2.75", 180, 90, "1.38"),  # 1.375: half up
            ("1.50", 90, 40, "0.67"),
            ("1.15", 60, 30, "0.58"),  # 0.575, which no float can hold
        ],
    )
    def test_are_the_part_someone_was_there(self, hours, lasts, minutes, counted):
        event = EventFactory(
            held=True, ends_at=STARTS + timedelta(minutes=lasts), session__hours=Decimal(hours)
        )
        AttendanceFactory(registration__event=event, minutes=minutes)

        assert value("participations.hours") == Decimal(counted)

    def test_leave_out_who_was_absent_and_what_was_not_held(self):
        AttendanceFactory(present=False)
        AttendanceFactory(registration=RegistrationFactory(event__state=Event.State.CONFIRMED))

        assert value("participations.hours") == 0

    def test_leave_out_who_is_no_longer_registered_like_participations_do(self):
        AttendanceFactory(registration__event__held=True, registration__cancelled=True)

        assert value("participations.hours") == value("participations.count", status=["attended"]) == 0

    def test_count_only_the_half_day_that_is_about_the_theme(self):
        event = EventFactory(held=True, training=True, session=False)
        morning = SessionFactory(event=event, hours=3, theme=theme("digital_help"))
        afternoon = SessionFactory(event=event, hours=3, theme=theme("inclusive_communication"))
        SessionFactory(event=event, hours=3)
        registration = RegistrationFactory(event=event)
        for session in (morning, afternoon):
            AttendanceFactory(registration=registration, session=session)

        assert value("participations.hours", session_theme=["digital_inclusion"]) == 3
        assert value("participations.hours", session_theme={"not_in": ["digital_inclusion"]}) == 3
        assert value("participations.hours") == 6

    def test_are_unknown_only_where_a_session_on_the_theme_has_no_list(self):
        event = EventFactory(held=True, training=True, session=False)
        SessionFactory(event=event, theme=theme("digital_help"), attendance_at=STARTS)
        SessionFactory(event=event, theme=theme("inclusive_communication"))
        lists = "activiteiten zonder aanwezigheidslijst"

        assert unknown("participations.hours", lists) == [event]
        assert unknown("participations.hours", lists, session_theme=["digital_inclusion"]) == []
        assert unknown("participations.hours", lists, session_theme={"not_in": ["digital_inclusion"]}) == [
            event
        ]

    def test_belong_to_the_day_of_the_session(self):
        event = EventFactory(held=True)
        later = SessionFactory(event=event, starts_at=datetime(2027, 1, 5, 9, tzinfo=BRUSSELS))
        AttendanceFactory(registration__event=event, session=later)

        assert value("participations.hours") == 0
        assert value("participations.hours", Period.year(2027)) == 2


class TestCourses:
    def test_one_given_twice_counts_once(self):
        course = CourseFactory()
        for _ in range(2):
            EventFactory(held=True, training=True, course=course)
        EventFactory(held=True, training=True)
        EventFactory(training=True, course=CourseFactory())

        assert value("courses.given") == 1

    @pytest.mark.parametrize(("hours", "more"), [(1, False), (11, True)])
    def test_more_days_are_days_by_the_clock_of_brussels(self, hours, more):
        # At 22:00 in London it is 23:00 here; an hour on it is still the same day in London.
        first = datetime(2026, 4, 16, 13, tzinfo=BRUSSELS)
        event = EventFactory(held=True, training=True, course=CourseFactory(), starts_at=first)
        SessionFactory(event=event, starts_at=first + timedelta(hours=hours))

        assert value("courses.given", multi_day=[True]) == int(more)
        assert value("courses.given", multi_day=[False]) == int(not more)
        assert value("courses.given", multi_day=[True, False]) == 1

    def test_follow_provider_place_audience_theme_and_role(self):
        course = CourseFactory(provider=OrganisationFactory(name="Diverscity"), focus="part")
        course.themes.set([theme("digital_help")])
        course.audiences.set(Audience.objects.filter(code="local_government_staff"))
        EventFactory(held=True, training=True, course=course, our_role="supporter")

        for filters in (
            {"provider": ["diverscity"]},
            {"focus": ["part"]},
            {"audience": ["local_government_staff"]},
            {"theme": ["digital_inclusion"]},
            {"our_role": ["supporter"]},
        ):
            assert value("courses.given", **filters) == 1, filters
        for filters in (
            {"provider": ["VVSG"]},
            {"focus": ["main"]},
            {"audience": ["professionals"]},
            {"theme": ["inclusive_communication"]},
            {"our_role": ["organiser"]},
        ):
            assert value("courses.given", **filters) == 0, filters


def test_the_choices_of_themes_and_audiences_come_from_their_registers():
    Theme.objects.create(code="ai", name="kunstmatige intelligentie", words="chatbots")
    measure = catalogue["courses.given"]

    themes = {choice.value: choice for choice in measure.filter("theme").all_choices()}

    assert themes["ai"].words == ("chatbots",)
    assert themes["digital_inclusion"].words == (r"digitale[- ]inclusie",)
    measure.check({"theme": ["ai"], "audience": ["frontline_staff"]})


class TestOnScreen:
    def test_the_rows_lead_to_the_activity_and_say_no_name(self, as_role):
        line = LineFactory(measure="participations.count", filters={"status": ["attended"]})
        event = settled(EventFactory(held=True, title="Netwerk in Hasselt"))
        AttendanceFactory(registration__event=event, registration__first_name="Fien")

        address = reverse("plan:rows", args=[line.pk])
        page = as_role(Role.PROGRAMME_OFFICER).get(address, {"op": "2026-12-31"}).content.decode()

        assert f'<a href="{reverse("event:inspect", args=[event.pk])}">Netwerk in Hasselt</a>' in page
        assert "Fien" not in page


def test_the_day_of_a_period_is_a_day_here():
    EventFactory(held=True, starts_at=datetime(2026, 3, 31, 23, 59, tzinfo=BRUSSELS))

    assert value("events.held", YEAR.until(date(2026, 3, 30))) == 0
    assert value("events.held", YEAR.until(date(2026, 3, 31))) == 1
