"""Mails for tests; all invented."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from trekker.mail.models import Message, StoppedAddress
from trekker.mail.registry import Kind

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
GREETING = Kind(
    code="tests.greeting",
    label="Groet",
    subject="Dag [naam]",
    text="Dag [naam],\n\nKom naar **[activiteit]**:\n[link]\n",
    placeholders={"naam": "de naam", "activiteit": "de activiteit", "link": "de link"},
)
CONFIRMATION = Kind(
    code="tests.confirmation",
    label="Bevestiging",
    subject="Bevestig, [naam]",
    text="Dag [naam]\n\n[link]\n",
    placeholders={"naam": "de naam", "link": "de link"},
    confirms=True,
)


class MessageFactory(DjangoModelFactory):
    """A mail that is due."""

    class Meta:
        model = Message

    occasion = factory.Sequence(lambda number: f"tests:{number}")
    address = factory.Sequence(lambda number: f"fien{number}@bestuur.example")
    kind = GREETING.code
    subject = "Dag Fien"
    text = "Dag Fien\n"
    html = "<p>Dag Fien</p>"
    created_at = NOW
    due_at = NOW
    sent_at = factory.LazyAttribute(
        lambda mail: NOW if getattr(mail, "status", None) == Message.Status.SENT else None
    )


class StoppedAddressFactory(DjangoModelFactory):
    class Meta:
        model = StoppedAddress

    address = factory.Sequence(lambda number: f"weg{number}@bestuur.example")
    since = NOW
    reason = "Het adres bestaat niet."
