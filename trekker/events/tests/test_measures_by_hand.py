"""The figures of activities against a count by hand, over invented years."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trekker.events.models import Attendance, Course, Event, Registration, Session
from trekker.events.tests.factories import BRUSSELS, NOW
from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period
from trekker.organisations.models import Organisation
from trekker.themes.models import Theme

YEAR = Period.year(2026)
THEMES = (None, "digital_inclusion", "online_safety", "inclusive_communication")
ON_INCLUSION = {"digital_inclusion", "online_safety"}  # the second is part of the first

presences = st.one_of(st.none(), st.tuples(st.booleans(), st.one_of(st.none(), st.integers(0, 300))))
sessions = st.fixed_dictionaries(
    {
        "day": st.dates(date(2025, 11, 1), date(2027, 2, 1)),
        "hour": st.integers(0, 23),
        "lasts": st.integers(1, 300),
        "hundredths": st.integers(0, 800),
        "theme": st.sampled_from(THEMES),
        "settled": st.booleans(),
        "came": st.lists(presences, min_size=3, max_size=3),
    }
)
events = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Event.Kind.values),
        "state": st.sampled_from([Event.State.HELD, Event.State.HELD, Event.State.CONFIRMED]),
        "our_role": st.sampled_from(["organiser", "supporter"]),
        "format": st.sampled_from(Event.Format.values),
        "region": st.sampled_from(["", *Organisation.Region.values]),
        "purpose": st.sampled_from(["", *Event.Purpose.values]),
        "course": st.sampled_from([None, 0, 1]),
        "statuses": st.lists(st.sampled_from(Registration.Status.values), min_size=3, max_size=3),
        "sessions": st.lists(sessions, min_size=1, max_size=3),
    }
)


def starts(session) -> datetime:
    local = datetime.combine(session["day"], time(session["hour"]), BRUSSELS)
    return local.astimezone(UTC)  # so that what is added to it is time that passes, also in summer time


def year_of(moment) -> int:
    return moment.astimezone(BRUSSELS).year


def stored(year) -> None:
    courses = [Course.objects.create(title=f"Opleiding {number}") for number in range(2)]
    themes = {theme.code: theme for theme in Theme.objects.all()}
    for number, each in enumerate(year):
        facts = {name: each[name] for name in ("kind", "state", "our_role", "format", "region", "purpose")}
        ordered = sorted(each["sessions"], key=starts)
        event = Event.objects.create(
            title=f"Activiteit {number}",
            slug=f"activiteit-{number}",
            course=None if each["course"] is None else courses[each["course"]],
            starts_at=starts(ordered[0]),
            ends_at=max(starts(one) + timedelta(minutes=one["lasts"]) for one in ordered),
            created_at=NOW,
            **facts,
        )
        people = [
            Registration.objects.create(
                event=event,
                status=status,
                registered_at=NOW,
                cancelled_at=NOW if status == "CANCELLED" else None,
            )
            for status in each["statuses"]
        ]
        for one in ordered:
            session = Session.objects.create(
                event=event,
                starts_at=starts(one),
                ends_at=starts(one) + timedelta(minutes=one["lasts"]),
                hours=Decimal(one["hundredths"]) / 100,
                theme=themes.get(one["theme"]),
                attendance_at=NOW if one["settled"] else None,
            )
            for person, came in zip(people, one["came"], strict=True):
                if came:
                    Attendance.objects.create(
                        session=session,
                        registration=person,
                        present=came[0],
                        minutes=came[1],
                        recorded_at=NOW,
                    )


def held(year):
    return [
        each
        for each in year
        if each["state"] == Event.State.HELD
        and year_of(min(map(starts, each["sessions"]))) == YEAR.start.year
    ]


def hours(session, came) -> Decimal:
    """Give what one person took of a session, to the hundredth."""
    if not came or not came[0]:
        return Decimal(0)
    there = session["lasts"] if came[1] is None else min(came[1], session["lasts"])
    share = Decimal(session["hundredths"]) * there / session["lasts"]
    return share.quantize(Decimal(1), ROUND_HALF_UP) / 100


class TestFiguresOverInventedYears(TestCase):
    @given(year=st.lists(events, max_size=4), kinds=st.lists(st.sampled_from(Event.Kind.values), min_size=1))
    @settings(max_examples=60, deadline=None)
    def test_equal_a_count_by_hand(self, year, kinds):
        stored(year)

        assert catalogue["events.held"].value(YEAR, {"kind": kinds}) == sum(
            e["kind"] in kinds for e in held(year)
        )
        outside = {"format": ["physical"], "region": {"not_in": ["brussels_capital_region"]}}
        assert catalogue["events.held"].value(YEAR, outside) == sum(
            e["format"] == "physical" and e["region"] in {"flanders", "wallonia"} for e in held(year)
        )
        assert catalogue["participations.count"].value(YEAR, {"kind": kinds, "status": ["attended"]}) == sum(
            status == "REGISTERED" and any((s["came"][place] or (False,))[0] for s in e["sessions"])
            for e in held(year)
            if e["kind"] in kinds
            for place, status in enumerate(e["statuses"])
        )
        assert catalogue["courses.given"].value(YEAR, {}) == len(
            {e["course"] for e in held(year) if e["course"] is not None}
        )
        assert catalogue["courses.given"].value(YEAR, {"multi_day": [True]}) == len(
            {
                e["course"]
                for e in held(year)
                if e["course"] is not None and len({s["day"] for s in e["sessions"]}) > 1
            }
        )

    @given(year=st.lists(events, max_size=4))
    @settings(max_examples=60, deadline=None)
    def test_hours_equal_a_count_by_hand_and_the_sum_of_their_rows(self, year):
        stored(year)
        measure = catalogue["participations.hours"]
        column = next(each for each in measure.listing.columns if each.label == "uren")

        for filters, themes in (({}, set(THEMES)), ({"session_theme": ["digital_inclusion"]}, ON_INCLUSION)):
            by_hand = sum(
                hours(session, came)
                for each in year
                if each["state"] == Event.State.HELD
                for session in each["sessions"]
                if year_of(starts(session)) == YEAR.start.year and session["theme"] in themes
                for came, status in zip(session["came"], each["statuses"], strict=True)
                if status == "REGISTERED"
            )
            rows = measure.rows(YEAR, filters)
            assert measure.value(YEAR, filters) == by_hand
            assert sum(column.value(row) for row in rows) == by_hand
            assert measure.series([YEAR], filters) == [by_hand]

    @given(year=st.lists(events, max_size=4))
    @settings(max_examples=40, deadline=None)
    def test_one_focus_group_never_counts_for_two_purposes(self, year):
        stored(year)
        measure = catalogue["events.held"]
        purposes = [choice.value for choice in measure.filter("purpose").all_choices()]

        seen = Counter(row.pk for purpose in purposes for row in measure.rows(YEAR, {"purpose": [purpose]}))

        assert max(seen.values(), default=0) <= 1

    @given(year=st.lists(events, max_size=4))
    @settings(max_examples=40, deadline=None)
    def test_what_is_unknown_is_every_held_activity_that_lacks_a_list(self, year):
        stored(year)
        measure = catalogue["participations.count"]

        rows = measure.unknown_rows(measure.unknowns[0], YEAR, {"status": ["attended"]})

        lacking = sum(not all(s["settled"] for s in e["sessions"]) for e in held(year))
        assert rows.count() == lacking

    @given(year=st.lists(events, max_size=4))
    @settings(max_examples=40, deadline=None)
    def test_a_year_month_by_month_is_each_month_asked_apart(self, year):
        stored(year)
        months = [YEAR.until(day) for day in YEAR.month_ends()]

        for code, filters in (
            ("events.held", {"region": {"not_in": ["brussels_capital_region"]}}),
            ("participations.count", {"status": ["attended"]}),
            ("participations.hours", {"session_theme": ["digital_inclusion"]}),
            ("courses.given", {"multi_day": [False]}),
        ):
            measure = catalogue[code]
            assert measure.series(months, filters) == [measure.value(month, filters) for month in months]
