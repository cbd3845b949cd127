"""
The figures of activities at a hundred times the first user: 6,000 activities a year.

``python -m tests.load.figures`` prints, for the dashboard with the fourteen lines of the plan that
count activities, participations, hours and courses, how its time compares with the bare SQL of its
own queries on the same connection, and which queries take longest.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

from tests.load.dashboard import typical

YEARS, EVENTS, REGISTRATIONS, COURSES = (2025, 2026), 6_000, 250_000, 400
ANSWERS, FOLLOWED = 12, 6  # to the evaluation of each event that was held in the last year
MOST_RATIO = 1.5
MOST_QUERIES = 10  # for each line
DAY = date(2026, 11, 22)
BRUSSELS = ZoneInfo("Europe/Brussels")
NETWORK, INFO, TRAINING = ["network_meeting"], ["info_session"], ["training"]
LINES = (
    ("events.held", {"kind": NETWORK}),
    (
        "events.held",
        {"kind": NETWORK, "format": ["physical"], "region": {"not_in": ["brussels_capital_region"]}},
    ),
    (
        "participations.count",
        {"kind": NETWORK, "organisation_kind": ["local_government", "igs"], "status": ["attended"]},
    ),
    ("events.held", {"kind": ["intervision"]}),
    ("events.held", {"kind": INFO, "our_role": ["organiser"]}),
    ("participations.hours", {"kind": INFO, "our_role": ["organiser"]}),
    (
        "events.held",
        {"kind": ["inspiration_event"], "organiser": ["Mediawijs"], "our_role": ["supporter"]},
    ),
    (
        "events.held",
        {"kind": ["info_session", "presentation", "workshop"], "on_request": [True], "our_role": ["speaker"]},
    ),
    (
        "courses.given",
        {
            "organiser": ["Mediawijs"],
            "our_role": ["supporter"],
            "multi_day": [True],
            "theme": ["digital_inclusion"],
        },
    ),
    ("courses.given", {"provider": ["VVSG", "Diverscity"], "focus": ["part"]}),
    ("courses.given", {"our_role": ["organiser"], "focus": ["main"], "audience": ["local_government_staff"]}),
    ("participations.hours", {"kind": TRAINING, "session_theme": ["digital_inclusion"]}),
    ("events.held", {"kind": ["focus_group"], "purpose": ["evaluate_tools"]}),
    ("events.held", {"kind": ["focus_group"], "purpose": ["outreach"]}),
)


def fill() -> None:
    """Write the register of organisations, a plan with fourteen lines, and two years of activities."""
    from django.core.management import call_command
    from django.utils import timezone

    from trekker.events.models import Attendance, Course, Event, Registration, Session
    from trekker.organisations.models import Organisation
    from trekker.plan.models import IndicatorLine, Plan, PlanVersion
    from trekker.themes.models import Audience, Theme

    call_command("prepare", stdout=StringIO())
    pick = random.Random(1)  # noqa: S311 - invented activities
    parties = [
        Organisation.objects.create(name=name, kind="PARTNER") for name in ("Mediawijs", "VVSG", "Diverscity")
    ]
    organisations = list(Organisation.objects.exclude(kind="PARTNER").values_list("pk", flat=True))
    themes = list(Theme.objects.values_list("pk", flat=True))
    courses = Course.objects.bulk_create(
        Course(title=f"Opleiding {n}", provider=pick.choice(parties), focus=pick.choice(Course.Focus.values))
        for n in range(COURSES)
    )
    for link, terms in ((Course.themes.through, themes), (Course.audiences.through, [None])):
        audience = Audience.objects.get(code="local_government_staff").pk
        link.objects.bulk_create(
            link(
                course_id=course.pk,
                **({"theme_id": pick.choice(terms)} if terms[0] else {"audience_id": audience}),
            )
            for course in courses[::2]
        )
    now = timezone.now()
    for year in YEARS:
        events = []
        for number in range(EVENTS):
            begins = datetime(year, 1, 5, 9, tzinfo=BRUSSELS) + timedelta(hours=pick.randrange(8_400))
            kind = pick.choice(Event.Kind.values)
            events.append(
                Event(
                    title=f"Activiteit {number}",
                    slug=f"activiteit-{year}-{number}",
                    kind=kind,
                    state=Event.State.HELD if begins.date() < DAY else Event.State.OPEN,
                    our_role=pick.choice(["organiser", "supporter", "speaker"]),
                    format=pick.choice(Event.Format.values),
                    region=pick.choice(Organisation.Region.values),
                    purpose=pick.choice(Event.Purpose.values) if kind == "focus_group" else "",
                    on_request=pick.random() < 0.2,
                    course=pick.choice(courses) if kind == "training" else None,
                    starts_at=begins,
                    ends_at=begins + timedelta(hours=3),
                    created_at=now,
                )
            )
        events = Event.objects.bulk_create(events, batch_size=500)
        link = Event.organisers.through
        link.objects.bulk_create(
            (link(event_id=event.pk, organisation_id=pick.choice(parties).pk) for event in events),
            batch_size=500,
        )
        sessions = Session.objects.bulk_create(
            (
                Session(
                    event=event,
                    starts_at=event.starts_at + timedelta(days=day),
                    ends_at=event.starts_at + timedelta(days=day, hours=3),
                    hours=Decimal("2.75"),
                    theme_id=pick.choice(themes),
                    attendance_at=now if pick.random() < 0.95 else None,
                )
                for event in events
                for day in range(1 + (event.kind == "training"))
            ),
            batch_size=500,
        )
        of_event: dict[int, list[Session]] = {}
        for session in sessions:
            of_event.setdefault(session.event_id, []).append(session)
        share = REGISTRATIONS // len(YEARS)
        for start in range(0, share, 5_000):
            registrations = Registration.objects.bulk_create(
                Registration(
                    event=pick.choice(events),
                    organisation_id=pick.choice(organisations),
                    registered_at=now,
                )
                for _ in range(start, min(start + 5_000, share))
            )
            Attendance.objects.bulk_create(
                Attendance(
                    session=session,
                    registration=registration,
                    present=pick.random() < 0.8,
                    minutes=pick.randrange(200),
                    recorded_at=now,
                )
                for registration in registrations
                for session in of_event[registration.event_id]
            )
    evaluate([event for event in events if event.state == Event.State.HELD], organisations, pick)
    version = PlanVersion.objects.create(
        plan=Plan.objects.create(title="Meting"),
        year=2026,
        state="ADOPTED",
        adopted_on=DAY,
        in_force_from=date(2026, 1, 1),
        made_at=now,
    )
    goal = version.goals.create(code="OD1.1", title="Activiteiten")
    for measure, filters in LINES:
        indicator = goal.indicators.create(text=measure)
        IndicatorLine.objects.create(indicator=indicator, measure=measure, filters=filters, target=100)


def evaluate(events: list, organisations: list[int], pick: random.Random) -> None:
    """Write an evaluation of each event, closed, with answers and follow-ups."""
    from trekker.events.models import Event
    from trekker.feedback.models import Answer, Evaluation, FollowUp, Question, Questionnaire, Response

    form = Questionnaire.objects.all().standard_for("training")
    question = Question.objects.get(questionnaire=form, code="can_use")
    evaluations = Evaluation.objects.bulk_create(
        (
            Evaluation(
                title=event.title,
                kind=event.kind,
                about_on=event.ends_at.date(),
                questionnaire=form,
                audience_size=2 * ANSWERS,
                opens_at=event.ends_at,
                closes_at=event.ends_at + timedelta(days=21),
                closed_at=event.ends_at + timedelta(days=22),
                created_at=event.ends_at,
            )
            for event in events
        ),
        batch_size=500,
    )
    for event, evaluation in zip(events, evaluations, strict=True):
        event.evaluation = evaluation
    Event.objects.bulk_update(events, ["evaluation"], batch_size=200)
    numbers = iter(range(1, len(events) * ANSWERS + 1))
    for start in range(0, len(evaluations), 400):
        responses = Response.objects.bulk_create(
            Response(number=next(numbers), evaluation=evaluation, organisation_id=pick.choice(organisations))
            for evaluation in evaluations[start : start + 400]
            for _ in range(ANSWERS)
        )
        said = question.choices
        Answer.objects.bulk_create(
            Answer(response=each, question=question, choice=pick.choice(said)) for each in responses
        )
        FollowUp.objects.bulk_create(
            FollowUp(response=each, due_on=DAY, outcome=pick.choice(FollowUp.Outcome.values), answered_on=DAY)
            for each in responses
            if each.number % ANSWERS < FOLLOWED
        )


def main() -> int:
    """Measure, print the ratio, and tell whether the promises hold."""
    import django

    django.setup()
    from django.contrib.auth.models import Group
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from trekker.kernel.access import Role
    from trekker.people.models import Account

    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    officer = Account.objects.create_user("meting@voorbeeld.example")
    officer.groups.add(Group.objects.get(name=Role.PROGRAMME_OFFICER.value))
    client = Client(headers={"host": "localhost"})
    client.force_login(officer)

    def page() -> None:
        assert client.get("/beheer/", {"op": DAY.isoformat()}).status_code == 200

    page()
    with CaptureQueriesContext(connection) as asked:
        page()
    statements = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]

    def bare() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.replace("%", "%%"), [])
                cursor.fetchall()

    floor, whole = typical(bare), typical(page)
    each = sum('"events_' in sql for sql in statements) / len(LINES)
    ratio = whole / floor
    print(
        f"{EVENTS:,} activities a year, {REGISTRATIONS:,} registrations on {connection.vendor}, "
        f"{len(LINES)} lines with their year month by month"
    )
    print(f"bare SQL      {1000 * floor:8.0f} ms")
    print(f"whole page    {1000 * whole:8.0f} ms   {ratio:.2f} times the bare SQL (at most {MOST_RATIO})")
    print(f"queries       {len(statements):8}      {each:.1f} for each line (under {MOST_QUERIES})")
    for seconds, sql in _slowest(statements):
        print(f"  {1000 * seconds:7.0f} ms  {sql}")
    return int(ratio > MOST_RATIO or each >= MOST_QUERIES)


def _slowest(statements: list[str]) -> list[tuple[float, str]]:
    from django.db import connection

    timed = []
    for statement in statements:
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(statement.replace("%", "%%"), [])
            cursor.fetchall()
        table = statement.partition(" FROM ")[2].split(" ")[0]
        timed.append((time.perf_counter() - began, f"{table} {len(statement)} characters"))
    return sorted(timed, reverse=True)[:6]


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "trekker.config.settings"
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as folder:
        os.environ["TREKKER_DATA_DIR"] = folder
        sys.exit(main())
