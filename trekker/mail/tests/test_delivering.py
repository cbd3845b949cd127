"""Mails leave through a real mail server, whatever that server does."""

import time
from datetime import timedelta
from itertools import pairwise

import pytest

from trekker.mail import actions
from trekker.mail.actions import delivering
from trekker.mail.models import Attachment, Message, Sender, StoppedAddress
from trekker.mail.tests.factories import NOW, MessageFactory, StoppedAddressFactory
from trekker.mail.tests.relay import Server, serving

pytestmark = pytest.mark.django_db
Status = Message.Status


def deliver(now=NOW, **options):
    return actions.deliver(clock=lambda: now, **options)


def fresh(message):
    message.refresh_from_db()
    return message


class TestDelivering:
    def test_sends_what_is_due_over_one_line(self, server):
        due = MessageFactory.create_batch(3)
        later = MessageFactory(due_at=NOW + timedelta(minutes=1))

        done = deliver()

        assert (done.sent, done.other) == (3, 0)
        assert server.recipients == [each.address for each in due]
        assert len(server.sessions) == 1
        assert {fresh(each).status for each in due} == {Status.SENT}
        assert fresh(later).status == Status.QUEUED

    def test_writes_the_headers_that_mail_programs_need(self, server):
        sender = Sender.objects.create(
            name="Netwerk «é», inclusie", address="netwerk@koepel.example", reply_to="ans@koepel.example"
        )
        message = MessageFactory(sender=sender, subject="Één dag", text="Dag\n.punt\n", html="<p>Dag</p>")

        deliver()

        mail = server.mails[0]
        assert mail["Message-ID"] == f"<{message.message_id}@koepel.example>"
        assert mail["From"].addresses[0].display_name == "Netwerk «é», inclusie"
        assert mail["From"].addresses[0].addr_spec == "netwerk@koepel.example"
        assert mail["Reply-To"] == "ans@koepel.example"
        assert mail["Subject"] == "Één dag"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Date"].datetime == NOW
        assert mail.get_body(("plain",)).get_content().splitlines() == ["Dag", ".punt"]
        assert mail.get_body(("html",)).get_content().strip() == "<p>Dag</p>"

    def test_sends_files_along_as_they_are(self, server):
        message = MessageFactory()
        Attachment.objects.create(
            message=message, name="uitnodiging.ics", content_type="text/calendar", content="BEGIN:é".encode()
        )
        Attachment.objects.create(
            message=message, name="attest é.pdf", content_type="application/pdf", content=b"%PDF\x00\xff"
        )

        deliver()

        invitation, certificate = server.mails[0].iter_attachments()
        assert invitation.get_content_type() == "text/calendar"
        assert invitation.get_param("method") == "PUBLISH"
        assert invitation.get_content() == "BEGIN:é"
        assert certificate.get_filename() == "attest é.pdf"
        assert certificate.get_content() == b"%PDF\x00\xff"

    def test_lets_returns_come_to_the_address_of_the_settings(self, server, settings):
        settings.TREKKER_BOUNCE_ADDRESS = "terug@koepel.example"
        MessageFactory()

        deliver()

        assert server.senders == ["terug@koepel.example"]

    def test_sends_nothing_to_an_address_that_does_not_work(self, server):
        stopped = MessageFactory(address=StoppedAddressFactory().address)
        other = MessageFactory()

        deliver()

        assert fresh(stopped).status == Status.STOPPED
        assert server.recipients == [other.address]

    def test_lets_nothing_leave_that_no_longer_makes_sense(self, server):
        late = MessageFactory(until_at=NOW)
        in_time = MessageFactory(until_at=NOW + timedelta(minutes=1))

        deliver()

        assert server.recipients == [in_time.address]
        assert (fresh(late).status, fresh(late).problem) == (Status.WITHDRAWN, delivering.TOO_LATE)

    def test_looks_again_at_the_moment_a_mail_would_leave(self, server):
        first, second = MessageFactory.create_batch(2, until_at=NOW + timedelta(seconds=5))
        server.before = lambda: clock.append(NOW + timedelta(seconds=6)) or "250 OK"
        clock = [NOW]

        actions.deliver(clock=lambda: clock[-1])

        assert server.recipients == [first.address]
        assert fresh(second).status == Status.QUEUED

    @pytest.mark.usefixtures("server")
    def test_sends_what_was_late_when_a_person_says_so(self):
        late = MessageFactory(until_at=NOW)
        deliver()

        actions.send_again(message=late, by=None, now=NOW)
        deliver()

        assert fresh(late).status == Status.SENT

    def test_stops_when_the_turn_is_full_or_the_process_ends(self, server):
        MessageFactory.create_batch(4)

        assert deliver(most=2).sent == 2
        assert deliver(going=lambda: len(server.mails) < 3).sent == 1
        assert deliver(longest=timedelta(0)).sent == 0

    def test_goes_on_after_the_server_hangs_up_between_two_mails(self, server):
        MessageFactory.create_batch(3)
        answers = iter(["250 OK", "421 4.7.0 too many mails", "250 OK", "250 OK"])
        server.before = lambda: next(answers)

        assert deliver().sent == 3
        assert len(server.mails) == 3

    @pytest.mark.usefixtures("server")
    def test_a_mail_that_cannot_be_made_does_not_hold_up_the_others(self):
        wrong = MessageFactory(subject="Dag\nBcc: x@y.example")
        other = MessageFactory()

        deliver()

        assert fresh(wrong).status == Status.FAILED
        assert fresh(wrong).problem.startswith("Trekker kan deze mail niet opmaken.")
        assert fresh(other).status == Status.SENT

    def test_works_without_a_mail_server(self, settings, tmp_path):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = str(tmp_path)
        MessageFactory.create_batch(2)

        assert deliver().sent == 2
        assert b"Dag Fien" in next(tmp_path.iterdir()).read_bytes()


class TestWhenTheServerSaysNo:
    def test_a_mailbox_that_is_full_for_now_is_tried_later(self, server):
        message = MessageFactory()
        server.answers[message.address] = "452 4.2.2 mailbox full"

        deliver()

        assert fresh(message).status == Status.QUEUED
        assert message.due_at == NOW + timedelta(minutes=1)
        assert message.problem.startswith("De mailbox is vol. Antwoord van de server: 452 4.2.2")
        assert message.attempts == 1

    def test_waits_twice_as_long_each_time_for_three_days(self, server):
        message = MessageFactory()
        server.answers[message.address] = "451 4.3.0 try later"
        moments = []

        while message.status == Status.QUEUED:
            moments.append(message.due_at)
            deliver(message.due_at)
            fresh(message)

        pauses = [(later - earlier) for earlier, later in pairwise(moments)]
        assert pauses[:4] == [timedelta(minutes=each) for each in (1, 2, 4, 8)]
        assert max(pauses) == timedelta(hours=4)
        assert moments[-1] - moments[0] >= timedelta(days=3)
        assert message.status == Status.FAILED
        assert message.problem.startswith("Het lukte drie dagen lang niet. De mailserver vraagt")
        assert len(server.mails) == 0

    def test_an_address_that_does_not_exist_is_stopped(self, server):
        message, other = MessageFactory.create_batch(2)
        server.answers[message.address] = "550 5.1.1 <fien> User unknown"

        deliver()

        assert fresh(message).status == Status.FAILED
        assert message.problem == (
            "Het adres bestaat niet. Antwoord van de server: 550 5.1.1 <fien> User unknown"
        )
        assert StoppedAddress.objects.get().address == message.address
        assert fresh(other).status == Status.SENT

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            ("552 5.2.2 over quota", "De mailbox is vol."),
            ("550 5.7.1 spam", "De mailserver van de ontvanger weigert onze mail."),
            ("554 no", "De mailserver neemt de mail niet aan."),
            ("550 5.1.8 bad sender", "De mailserver neemt de mail niet aan."),
        ],
    )
    def test_another_no_fails_the_mail_and_leaves_the_address(self, server, answer, reason):
        message = MessageFactory()
        server.after_data = lambda: answer

        deliver()

        assert fresh(message).status == Status.FAILED
        assert message.problem == f"{reason} Antwoord van de server: {answer}"
        assert not StoppedAddress.objects.exists()

    def test_a_sender_that_is_refused_says_nothing_of_the_address(self, server):
        message = MessageFactory()
        server.before = lambda: "550 5.1.1 unknown sender"

        deliver()

        assert fresh(message).status == Status.FAILED
        assert not StoppedAddress.objects.exists()


class TestWhenTheServerIsAway:
    def test_keeps_everything_and_sends_it_once_the_server_is_back(self, port):
        messages = MessageFactory.create_batch(3)

        for hour in range(24):
            assert deliver(NOW + timedelta(hours=hour)).away
        with serving(Server(), port) as server:
            deliver(NOW + timedelta(hours=24))

        assert sorted(server.recipients) == sorted(each.address for each in messages)

    @pytest.mark.usefixtures("port")
    def test_says_so_with_the_mail_and_waits_at_most_ten_minutes(self):
        message = MessageFactory()
        now = NOW
        for _ in range(8):
            deliver(now)
            assert fresh(message).due_at - now <= timedelta(minutes=10)
            now = message.due_at

        assert message.status == Status.QUEUED
        assert message.attempts == 8
        assert message.problem.startswith("De mailserver is niet bereikbaar.")

    def test_a_server_that_never_answers_costs_one_wait_and_no_mail(self, server, settings):
        settings.EMAIL_TIMEOUT = 1
        message, other = MessageFactory.create_batch(2)
        server.before = lambda: time.sleep(1.5) or "250 OK"

        assert deliver().away

        assert fresh(message).status == Status.QUEUED
        assert fresh(other).attempts == 0


class TestDoubt:
    def test_a_line_that_breaks_before_the_answer_leaves_doubt(self, server):
        message = MessageFactory(sends_again=False)
        server.after_data = lambda: "250 and hang up"

        deliver()

        assert len(server.mails) == 1
        assert fresh(message).status == Status.DOUBT
        assert message.problem.startswith("Trekker weet niet of deze mail vertrok.")

    def test_what_may_go_again_does_with_the_same_message_id(self, server):
        message = MessageFactory(sends_again=True)
        server.after_data = lambda: "250 and hang up"
        deliver()
        server.after_data = lambda: "250 OK"

        deliver(NOW + timedelta(minutes=1))

        assert fresh(message).status == Status.SENT
        assert len({mail["Message-ID"] for mail in server.mails}) == 1
        assert len(server.mails) == 2

    def test_a_process_that_fell_leaves_doubt_after_a_while(self):
        claimed = {"status": Status.SENDING, "claim": "x", "claimed_at": NOW, "attempts": 1}
        again, asked = MessageFactory(**claimed), MessageFactory(**claimed, sends_again=False)
        often = MessageFactory(**{**claimed, "attempts": 5})

        assert actions.settle_doubt(now=NOW + timedelta(minutes=9)) == 0
        assert actions.settle_doubt(now=NOW + timedelta(minutes=11)) == 3

        assert fresh(again).status == Status.QUEUED
        assert fresh(asked).status == Status.DOUBT
        assert fresh(often).status == Status.DOUBT

    def test_an_answer_that_comes_late_still_counts(self, server):
        message = MessageFactory(sends_again=False)
        actions.deliver(clock=Calls(at=4, happens=lambda: Message.objects.update(status=Status.DOUBT)))

        assert len(server.mails) == 1
        assert fresh(message).status == Status.SENT

    @pytest.mark.usefixtures("server")
    def test_an_answer_that_comes_after_another_claim_does_not(self):
        message = MessageFactory()
        taken = {"status": Status.SENDING, "claim": "of another"}
        actions.deliver(clock=Calls(at=4, happens=lambda: Message.objects.update(**taken)))

        assert fresh(message).status == Status.SENDING


class Calls:
    """A clock that lets something happen while the mail is on its way."""

    def __init__(self, *, at, happens):
        self.left, self.happens = at, happens

    def __call__(self):
        self.left -= 1
        if not self.left and Message.objects.filter(status=Status.SENDING).exists():
            self.happens()
        elif not self.left:
            self.left = 1
        return NOW
