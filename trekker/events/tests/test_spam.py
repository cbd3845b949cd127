"""Scripts that fill in the public form are stopped; people who fill it in their own way are not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

import pytest
from django.http import QueryDict

from trekker.events.forms.registering import Register
from trekker.events.queries.places import places_of
from trekker.events.tests.factories import NOW, EventFactory
from trekker.kernel import tickets

pytestmark = pytest.mark.django_db
WORDS = "Koop nu goedkoop https://pillen.example"
FIELDS = {"first_name": "An", "last_name": "Voorbeeld", "email": "an@bestuur.example", "organisation": "geen"}


def attempt(event, *, ticket: str, now: datetime, **fields):
    """Send the form once; gives whether it would register someone, and the form."""
    data = QueryDict(mutable=True)
    data.update({**FIELDS, "ticket": ticket, **fields})
    try:
        form = Register(data, event=event, places=places_of(event), now=now)
    except tickets.NoTicket:
        return False, None
    return form.is_valid(), form


@dataclass
class Script:
    """A script: how it comes by a ticket, how long it waits, what it fills in, how often it tries."""

    name: str
    seconds: float = 0
    ticket: str = "own"
    fields: dict = field(default_factory=dict)
    tries: int = 1


FILLS = [{}, {"website": "https://pillen.example"}, {"first_name": WORDS}, {"last_name": "<a href=x>"}]
SCRIPTS = [
    Script(f"{ticket}, {seconds} s, {index}, {tries}x", seconds, ticket, fields, tries)
    for (ticket, seconds, tries), (index, fields) in product(
        [
            *(("none", seconds, 1) for seconds in (0, 1, 60)),
            *(("made up", seconds, 1) for seconds in (0, 1, 60)),
            *(("of another form", seconds, 1) for seconds in (0, 60)),
            *(("own", seconds, tries) for seconds in (0, 0.05, 0.2, 0.5, 1, 1.9) for tries in (1, 3)),
            *(("stale", 90_000, 1) for _ in range(3)),
        ],
        enumerate(FILLS),
    )
]
# Scripts that wait as people do, and fill in every field they see in the page.
SCRIPTS += [
    Script(f"patient {seconds}", seconds, fields={**fields, "website": "https://pillen.example"}, tries=5)
    for seconds in (5, 30, 300)
    for fields in FILLS
]


def ticket_of(script: Script) -> str:
    match script.ticket:
        case "none":
            return ""
        case "made up":
            return "AAAAAAAAAAAAAAAAAAAAAAAA.19d0a3:c2lnbmVk"
        case "of another form":
            return tickets.issue("requests.ask", NOW)
    return tickets.issue(Register.purpose, NOW)


def gets_through(event, script: Script) -> bool:
    """Send as the script does, each time at once and all fields alike."""
    ticket = ticket_of(script)
    for _ in range(script.tries):
        passed, form = attempt(
            event, ticket=ticket, now=NOW + timedelta(seconds=script.seconds), **script.fields
        )
        if passed:
            return True
        ticket = form.ticket if form else ticket
    return False


def test_stops_99_of_100_scripts():
    event = EventFactory()

    through = [script.name for script in SCRIPTS if gets_through(event, script)]

    assert len(SCRIPTS) >= 90
    assert len(through) <= len(SCRIPTS) / 100, through


# How people fill in: seconds until they send, what they or their browser fill in, and how often they send.
EVERYTHING = {"website": "https://bestuur.example"}
NAMES = ("D'hondt", "Van der Elst", "Núñez", "O", "李", "Şahin-De Smet", "(vervangt Bo)")
ADDRESSES = ("AN@BESTUUR.EXAMPLE", " an@bestuur.example ", "an+x@bestuur.example")
PEOPLE = [
    *((f"at ease {after}", after, {}) for after in (8, 15, 30, 45, 60, 90, 120, 180, 240, 300)),
    *((f"dictating {after}", after, {"organisation": "geen."}) for after in (40, 90, 200, 600, 900)),
    *((f"called away {hours}", hours * 3600, {}) for hours in (1, 2, 5, 8, 12, 20, 23, 25, 30, 48)),
    *((f"autofill {after}", after, {}) for after in (0.8, 1.2, 1.6, 2.1, 2.5)),
    *((f"autofill everything {after}", after, EVERYTHING) for after in (1, 2, 3, 9, 40)),
    *((f"name {name}", 20, {"last_name": name}) for name in NAMES),
    *((f"address {email}", 20, {"email": email}) for email in ADDRESSES),
    *((f"back button {after}", after, {}) for after in (4, 11, 70, 400, 4000)),
]


@pytest.mark.parametrize(("seconds", "fields"), [row[1:] for row in PEOPLE], ids=[row[0] for row in PEOPLE])
def test_refuses_no_person(seconds, fields):
    """People read what is asked and press the button once more, some seconds later; nothing is lost."""
    event = EventFactory()
    now = NOW + timedelta(seconds=seconds)

    passed, form = attempt(event, ticket=tickets.issue(Register.purpose, NOW), now=now, **fields)
    if not passed:
        shown = {name: form[name].value() for name in FIELDS}
        passed, form = attempt(event, ticket=form.ticket, now=now + timedelta(seconds=6), **shown)

    assert passed, form.errors


def test_there_are_fifty_people():
    assert len(PEOPLE) == 50
