"""What comes back is recognised, noted with the mail, and stops the address when it does not exist."""

import sys
from datetime import timedelta
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import call_command

from trekker.kernel.audit import lines_of
from trekker.mail import registry
from trekker.mail.actions import collect_bounces, lift_stop, stop_address, take_bounce
from trekker.mail.models import Message, StoppedAddress
from trekker.mail.reading import MOST_BYTES, read_returned
from trekker.mail.tests.factories import NOW, MessageFactory
from trekker.mail.tests.imap import Mailbox

pytestmark = pytest.mark.django_db
REPORT = """From: MAILER-DAEMON@relay.example
To: terug@koepel.example
Subject: Undelivered
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: message/rfc822

From: netwerk@koepel.example
Message-ID: <{message_id}@koepel.example>
Subject: Dag

Dag
--b--
"""


def report(message, *, status="5.1.1", words="550 5.1.1 User unknown", action="failed", **other):
    facts = {"address": message.address, "message_id": message.message_id, **other}
    return REPORT.format(status=status, words=words, action=action, **facts).encode()


def odd(message):
    """Write a return that follows no standard, as qmail does."""
    return f"""From: MAILER-DAEMON@relay.example
To: terug@koepel.example
Subject: failure notice

Hi. This is the qmail-send program at relay.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{message.address}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Message-ID: <{message.message_id}@koepel.example>
Subject: Dag
""".encode()


def sent(**facts):
    return MessageFactory(status="SENT", claimed_at=NOW, **facts)


def take(raw, now=NOW):
    returned = read_returned(raw)
    return take_bounce(returned=returned, now=now) if returned else None


class TestReading:
    @pytest.mark.parametrize(
        ("status", "words", "hard", "reason"),
        [
            ("5.1.1", "550 5.1.1 no", True, "Het adres bestaat niet."),
            ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", True, "Het adres bestaat niet."),
            ("5.0.0", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", True, "Het adres bestaat niet."),
            ("5.0.0", "550 No such user here", True, "Het adres bestaat niet."),
            ("5.2.2", "552 5.2.2 over quota", False, "De mailbox is vol."),
            (
                "5.7.1",
                "554 5.7.1 blocked, user unknown",
                False,
                "De mailserver van de ontvanger weigert onze mail.",
            ),
            ("5.3.0", "550 something", False, "De mailserver neemt de mail niet aan."),
        ],
    )
    def test_tells_hard_from_soft(self, status, words, hard, reason):
        message = sent()

        found = read_returned(report(message, status=status, words=words))

        assert (found.address, found.message_id) == (message.address, message.message_id)
        assert found.hard is hard
        assert found.reason == f"{reason} Antwoord van de server: {words}"

    def test_a_delay_is_soft(self):
        found = read_returned(report(sent(), action="delayed", status="4.4.1", words="451 later"))

        assert not found.hard

    def test_reads_what_follows_no_standard(self):
        message = sent()

        found = read_returned(odd(message))

        assert (found.address, found.hard, found.message_id) == (message.address, True, message.message_id)

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"\x00\xff" * 100,
            b"From: fien@bestuur.example\nAuto-Submitted: auto-replied\nSubject: Afwezig\n\nIk ben er niet.",
            b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nx",
            b"Content-Type: multipart/report; boundary=b; charset=none\n\n--b\n--b--",
            b"a" * (MOST_BYTES + 1),
        ],
    )
    def test_other_mails_are_no_returns(self, raw):
        assert read_returned(raw) is None


class TestTakingABounce:
    def test_notes_it_and_stops_the_address_once(self):
        message = sent()

        assert take(report(message)) == message
        take(report(message), NOW + timedelta(hours=1))

        message.refresh_from_db()
        assert (message.status, message.bounced_at) == (Message.Status.SENT, NOW)
        assert message.problem.startswith("Het adres bestaat niet.")
        stopped = StoppedAddress.objects.get()
        assert (stopped.address, stopped.since) == (message.address, NOW)
        assert lines_of([stopped]).count() == 1

    def test_a_soft_one_is_only_noted(self):
        message = sent()

        take(report(message, status="5.2.2", words="over quota"))

        message.refresh_from_db()
        assert message.bounced_at == NOW
        assert not StoppedAddress.objects.exists()

    def test_settles_a_doubt(self):
        message = MessageFactory(status="DOUBT", claimed_at=NOW)

        take(report(message, status="5.2.2", words="over quota"))

        message.refresh_from_db()
        assert message.status == Message.Status.SENT

    def test_without_our_message_id_it_stops_nothing(self):
        message = sent()

        assert take(report(message, message_id="0" * 32)) == message
        assert not StoppedAddress.objects.exists()

    def test_about_another_address_it_stops_nothing(self):
        message = sent()

        take(report(message, address="doorgestuurd@elders.example"))

        message.refresh_from_db()
        assert message.bounced_at == NOW
        assert not StoppedAddress.objects.exists()

    def test_of_a_mail_that_is_none_of_ours_does_nothing(self):
        other = MessageFactory.build(message_id="0" * 32)
        MessageFactory(address=other.address)  # waits, so it cannot have come back
        sent(address=other.address, sent_at=NOW - timedelta(days=15)).__class__.objects.filter(
            status="SENT"
        ).update(claimed_at=NOW - timedelta(days=15))

        assert take(report(other)) is None


class TestRoomsThatListen:
    @pytest.fixture
    def heard(self, monkeypatch):
        heard = []
        for name in ("STOPPED", "LIFTED"):
            listener = lambda name=name, **facts: heard.append((name, facts["address"], facts["now"]))  # noqa: E731
            monkeypatch.setattr(f"trekker.mail.actions.stopping.{name}", [listener])
        return heard

    def test_hear_of_a_stop_once_and_of_its_end(self, heard):
        for _ in range(2):
            stopped = stop_address(address="Weg@bestuur.example", reason="x", by=None, now=NOW)
        lift_stop(stopped=stopped, by=None, now=NOW)

        assert heard == [("STOPPED", "weg@bestuur.example", NOW), ("LIFTED", "weg@bestuur.example", NOW)]
        assert not StoppedAddress.objects.exists()

    def test_are_declared_in_the_registry(self):
        assert registry.STOPPED
        assert registry.LIFTED


class TestSources:
    def test_a_pipe(self, monkeypatch):
        message, out = sent(), StringIO()
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(report(message))))

        call_command("read_bounces", stdout=out)

        assert out.getvalue().startswith(f"Mail {message.pk} kwam terug. Het adres bestaat niet.")

    def test_a_pipe_with_something_else_does_not_fail(self, monkeypatch):
        out = StringIO()
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"\xff\x00")))

        call_command("read_bounces", stdout=out)

        assert out.getvalue() == "Geen teruggekomen mail van ons.\n"

    def test_a_mailbox(self):
        first, second = sent(), sent()
        absence = b"From: fien@bestuur.example\r\nSubject: Afwezig\r\n\r\nWeg."

        with Mailbox([report(first), absence, odd(second)]) as box:
            assert collect_bounces(url=box.url, now=NOW) == 2
            assert collect_bounces(url=box.url, now=NOW) == 0

        assert StoppedAddress.objects.count() == 2
        assert box.seen == {1, 2, 3}
        assert box.signed_in == ("terug@koepel.example", "ge heim")
