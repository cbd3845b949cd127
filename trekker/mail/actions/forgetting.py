"""What the outbox forgets: everything about an address, and what is a year old."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from trekker.kernel import audit
from trekker.mail.addresses import normal
from trekker.mail.models import Attachment, Message, StoppedAddress

KEPT = timedelta(days=365)
BLOCK = 500
Status = Message.Status


@transaction.atomic
def forget_address(address: str) -> int:
    """
    Wipe everything the outbox holds about an address, and let nothing more leave to it.

    The rows stay, without address, words and files; says how many there were.
    """
    address = normal(address)
    messages = Message.objects.filter(address=address)
    found = list(messages.only("pk"))
    _forget_lines(found)
    audit.forget_named(StoppedAddress, address)
    keys = [each.pk for each in found]
    Attachment.objects.filter(message__in=keys).update(content=b"", name="gewist")
    wiped = Message.objects.filter(pk__in=keys)
    wiped.filter(status=Status.QUEUED).update(status=Status.WITHDRAWN)
    # One occasion reaches an address once, also when the address of two persons was wiped.
    nobody = Concat(Value("gewist"), Cast("pk", CharField()), Value("@gewist.invalid"))
    wiped.update(address=nobody, reply_to="", subject="", text="", html="", problem="")
    StoppedAddress.objects.filter(address=address).delete()
    return len(found)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Delete mails that left, or would have left, a year ago; says how many."""
    before = now - KEPT
    old = Message.objects.filter(Q(sent_at__lt=before) | Q(sent_at=None, due_at__lt=before))
    old = old.exclude(status__in=[Status.QUEUED, Status.SENDING]).order_by("pk")
    count = 0
    while block := list(old.only("pk")[:BLOCK]):
        _forget_lines(block)
        Message.objects.filter(pk__in=[each.pk for each in block]).delete()
        count += len(block)
    return count


def _forget_lines(messages: list[Message]) -> None:
    """Take the words of these mails out of the log; the acts stay."""
    for start in range(0, len(messages), BLOCK):
        audit.lines_of(messages[start : start + BLOCK]).update(label="gewist", data={})
