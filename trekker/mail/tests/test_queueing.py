"""Mails come into the outbox: once, literally, and not too many to one address."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from tests.parallel import at_once
from trekker.mail.actions import File, Style, queue, queueing, withdraw
from trekker.mail.models import Message, Sender, Wording
from trekker.mail.registry import KINDS
from trekker.mail.tests.factories import CONFIRMATION, GREETING, NOW, MessageFactory

pytestmark = pytest.mark.django_db
VALUES = {"naam": "Fien", "activiteit": "Digidag", "link": "http://127.0.0.1:8000/a/"}


def ask(kind=GREETING, occasion="tests:1", address="fien@bestuur.example", now=NOW, **more):
    return queue(kind=kind, occasion=occasion, address=address, values=VALUES, now=now, **more)


class TestQueue:
    def test_writes_the_mail_as_it_will_be_sent(self):
        message = ask(topic="event:1", reply_to="ans@koepel.example")

        assert message.status == Message.Status.QUEUED
        assert (message.subject, message.due_at, message.topic) == ("Dag Fien", NOW, "event:1")
        assert message.text.startswith("Dag Fien,\n\nKom naar Digidag:\nhttp://127.0.0.1:8000/a/\n")
        assert "<strong>Digidag</strong>" in message.html

    def test_reaches_an_address_once_however_it_is_written(self):
        assert ask(address="Fien@Bestuur.example ") is not None
        assert ask(address="ｆien@bestuur.example") is None
        assert ask(occasion="tests:2") is not None

    def test_uses_the_text_that_staff_chose(self):
        Wording.objects.create(kind=GREETING.code, subject="Hallo [naam]", text="Welkom")

        assert (ask().subject, Message.objects.get().text[:6]) == ("Hallo Fien", "Welkom")

    def test_makes_a_sender_of_the_settings_at_first_use(self, settings):
        settings.DEFAULT_FROM_EMAIL = "Netwerk <netwerk@koepel.example>"

        first, second = ask(), ask(occasion="tests:2")

        assert first.sender == second.sender == Sender.objects.get()
        assert (first.sender.name, first.sender.address) == ("Netwerk", "netwerk@koepel.example")

    def test_signs_with_what_the_sender_has(self):
        sender = Sender.objects.create(name="A", address="a@b.example", signature="Groeten,\nhet <team>")

        message = ask(style=Style(sender, {}))

        assert message.text.endswith("Groeten,\nhet <team>\n")
        assert "het &lt;team&gt;" in message.html

    def test_keeps_files(self):
        message = ask(files=[File("a.ics", "text/calendar", b"BEGIN")])

        assert [bytes(each.content) for each in message.attachments.all()] == [b"BEGIN"]

    def test_leaves_the_transaction_of_the_caller_whole_when_another_was_first(self, monkeypatch):
        ask()
        # The other came between our look and our write.
        monkeypatch.setattr(queueing, "_earlier", lambda *_: [])

        with transaction.atomic():
            assert ask() is None
            MessageFactory()

        assert Message.objects.count() == 2


class TestDaily:
    def test_reaches_an_address_once_a_day_or_as_long_as_it_waits(self):
        days = [0, 0, 2, 3, 5]
        found = []
        for number, day in enumerate(days):
            found.append(ask(occasion=f"tests:{number}", daily="tests:", now=NOW + timedelta(days=day)))
            if day == 2:
                Message.objects.update(status=Message.Status.SENT, sent_at=NOW)

        assert [each is not None for each in found] == [True, False, False, True, False]
        assert Message.objects.count() == 2

    def test_counts_no_other_series_and_no_other_address(self):
        ask(occasion="tests:1", daily="tests:1:")

        assert ask(occasion="tests:12:a", daily="tests:12:") is not None
        assert ask(occasion="tests:1:a", daily="tests:1:", address="ans@bestuur.example") is not None
        assert ask(occasion="tests:1:b", daily="tests:1:") is None


class TestTooManyConfirmations:
    def test_leave_later_and_none_is_lost(self):
        due = [ask(CONFIRMATION, f"tests:{n}").due_at for n in range(5)]

        hours = [(each - NOW) / timedelta(hours=1) for each in due]
        assert hours == [0, 1, 2, 24, 25]

    def test_are_counted_over_all_forms_and_ways_to_write_the_address(self):
        ask(CONFIRMATION, "tests:1")

        assert ask(CONFIRMATION, "other:1", address="FIEN@bestuur.example").due_at > NOW
        assert ask(CONFIRMATION, "other:2", address="ans@bestuur.example").due_at == NOW
        assert ask(GREETING, "other:3").due_at == NOW

    def test_hold_up_no_other_kind_when_they_say_so(self, monkeypatch):
        notice = replace(CONFIRMATION, code="tests.notice", delays_others=False)
        monkeypatch.setitem(KINDS, notice.code, notice)
        due = [ask(notice, f"notice:{n}").due_at for n in range(4)]

        real = ask(CONFIRMATION, "tests:1").due_at

        assert [(each - NOW) / timedelta(hours=1) for each in due] == [0, 1, 2, 24]
        assert real == NOW
        assert ask(notice, "notice:9").due_at > due[-1]

    def test_are_forgotten_after_a_day(self):
        for n in range(3):
            ask(CONFIRMATION, f"tests:{n}")

        tomorrow = NOW + timedelta(hours=27)
        assert ask(CONFIRMATION, "tests:9", now=tomorrow).due_at == tomorrow


class TestWithdraw:
    def test_takes_back_what_waits_about_a_topic(self):
        waits = ask(topic="event:1")
        others = [
            ask(occasion="tests:2", topic="event:2"),
            ask(CONFIRMATION, "tests:3", topic="event:1"),
            MessageFactory(topic="event:1", status="SENDING"),
        ]

        assert withdraw(topic="event:1", kinds=[GREETING], now=NOW) == 1

        waits.refresh_from_db()
        assert waits.status == Message.Status.WITHDRAWN
        for each in others:
            each.refresh_from_db()
            assert each.status != Message.Status.WITHDRAWN

    def test_takes_back_what_one_address_waits_for(self):
        ask(topic="event:1")
        ask(topic="event:1", address="ans@bestuur.example")

        assert withdraw(topic="event:1", kinds=[GREETING], address="ANS@bestuur.example", now=NOW) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtTheSameTime:
    def test_the_same_mail_comes_in_once(self):
        assert at_once([ask] * 8) == ["done"] * 8

        assert Message.objects.count() == 1
        assert Sender.objects.filter(is_default=True).count() == 1

    def test_other_forms_for_one_address_wait_for_each_other(self):
        jobs = [partial(ask, CONFIRMATION, f"tests:{number}") for number in range(6)]
        assert at_once(jobs) == ["done"] * 6

        due = sorted(Message.objects.values_list("due_at", flat=True))
        assert [(each - NOW) / timedelta(hours=1) for each in due] == [0, 1, 2, 24, 25, 26]
