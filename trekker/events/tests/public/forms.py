"""What visitors send, and the mails it leads to."""

from datetime import timedelta

from django.utils import timezone

from trekker.events.actions.registering import welcome_all
from trekker.events.tests.factories import EventFactory
from trekker.kernel import tickets
from trekker.mail.models import Message


def coming(**facts):
    """An event a month from now: the pages look at the clock."""
    return EventFactory(starts_at=timezone.now() + timedelta(days=30), **facts)


def ticket(purpose="events.register", *, ago=60):
    return tickets.issue(purpose, timezone.now() - timedelta(seconds=ago))


def filled(**fields):
    return {
        "first_name": "An",
        "last_name": "Voorbeeld",
        "email": "an@bestuur.example",
        "organisation": "geen",
        "ticket": ticket(),
        **fields,
    }


def send(client, event, **fields):
    return client.post(f"/agenda/{event.slug}/inschrijven/", filled(**fields))


def mails():
    """The mails to all whose form was taken in: the clock makes them a moment later."""
    welcome_all(now=timezone.now())
    return Message.objects.all()


def personal(client, mine, what="", **fields):
    path = f"/inschrijving/{mine.key}/{what}"
    return client.post(path, {"ticket": ticket("events.personal"), **fields}) if fields else client.get(path)
