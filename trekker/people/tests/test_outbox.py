"""Erasing someone empties what the outbox holds about them."""

from datetime import UTC, datetime

import pytest

from trekker.mail.models import Message, StoppedAddress
from trekker.mail.tests.factories import MessageFactory, StoppedAddressFactory
from trekker.people.actions import erase_person
from trekker.people.tests.factories import AliasFactory, PersonFactory

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)


@pytest.mark.django_db
def test_erasing_wipes_the_mails_to_every_address_of_a_person():
    person = PersonFactory(email="fien@bestuur.example")
    AliasFactory(person=person, email="fien.oud@bestuur.example")
    for address in ("fien@bestuur.example", "fien.oud@bestuur.example"):
        MessageFactory(address=address, subject="Dag Fien", text="Dag Fien", html="Dag Fien")
        StoppedAddressFactory(address=address)
    other = MessageFactory(address="ans@bestuur.example")

    erase_person(person=person, by=None, now=NOW)

    wiped = Message.objects.exclude(pk=other.pk)
    assert "fien" not in str(list(wiped.values())).lower()
    assert set(wiped.values_list("status", flat=True)) == {Message.Status.WITHDRAWN}
    assert not StoppedAddress.objects.exists()
    other.refresh_from_db()
    assert other.text
