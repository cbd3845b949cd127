"""Who is told what about a place: never more, later or to another than is meant."""

from datetime import timedelta

import pytest

from trekker.events.actions.changing import change_event
from trekker.events.actions.registering import cancel_registration
from trekker.events.emails import already_registered, moved_up, registered, waiting
from trekker.events.tests.factories import NOW, EventFactory, RegistrationFactory
from trekker.mail.models import Message

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def queued(**facts):
    rows = Message.objects.filter(status=Message.Status.QUEUED, **facts).order_by("pk")
    return [each.kind.removeprefix("events.") for each in rows]


class TestWhoWaits:
    def test_gets_neither_link_nor_invitation(self):
        event = EventFactory(online_link="https://meet.example/x")
        waits = RegistrationFactory(event=event, waiting=True)
        waiting(waits, now=NOW)
        already_registered(waits, ticket="t", now=NOW)

        change_event(event=event, facts={"online_link": "https://meet.example/y"}, by=None, now=LATER)

        mails = Message.objects.filter(address=waits.email)
        assert mails.count() == 3
        assert not any("meet.example" in each.text or each.attachments.exists() for each in mails)


class TestChangedEvent:
    def test_takes_back_what_says_how_it_was_to_who_has_a_place(self):
        mine, other = RegistrationFactory(), RegistrationFactory()
        waits = RegistrationFactory(event=mine.event, waiting=True)
        for each in (mine, other):
            registered(each, now=NOW)
        waiting(waits, now=NOW)

        change_event(event=mine.event, facts={"place": "Zaal 2"}, by=None, now=LATER)

        assert queued(address=mine.email) == ["changed"]
        assert queued(address=other.email) == ["registered"]
        assert queued(address=waits.email) == ["waiting", "changed"]

    def test_tells_the_news_of_a_place_anew(self):
        mine = RegistrationFactory()
        moved_up(mine, now=NOW)

        change_event(event=mine.event, facts={"online_link": "https://meet.example/y"}, by=None, now=LATER)

        assert queued() == ["moved_up"]
        assert "https://meet.example/y" in Message.objects.get(status=Message.Status.QUEUED).text


def test_a_guest_without_an_address_takes_back_nothing_of_others():
    mine = RegistrationFactory()
    registered(mine, now=NOW)

    guest = RegistrationFactory(event=mine.event, nameless=True)
    cancel_registration(registration=guest, by=None, now=NOW)

    assert queued(address=mine.email) == ["registered"]
