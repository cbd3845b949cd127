"""
The page of an activity, as a visitor asks for it.

``python -m tests.load.agenda`` prints what the page costs the server in processor time, beside a
floor measured in the same run: a page of the same shell that asks the database nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from statistics import median

ROUNDS = 60
MOST_MS = 8.0
MOST_RATIO = 6.0
MOST_QUERIES = 11
MOST_BYTES = 50_000


def fill() -> str:
    """Write an activity with all that a page can show, among others; give its address."""
    from django.core.management import call_command
    from django.utils import timezone

    from trekker.events.models import Recording
    from trekker.events.tests.factories import EventFactory, RegistrationFactory, SessionFactory
    from trekker.organisations.models import Organisation
    from trekker.themes.models import Audience, Theme

    call_command("prepare", stdout=StringIO())
    soon = timezone.now() + timedelta(days=10)
    for number in range(60):
        EventFactory(starts_at=soon + timedelta(days=number))
    event = EventFactory(
        starts_at=soon,
        physical=True,
        max_registrations=40,
        min_registrations=3,
        municipality=Organisation.objects.filter(kind="MUNICIPALITY").first(),
        summary="Hoe bereik je mensen die de stap naar de balie niet zetten?",
        description="We starten met koffie.\n\n- Eerst een verhaal\n- Dan een gesprek\n\n" * 10,
        access_note="Er is een lift.",
        contact_email="fien@koepel.example",
    )
    for number in range(3):
        SessionFactory(event=event, starts_at=soon + timedelta(days=number + 1))
    for _ in range(30):
        RegistrationFactory(event=event)
    event.organisers.set(Organisation.objects.all()[:2])
    event.themes.set(Theme.objects.all()[:3])
    event.audiences.set(Audience.objects.all()[:3])
    Recording.objects.create(
        event=event, title="Opname", url="https://video.example/1", reason_without="Volgt.", added_at=soon
    )
    return event.get_absolute_url()


def typical(run: Callable[[], object]) -> float:
    """Give the median milliseconds of processor time of a few runs, after some that warm up."""
    for _ in range(5):
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
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    address = fill()
    visitor = Client(headers={"host": "localhost"})

    def ask(path: str) -> bytes:
        answer = visitor.get(path)
        assert answer.status_code == 200
        return answer.content

    with CaptureQueriesContext(connection) as asked:
        page = ask(address)
    queries = len(asked)  # a later request empties the log
    floor, whole, listed = (
        typical(lambda path=path: ask(path)) for path in ("/toegankelijkheid/", address, "/agenda/")
    )
    ratio = whole / floor
    print(f"processor time on {connection.vendor}, the test client included")
    print(f"page without data   {floor:6.1f} ms")
    print(f"page of an activity {whole:6.1f} ms   at most {MOST_MS:.0f}")
    print(f"                    {ratio:6.1f} times the page without data, at most {MOST_RATIO:.0f}")
    print(f"agenda of 25        {listed:6.1f} ms")
    print(f"queries             {queries:6}      at most {MOST_QUERIES}")
    print(f"size                {len(page):6,} bytes, at most {MOST_BYTES:,}")
    # The ratio keeps the promise on a machine slower than the one the milliseconds were promised on.
    slow = whole > MOST_MS and ratio > MOST_RATIO
    return int(slow or queries > MOST_QUERIES or len(page) > MOST_BYTES or bool(visitor.cookies))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "trekker.config.settings"
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as folder:
        os.environ["TREKKER_DATA_DIR"] = folder
        sys.exit(main())
