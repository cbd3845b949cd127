"""What a person decides about one mail: send it again, it arrived, take it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.mail.actions.delivering import wiped
from trekker.mail.models import Message, StoppedAddress, new_message_id

AGAIN = audit.act("mail.sent_again", "mail opnieuw gestuurd")
ARRIVED = audit.act("mail.arrived", "mail kwam aan")
TAKEN_BACK = audit.act("mail.taken_back", "mail ingetrokken")
Status = Message.Status
MAY_GO_AGAIN = (Status.DOUBT, Status.FAILED, Status.STOPPED, Status.SENT, Status.WITHDRAWN)


class NotNow(Exception):
    """The mail moved on since the screen was opened."""


class StillStopped(Exception):
    """The address does not work; a person must allow it again first."""


@transaction.atomic
def send_again(*, message: Message, by: AnyAccount, now: datetime) -> Message:
    """
    Put a mail back in the queue, to leave at once.

    One that was sent before gets a new Message-ID: receivers hide a second mail with the same.

    :raises NotNow: if it is waiting or being sent, or was private and is gone
    :raises StillStopped: if the address does not work
    """
    message = _locked(message, *MAY_GO_AGAIN)
    if not message.text:  # a private one that was sent
        raise NotNow
    if StoppedAddress.objects.filter(address=message.address).exists():
        raise StillStopped
    if message.status == Status.SENT:
        message.message_id = new_message_id()
    message.status, message.problem = Status.QUEUED, ""
    message.due_at, message.attempts, message.tried_since = now, 0, None
    message.until_at = None  # a person finds that it still makes sense
    message.claim, message.sent_at, message.bounced_at = "", None, None
    message.save()
    audit.record(AGAIN, message, by=by, at=now)
    return message


@transaction.atomic
def note_arrival(*, message: Message, by: AnyAccount, now: datetime) -> Message:
    """
    Write down that a mail in doubt did leave.

    :raises NotNow: if it is no longer in doubt
    """
    message = _locked(message, Status.DOUBT)
    message.status, message.problem = Status.SENT, ""
    message.sent_at = message.claimed_at or now
    for name, value in wiped(message).items():
        setattr(message, name, value)
    message.save(update_fields=["status", "problem", "sent_at", "text", "html"])
    audit.record(ARRIVED, message, by=by, at=now)
    return message


@transaction.atomic
def take_back(*, message: Message, by: AnyAccount, now: datetime) -> Message:
    """
    Withdraw one mail that has not left.

    :raises NotNow: if it left, or is leaving
    """
    message = _locked(message, Status.QUEUED)
    message.status = Status.WITHDRAWN
    message.save(update_fields=["status"])
    audit.record(TAKEN_BACK, message, by=by, at=now)
    return message


def _locked(message: Message, *statuses: Status) -> Message:
    """Take the row for this transaction, if it still stands where the person saw it."""
    found = Message.objects.select_for_update().filter(pk=message.pk, status__in=statuses).first()
    if found is None:
        raise NotNow
    return found
