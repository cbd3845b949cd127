"""Mails that came back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from trekker.mail.actions.stopping import stop_address
from trekker.mail.models import Message
from trekker.mail.reading import Returned

Status = Message.Status
# How long ago we may have mailed an address for a return without our Message-ID to be about it.
RECENT = timedelta(days=14)
LEFT = (Status.SENT, Status.DOUBT, Status.SENDING)


@transaction.atomic
def take_bounce(*, returned: Returned, now: datetime) -> Message | None:
    """
    Note with the mail that it came back; stop the address when it does not exist.

    Only a return that holds our Message-ID stops an address: anyone can send a mail that looks like
    a return. Gives the mail it was about, or nothing when it is none of ours.
    """
    left = Message.objects.select_for_update().filter(status__in=LEFT)
    message = left.filter(message_id=returned.message_id).first() if returned.message_id else None
    proven = message is not None
    if message is None and returned.address:
        recent = left.filter(address=returned.address, claimed_at__gte=now - RECENT)
        message = recent.order_by("-claimed_at", "-pk").first()
    if message is None:
        return None
    message.bounced_at = message.bounced_at or now
    message.problem = returned.reason
    if message.status != Status.SENT:  # it came back, so it left
        message.status, message.sent_at = Status.SENT, message.claimed_at or now
    message.save(update_fields=["bounced_at", "problem", "status", "sent_at"])
    if proven and returned.hard and returned.address in {"", message.address}:
        stop_address(address=message.address, reason=returned.reason, by=None, now=now)
    return message
