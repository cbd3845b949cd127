"""
The dashboard at a hundred times the first user: 110,000 members.

``python -m tests.load.dashboard`` prints, for the whole page, how many queries it asks and how its
time compares with the bare SQL of those same queries, run on the same connection.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trekker.plan.models import Goal

MEMBERS = 110_000
ROUNDS = 5
MOST_RATIO = 1.5
MOST_QUERIES = 10  # for each measure
DAY = date(2026, 11, 22)


def fill() -> None:
    """Write the register of organisations, a plan with its four lines of members, and the members."""
    from django.core.management import call_command
    from django.utils import timezone

    from trekker.plan.models import Plan, PlanVersion

    call_command("prepare", stdout=StringIO())
    fill_members()
    version = PlanVersion.objects.create(
        plan=Plan.objects.create(title="Meting"),
        year=2026,
        state="ADOPTED",
        adopted_on=DAY,
        in_force_from=date(2026, 1, 1),
        made_at=timezone.now(),
    )
    promise_members(version.goals.create(code="OD1.1", title="Netwerk"))


def fill_members() -> None:
    """Write the members, each with a place at an organisation."""
    from trekker.network.models import Channel, Membership
    from trekker.organisations.models import Organisation
    from trekker.people.models import Person, Position

    pick = random.Random(1)  # noqa: S311 - invented members
    organisations = list(Organisation.objects.all())
    channels = list(Channel.objects.order_by("pk"))
    for start in range(0, MEMBERS, 5_000):
        numbers = range(start, min(start + 5_000, MEMBERS))
        people = Person.objects.bulk_create(
            Person(first_name="Fien", last_name=f"Voorbeeld {n}", email=f"fien{n}@voorbeeld.example")
            for n in numbers
        )
        Position.objects.bulk_create(
            Position(person=person, organisation=pick.choice(organisations)) for person in people
        )
        Membership.objects.bulk_create(
            Membership(
                person=person,
                channel=channels[number % 4 == 0],
                from_on=date(2024, 1, 1) + timedelta(days=pick.randrange(1_000)),
            )
            for number, person in enumerate(people)
        )


def promise_members(goal: Goal) -> None:
    """Promise the four figures of members under a goal."""
    from trekker.network.models import Channel
    from trekker.plan.models import IndicatorLine

    newsletter, teams = (channel.code for channel in Channel.objects.order_by("pk")[:2])
    for measure, filters in (
        ("members.count", {"channel": [newsletter]}),
        ("members.count", {"channel": [teams]}),
        ("members.organisations", {"channel": [newsletter], "organisation_kind": ["local_government"]}),
        ("members.organisations", {"channel": [newsletter], "organisation_kind": ["igs"]}),
    ):
        indicator = goal.indicators.create(text=measure)
        IndicatorLine.objects.create(indicator=indicator, measure=measure, filters=filters, target=100)


def typical(run: Callable[[], object]) -> float:
    """Give the median seconds of a few runs, after one that warms up."""
    run()
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    return median(seconds)


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

    counting = [sql for sql in statements if '"network_membership"' in sql]
    floor, whole = typical(bare), typical(page)
    lines = 4
    print(f"{MEMBERS:,} members on {connection.vendor}, {lines} lines with their year month by month")
    print(f"bare SQL      {1000 * floor:8.0f} ms")
    ratio = whole / floor
    print(f"whole page    {1000 * whole:8.0f} ms   {ratio:.2f} times the bare SQL (at most {MOST_RATIO})")
    each = len(counting) / lines
    print(f"queries       {len(statements):8}      {each:.1f} for each line (under {MOST_QUERIES})")
    return int(ratio > MOST_RATIO or each >= MOST_QUERIES)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "trekker.config.settings"
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as folder:
        os.environ["TREKKER_DATA_DIR"] = folder
        sys.exit(main())
