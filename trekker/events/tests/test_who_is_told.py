"""Who is told what about a place: never more, later or to another than is meant."""

from datetime import timedelta

import pytest

from trekker.events.actions.changing import change_event
from trekker.events.actions.registering import (
    Brought,
    Who,
    cancel_registration,
    correct_registration,
    register,
)
from trekker.events.emails import already_registered, moved_up, registered, waiting
from trekker.events.tests.factories import NOW, STARTS, EventFactory, RegistrationFactory
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


class TestOtherAddress:
    def correct(self, mine, email, now=LATER):
        return correct_registration(
            registration=mine, who=Who(email, "Bo", "Nieuw"), brought=Brought(), by=None, now=now
        )

    @pytest.mark.parametrize(("facts", "kind"), [({}, "registered"), ({"waiting": True}, "waiting")])
    def test_gets_the_link_and_the_old_one_nothing(self, facts, kind):
        event = EventFactory(max_registrations=0)
        mine = RegistrationFactory(event=event, **facts)
        (waiting if facts else registered)(mine, now=NOW)

        changed = self.correct(mine, "bo@bestuur.example")

        changed.refresh_from_db()
        assert changed.key != mine.key
        assert (queued(address=mine.email), queued(address=changed.email)) == ([], [kind])
        assert changed.key in Message.objects.get(address=changed.email).text

    def test_gets_it_again_when_it_goes_back(self):
        mine = RegistrationFactory()
        registered(mine, now=NOW)

        self.correct(mine, "bo@bestuur.example")
        back = self.correct(mine, mine.email, LATER + timedelta(minutes=5))

        assert queued() == ["registered"]
        assert back.key in Message.objects.get(status=Message.Status.QUEUED).text

    def test_keeps_link_and_mail_when_it_stays(self):
        mine = RegistrationFactory()
        registered(mine, now=NOW)

        assert self.correct(mine, mine.email).key == mine.key
        assert queued() == ["registered"]

    def test_gets_no_mail_once_it_has_begun(self):
        self.correct(RegistrationFactory(), "bo@bestuur.example", STARTS)

        assert not Message.objects.exists()


def fill_in(event, email="an@bestuur.example", **more):
    return register(event=event, who=Who(email, "An"), brought=Brought(), **{"by": None, "now": NOW, **more})


class TestManyForms:
    def test_tell_once_a_day_and_hold_up_no_other_mail(self):
        event, other = EventFactory(), EventFactory()
        fill_in(event)

        for number in range(40):
            fill_in(event, ticket=f"t{number}", now=NOW + timedelta(seconds=number))
        fill_in(other, now=LATER)

        assert queued() == ["registered", "already", "registered"]
        due = Message.objects.get(topic=other.topic).due_at
        assert due == NOW + timedelta(hours=1)

    def test_tell_again_another_day_once_the_mail_has_left(self):
        event = EventFactory()
        for day in (0, 0, 2, 3):
            fill_in(event, ticket=f"t{day}", now=NOW + timedelta(days=day))
            if day == 2:
                Message.objects.update(status=Message.Status.SENT, sent_at=NOW + timedelta(days=2))

        assert Message.objects.filter(kind="events.already").count() == 2


def test_what_staff_write_down_afterwards_gets_no_mail():
    event = EventFactory(held=True)

    for _ in range(2):
        fill_in(event, overrule=True, source="PHONE", now=STARTS)

    assert event.registrations.get().status == "REGISTERED"
    assert not Message.objects.exists()


def test_a_guest_without_an_address_takes_back_nothing_of_others():
    mine = RegistrationFactory()
    registered(mine, now=NOW)

    guest = RegistrationFactory(event=mine.event, nameless=True)
    cancel_registration(registration=guest, by=None, now=NOW)

    assert queued(address=mine.email) == ["registered"]
