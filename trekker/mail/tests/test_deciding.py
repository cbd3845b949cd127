"""What a person decides about one mail, and what the outbox forgets."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from trekker.kernel.audit import lines_of
from trekker.mail import actions
from trekker.mail.models import Attachment, Message, Sender, StoppedAddress
from trekker.mail.tests.factories import NOW, MessageFactory, StoppedAddressFactory

pytestmark = pytest.mark.django_db
Status = Message.Status


class TestSendAgain:
    @pytest.mark.parametrize("status", ["DOUBT", "FAILED", "STOPPED", "WITHDRAWN"])
    def test_puts_it_back_with_the_same_message_id(self, status):
        message = MessageFactory(status=status, attempts=9, tried_since=NOW, problem="x")

        again = actions.send_again(message=message, by=None, now=NOW)

        assert (again.status, again.attempts, again.problem) == (Status.QUEUED, 0, "")
        assert again.message_id == message.message_id
        assert lines_of([message]).get().action == "mail.sent_again"

    def test_of_one_that_was_sent_has_another_message_id(self):
        message = MessageFactory(status="SENT")

        again = actions.send_again(message=message, by=None, now=NOW)

        assert again.message_id != message.message_id
        assert again.sent_at is None

    @pytest.mark.parametrize("status", ["QUEUED", "SENDING"])
    def test_is_refused_while_it_is_on_its_way(self, status):
        with pytest.raises(actions.NotNow):
            actions.send_again(message=MessageFactory(status=status), by=None, now=NOW)

    def test_is_refused_while_the_address_does_not_work(self):
        message = MessageFactory(status="STOPPED", address=StoppedAddressFactory().address)

        with pytest.raises(actions.StillStopped):
            actions.send_again(message=message, by=None, now=NOW)


class TestOtherDecisions:
    def test_it_arrived(self):
        message = MessageFactory(status="DOUBT", claimed_at=NOW - timedelta(hours=1))

        arrived = actions.note_arrival(message=message, by=None, now=NOW)

        assert (arrived.status, arrived.sent_at) == (Status.SENT, NOW - timedelta(hours=1))

    def test_take_back(self):
        assert actions.take_back(message=MessageFactory(), by=None, now=NOW).status == Status.WITHDRAWN

    @pytest.mark.parametrize("act", [actions.note_arrival, actions.take_back])
    def test_come_too_late_for_what_left(self, act):
        with pytest.raises(actions.NotNow):
            act(message=MessageFactory(status="SENT"), by=None, now=NOW)


class TestSenders:
    def test_have_one_default(self):
        first = actions.default_sender()

        second = actions.keep_sender(
            sender=Sender(),
            facts={"name": "B", "address": "b@c.example", "is_default": True},
            by=None,
            now=NOW,
        )

        first.refresh_from_db()
        assert not first.is_default
        assert actions.default_sender() == second
        assert lines_of([second]).get().action == "mail.sender_kept"

    def test_are_made_once_from_the_settings(self, settings):
        settings.DEFAULT_FROM_EMAIL = "kaal@koepel.example"
        Sender.objects.create(name="kaal@koepel.example", address="ander@koepel.example")

        assert actions.default_sender().address == "ander@koepel.example"


class TestForgetting:
    def test_an_address_leaves_rows_without_words(self):
        address = "fien@bestuur.example"
        waits = MessageFactory(address=address, reply_to="x@y.example")
        gone = MessageFactory(address=address, status="SENT", problem="fien@bestuur.example bestaat niet")
        other = MessageFactory()
        Attachment.objects.create(message=gone, name="fien.pdf", content_type="a/b", content=b"fien")
        actions.send_again(message=gone, by=None, now=NOW)
        lifted = actions.stop_address(address=address, reason="x", by=None, now=NOW)
        actions.lift_stop(stopped=lifted, by=None, now=NOW)
        actions.stop_address(address=address, reason="x", by=None, now=NOW)

        assert actions.forget_address(" FIEN@bestuur.example") == 2

        rows = str(list(Message.objects.exclude(pk=other.pk).values())) + str(
            list(Attachment.objects.values())
        )
        assert "fien" not in rows.lower()
        assert set(ModelLogEntry.objects.values_list("label", flat=True)) == {"gewist"}
        assert ModelLogEntry.objects.count() == 4
        assert not StoppedAddress.objects.exists()
        waits.refresh_from_db()
        assert waits.status == Status.WITHDRAWN

    def test_an_address_may_be_forgotten_in_one_occasion_of_many(self):
        for name in ("fien", "ans"):
            MessageFactory(occasion="tests:same", address=f"{name}@bestuur.example", status="SENT")
            actions.forget_address(f"{name}@bestuur.example")

        assert Message.objects.filter(address__endswith="@gewist.invalid").count() == 2

    def test_an_address_nobody_mailed_is_no_fault(self):
        assert actions.forget_address("niemand@bestuur.example") == 0

    def test_deletes_after_a_year(self, monkeypatch):
        monkeypatch.setattr("trekker.mail.actions.forgetting.BLOCK", 2)
        long_ago = NOW - timedelta(days=366)
        for _ in range(3):
            MessageFactory(status="SENT", sent_at=long_ago)
        MessageFactory(status="FAILED", due_at=long_ago)
        kept = [
            MessageFactory(status="SENT", sent_at=NOW - timedelta(days=364)),
            MessageFactory(status="QUEUED", due_at=long_ago),
        ]

        assert actions.forget_old(now=NOW) == 4
        assert set(Message.objects.all()) == set(kept)
