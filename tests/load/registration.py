"""
Registering against the real server: what one costs, and what a rush does.

``python -m tests.load.registration`` prints the processor time of one complete registration (event
page, form, sending it, receipt) over all processes of the server; what happens when 500 people want
40 places at the same moment; and whether time tells who is known.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from tests.load.server import KEY, Answer, Server, prepare, serving, within

PLACES, PEOPLE = 40, 500
ROUNDS = 100
MOST_MILLISECONDS = 40
MOST_SECONDS = 2.0
MOST_DIFFERENCE = 0.05
STAGE = """
from datetime import timedelta
from django.utils import timezone
from trekker.events.models import Event, Session
now = timezone.now()
for slug, more in {{
    "ruim": {{}}, "vol": {{"max_registrations": {places}, "waiting_list": False}},
    "wachtlijst": {{"max_registrations": {places}}}, "dubbel": {{"max_registrations": 200}},
}}.items():
    starts = now + timedelta(days=30)
    event = Event.objects.create(
        title="Netwerk in de praktijk", slug=slug, kind="network_meeting", state="OPEN", starts_at=starts,
        ends_at=starts + timedelta(hours=2), created_at=now, format="physical", place="Raadzaal",
        address="Markt 1", summary="Een namiddag over digitale inclusie.",
        description="Voor wie aan de slag gaat.\\n\\n- kennismaken\\n- oefenen\\n- vragen stellen", **more)
    Session.objects.create(event=event, starts_at=event.starts_at, ends_at=event.ends_at, hours=2)
found = {{}}
"""
# What the clock does beside the server a moment later, and what one costs once it has done a few.
WELCOME = """
import time
from django.utils import timezone
from trekker.events.actions.registering import welcome_all
turns = iter([True] * 5)
first = welcome_all(now=timezone.now(), going=lambda: next(turns, False))
began = time.process_time()
rest = welcome_all(now=timezone.now())
found = {"done": first + rest, "seconds": (time.process_time() - began) / max(1, rest)}
"""
COUNT = """
from collections import Counter
from trekker.events.models import Registration
from trekker.mail.models import Message
rows = Registration.objects.filter(event__slug="{slug}")
found = {{**Counter(rows.values_list("status", flat=True)), "mails": Message.objects.filter(
    topic__in=[f"event:{{pk}}" for pk in rows.values_list("event", flat=True)]).count()}}
"""


def ticket(*, ago: int = 60) -> str:
    """Give a ticket as if the form was opened a while ago."""
    from datetime import UTC, datetime, timedelta

    from trekker.kernel import tickets

    return tickets.issue("events.register", datetime.now(UTC) - timedelta(seconds=ago))


def form(email: str, sent: str = "") -> dict[str, str]:
    """Give the form as someone of a municipality fills it in."""
    who = {"first_name": "An", "last_name": "Voorbeeld", "email": email, "organisation": "Stekene"}
    return {**who, "function": "medewerker", "ticket": sent or ticket()}


def path(slug: str) -> str:
    """Give the address of the form."""
    return f"/agenda/{slug}/inschrijven/"


def complete(server: Server, slug: str, email: str) -> None:
    """Register as a browser does: event page, form, sending it, receipt."""
    assert server.one(f"/agenda/{slug}/").status == 200
    page = server.one(path(slug))
    assert 'name="ticket" value="' in page.body
    sent = server.one(path(slug), form(email))
    assert sent.status == 302, (sent.status, re.findall(r"tk-field__error.*", sent.body))
    assert "Je bent ingeschreven" in server.one(sent.location).body


def cost(server: Server, folder: Path) -> tuple[float, float, float]:
    """
    Give the milliseconds of processor time of one registration with its mail in the outbox.

    Beside it, how many of these are the mail, and how many the server would take doing nothing.
    """
    for number in range(20):
        complete(server, "ruim", f"warm{number}@bestuur.example")
    within(folder, WELCOME)
    began, clock = server.processor_seconds(), time.perf_counter()
    for number in range(ROUNDS):
        complete(server, "ruim", f"an{number}@bestuur.example")
    spent, lasted = server.processor_seconds() - began, time.perf_counter() - clock
    welcomed = within(folder, WELCOME)
    assert welcomed["done"] == ROUNDS
    began, clock = server.processor_seconds(), time.perf_counter()
    time.sleep(5)
    idle = (server.processor_seconds() - began) / (time.perf_counter() - clock) * lasted
    after = welcomed["seconds"]
    return 1000 * (spent / ROUNDS + after), 1000 * after, 1000 * idle / ROUNDS


def rush(server: Server, slug: str) -> list[Answer]:
    """Let everybody send the form at the same moment."""
    return server.all_at_once([(path(slug), form(f"p{number}@bestuur.example")) for number in range(PEOPLE)])


def doubles(server: Server, times: int) -> list[Answer]:
    """Send one and the same form many times at the same moment."""
    once = form(f"dubbel{times}@bestuur.example")
    return server.all_at_once([(path("dubbel"), once)] * times)


def p95(answers: list[Answer]) -> float:
    """Give the seconds within which 95 of 100 had their answer."""
    return sorted(answer.seconds for answer in answers)[int(len(answers) * 0.95) - 1]


def told_by_time(server: Server) -> float:
    """Give how much the time differs for someone registered, as a part of that for someone new."""
    times: dict[str, list[float]] = {"new": [], "known": []}
    for number in range(ROUNDS * 2):
        email = f"tijd{number}@bestuur.example"
        for kind in ("new", "known"):
            times[kind].append(server.one(path("ruim"), form(email)).seconds)
    new, known = (median(times[kind]) for kind in ("new", "known"))
    return known / new - 1


def main() -> int:
    """Measure, print, and tell whether the promises hold."""
    os.environ.update(DJANGO_SETTINGS_MODULE="trekker.config.settings", SECRET_KEY=KEY)
    kept = True
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as name:
        folder = Path(name)
        os.environ["TREKKER_DATA_DIR"] = name
        prepare(folder)
        within(folder, STAGE.format(places=PLACES))
        with serving(folder) as server:
            spent, after, idle = cost(server, folder)
            print(f"one registration  {spent:6.1f} ms of processor time (at most {MOST_MILLISECONDS};")
            print(f"                  {after:6.1f} ms of it for the mail, a moment later,")
            print(f"                  {idle:6.1f} ms of it the server would use doing nothing)")
            kept &= spent <= MOST_MILLISECONDS
            for slug in ("vol", "wachtlijst"):
                answers = rush(server, slug)
                within(folder, WELCOME)
                counted = within(folder, COUNT.format(slug=slug))
                codes = dict(Counter(answer.status for answer in answers))
                print(f"{PEOPLE} at once, {slug:<11} {counted}  answers {codes}  p95 {p95(answers):.2f} s")
                kept &= counted["REGISTERED"] == PLACES and max(codes) < 500 and p95(answers) < MOST_SECONDS
            for times in (2, 10, 50):
                codes = dict(Counter(answer.status for answer in doubles(server, times)))
                print(f"{times:>3} equal forms at once: answers {codes}")
                kept &= set(codes) == {302}
            within(folder, WELCOME)
            counted = within(folder, COUNT.format(slug="dubbel"))
            print(f"three people sent 62 forms: {counted}")
            kept &= counted == {"REGISTERED": 3, "mails": 3}
            difference = told_by_time(server)
            print(f"time for who is registered already: {difference:+.1%} of that for someone new")
            kept &= abs(difference) <= MOST_DIFFERENCE
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
