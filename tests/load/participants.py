"""
A list of 10,000 participants: its page and its downloads, against bare Python on the same rows.

``python -m tests.load.participants`` prints milliseconds and ratios. The floor of the page is the
bare SQL of its own queries; that of CSV and XLSX writes the same cells, already in memory, with the
csv module and XlsxWriter.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

PEOPLE = 10_000
ROUNDS = 3
MOST_MS = {"page": 100, "csv": 1_000, "xlsx": 3_000}
MOST_RATIO = {"csv": 40, "xlsx": 6}


def fill():
    """Write an event with its participants, of three hundred organisations."""
    from io import StringIO

    from django.core.management import call_command
    from django.utils import timezone

    from trekker.events.models import Event, Registration
    from trekker.organisations.models import Organisation
    from trekker.people.models import Person

    call_command("prepare", stdout=StringIO())
    now = timezone.now()
    event = Event.objects.create(
        title="Meting",
        slug="meting",
        kind=Event.Kind.NETWORK_MEETING,
        state=Event.State.OPEN,
        starts_at=now,
        ends_at=now + timedelta(hours=2),
        created_at=now,
    )
    event.sessions.create(starts_at=event.starts_at, ends_at=event.ends_at, hours=2)
    places = list(Organisation.objects.order_by("pk")[:300])
    people = Person.objects.bulk_create(
        Person(first_name=f"Fien {n}", last_name=f"Voorbeeld {n % 977}", email=f"fien{n}@voorbeeld.example")
        for n in range(PEOPLE)
    )
    Registration.objects.bulk_create(
        Registration(
            event=event,
            person=each,
            first_name=each.first_name,
            last_name=each.last_name,
            email=each.email,
            organisation=places[place % len(places)],
            registered_at=now,
        )
        for place, each in enumerate(people)
    )
    return event


def typical(run: Callable[[], object]) -> float:
    """Give the median milliseconds of processor time of a few runs, after one that warms up."""
    run()
    seconds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        run()
        seconds.append(time.process_time() - began)
    return 1_000 * median(seconds)


def main() -> int:
    """Measure, print, and tell whether the promises hold."""
    import django

    django.setup()
    import xlsxwriter
    from django.contrib.auth.models import Group
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from trekker.kernel.access import Role
    from trekker.people.models import Account

    event = fill()
    officer = Account.objects.create_user("meting@voorbeeld.example")
    officer.groups.add(Group.objects.get(name=Role.PROGRAMME_OFFICER.value))
    client = Client(headers={"host": "localhost"})
    client.force_login(officer)
    address = f"/beheer/activiteiten/{event.pk}/deelnemers/"

    def page(**asked) -> bytes:
        response = client.get(address, asked)
        assert response.status_code == 200
        return b"".join(response.streaming_content) if response.streaming else response.content

    page()
    with CaptureQueriesContext(connection) as queries:
        page()
    statements = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]

    def bare_sql() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.replace("%", "%%"), [])
                cursor.fetchall()

    text = page(export="csv").decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(cells) == PEOPLE + 1

    def bare_csv() -> None:
        csv.writer(io.StringIO(), delimiter=";").writerows(cells)

    def bare_xlsx() -> None:
        with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            for line, row in enumerate(cells):
                for column, cell in enumerate(row):
                    sheet.write_string(line, column, cell)

    kept = True
    print(f"{PEOPLE:,} participants on {connection.vendor}")
    for name, run, bare in (
        ("page", page, bare_sql),
        ("csv", lambda: page(export="csv"), bare_csv),
        ("xlsx", lambda: page(export="xlsx"), bare_xlsx),
    ):
        took, floor = typical(run), typical(bare)
        most, ratio = MOST_MS[name], MOST_RATIO.get(name)
        said = f" (at most {ratio})" if ratio else ""
        print(f"{name:5}{took:8.0f} ms (at most {most:,})   {took / floor:6.1f} times the floor{said}")
        kept &= took <= most and (ratio is None or took / floor <= ratio)
    print(f"queries of the page: {len(statements)}")
    return 0 if kept else 1


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "trekker.config.settings"
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as folder:
        os.environ["TREKKER_DATA_DIR"] = folder
        sys.exit(main())
