"""
The page of an activity, as a visitor asks for it.

``python -m tests.load.agenda`` prints what the page costs the server in processor time, beside a
floor measured in the same run: a page of the same shell that asks the database nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from tests.load.server import Server, environment, prepare, serving

ROUNDS = 200
OK = 200
FLOOR = "/wie-kan-wat/"
MOST_MS = 8.0
MOST_RATIO = 6.0
MOST_QUERIES = 6
MOST_BYTES = 50_000


def fill() -> str:
    """Write an activity with all that a page can show, among others; give its address."""
    from django.utils import timezone

    from trekker.events.models import Recording
    from trekker.events.tests.factories import EventFactory, RegistrationFactory, SessionFactory
    from trekker.organisations.models import Organisation
    from trekker.themes.models import Audience, Theme

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


def cost_of(server: Server, path: str) -> float:
    """Give the processor milliseconds that the server and its processes spend on one page."""
    for _ in range(5):
        server.one(path)
    began = server.processor_seconds()
    for _ in range(ROUNDS):
        assert server.one(path).status == OK
    return 1000 * (server.processor_seconds() - began) / ROUNDS


def counted(address: str) -> tuple[int, int, bool]:
    """Count the queries of the page and its bytes, and tell whether it sets a cookie."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    visitor = Client(headers={"host": "localhost"})
    visitor.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = visitor.get(address)
    return len(asked), len(page.content), bool(visitor.cookies)


def main(folder: Path) -> int:
    """Measure, print, and tell whether the promises hold."""
    import django

    django.setup()
    address = fill()
    queries, size, has_cookie = counted(address)
    with serving(folder, workers=1) as server:
        floor, whole, listed = (cost_of(server, path) for path in (FLOOR, address, "/agenda/"))
    ratio = whole / floor
    print(f"page without data   {floor:6.1f} ms of processor time, server and all")
    print(f"page of an activity {whole:6.1f} ms   at most {MOST_MS:.0f}")
    print(f"                    {ratio:6.1f} times the page without data, at most {MOST_RATIO:.0f}")
    print(f"agenda of 25        {listed:6.1f} ms")
    print(f"queries             {queries:6}      at most {MOST_QUERIES}")
    print(f"size                {size:6,} bytes, at most {MOST_BYTES:,}")
    # The ratio keeps the promise on a machine slower than the one the milliseconds were promised on.
    slow = whole > MOST_MS or ratio > MOST_RATIO
    return int(slow or queries > MOST_QUERIES or size > MOST_BYTES or has_cookie)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as folder:
        prepare(Path(folder))
        os.environ.update(environment(Path(folder)))
        sys.exit(main(Path(folder)))
