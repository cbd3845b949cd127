"""
The map of the reach at a hundred times the first user: 110,000 members, 6,000 activities a year.

``python -m tests.load.reach`` prints how large the page is once compressed, how much processor time
it takes, how that compares with the bare SQL of its queries and the empty shell of the back office,
both measured in the same run, and how many queries it asks.
"""

from __future__ import annotations

import gzip
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO
from statistics import median
from zoneinfo import ZoneInfo

MEMBERS = 110_000
YEARS, EVENTS, REGISTRATIONS = (2025, 2026), 6_000, 100_000  # of each year
BATCH = 5_000
ROUNDS = 9
MOST_BYTES, MOST_MS, MOST_QUERIES = 150_000, 100, 24
HELD_UNTIL = date(2026, 11, 22)
BRUSSELS = ZoneInfo("Europe/Brussels")


def fill() -> None:
    """Write the register of organisations, the members with a place each, and a year of activities."""
    from django.core.management import call_command
    from django.utils import timezone

    from trekker.events.models import Attendance, Event, Registration, Session
    from trekker.network.models import Channel, Membership
    from trekker.organisations.models import Organisation
    from trekker.people.models import Person, Position

    call_command("prepare", stdout=StringIO())
    pick = random.Random(1)  # noqa: S311 - invented members
    # A fifth of the organisations is never reached.
    organisations = [pk for pk in Organisation.objects.values_list("pk", flat=True) if pk % 5]
    newsletter, teams = Channel.objects.order_by("pk")[:2]
    for start in range(0, MEMBERS, BATCH):
        people = Person.objects.bulk_create(
            Person(first_name="Fien", last_name=f"Voorbeeld {n}", email=f"fien{n}@voorbeeld.example")
            for n in range(start, min(start + BATCH, MEMBERS))
        )
        Position.objects.bulk_create(
            Position(person=person, organisation_id=pick.choice(organisations)) for person in people
        )
        Membership.objects.bulk_create(
            Membership(
                person=person,
                channel=teams if number % 4 == 0 else newsletter,
                from_on=date(2024, 1, 1) + timedelta(days=pick.randrange(700)),
            )
            for number, person in enumerate(people)
        )
    now = timezone.now()
    for year in YEARS:
        events = []
        for number in range(EVENTS):
            begins = datetime(year, 1, 5, 9, tzinfo=BRUSSELS) + timedelta(hours=pick.randrange(8_400))
            events.append(
                Event(
                    title=f"Activiteit {number}",
                    slug=f"activiteit-{year}-{number}",
                    kind=pick.choice(Event.Kind.values),
                    state=Event.State.HELD if begins.date() < HELD_UNTIL else Event.State.OPEN,
                    starts_at=begins,
                    ends_at=begins + timedelta(hours=3),
                    created_at=now,
                )
            )
        Event.objects.bulk_create(events, batch_size=500)
        sessions = Session.objects.bulk_create(
            (
                Session(
                    event=each, starts_at=each.starts_at, ends_at=each.ends_at, hours=3, attendance_at=now
                )
                for each in events
            ),
            batch_size=500,
        )
        for start in range(0, REGISTRATIONS, BATCH):
            of = [pick.choice(sessions) for _ in range(start, min(start + BATCH, REGISTRATIONS))]
            registrations = Registration.objects.bulk_create(
                Registration(
                    event_id=session.event_id, organisation_id=pick.choice(organisations), registered_at=now
                )
                for session in of
            )
            Attendance.objects.bulk_create(
                Attendance(
                    session=session, registration=registration, present=pick.random() < 0.8, recorded_at=now
                )
                for session, registration in zip(of, registrations, strict=True)
            )


def processor_ms(run: Callable[[], object]) -> float:
    """Give the median milliseconds of processor time of a few runs, after one that warms up."""
    run()
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        run()
        spent.append(1000 * (time.process_time() - began))
    return median(spent)


def main() -> int:
    """Measure, print, and tell whether the promises hold."""
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

    def page() -> bytes:
        response = client.get("/beheer/bereik/", {"jaar": YEARS[-1]})
        assert response.status_code == 200
        return response.content

    def shell() -> None:
        assert client.get("/beheer/plan/nieuw/").status_code == 200

    size = len(gzip.compress(page()))
    with CaptureQueriesContext(connection) as asked:
        page()
    statements = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]

    def bare() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.replace("%", "%%"), [])
                cursor.fetchall()

    sql, empty, whole = processor_ms(bare), processor_ms(shell), processor_ms(page)
    print(f"{MEMBERS:,} members; {EVENTS:,} activities, {REGISTRATIONS:,} registrations in each of {YEARS}")
    print(f"page          {size / 1000:8.0f} kB compressed (at most {MOST_BYTES // 1000})")
    print(f"processor     {whole:8.0f} ms (at most {MOST_MS})")
    print(f"floor         {sql + empty:8.0f} ms: bare SQL {sql:.0f}, an empty page of the office {empty:.0f}")
    print(f"ratio         {whole / (sql + empty):8.2f}")
    print(f"queries       {len(statements):8} (at most {MOST_QUERIES})")
    for spent, said in _slowest(statements):
        print(f"  {spent:7.1f} ms  {said}")
    return int(size > MOST_BYTES or whole > MOST_MS or len(statements) > MOST_QUERIES)


def _slowest(statements: list[str]) -> list[tuple[float, str]]:
    from django.db import connection

    def run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement.replace("%", "%%"), [])
            cursor.fetchall()

    timed = [(processor_ms(lambda each=each: run(each)), each[:90]) for each in statements]
    return sorted(timed, reverse=True)[:6]


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "trekker.config.settings"
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as folder:
        os.environ["TREKKER_DATA_DIR"] = folder
        sys.exit(main())
