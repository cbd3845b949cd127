"""Putting mails in the outbox, and taking back what has not left yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from trekker.mail.formats import write
from trekker.mail.models import Attachment, Message, Sender, Wording
from trekker.mail.registry import KINDS, Kind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AN_HOUR, A_DAY = 1, 3  # confirmations to one address: see Kind.confirms


@dataclass(frozen=True)
class File:
    """A file to send along."""

    name: str
    content_type: str
    content: bytes


@transaction.atomic
def queue(
    *,
    kind: Kind,
    occasion: str,
    address: str,
    values: Mapping[str, str],
    now: datetime,
    due_at: datetime | None = None,
    topic: str = "",
    sender: Sender | None = None,
    reply_to: str = "",
    files: Sequence[File] = (),
) -> Message | None:
    """
    Put one mail in the outbox, in the caller's transaction; gives nothing if it was there already.

    It leaves at ``due_at``, or at once. One ``occasion`` reaches an address once.
    """
    if Message.objects.filter(occasion=occasion, address=address).exists():
        return None
    wording = Wording.objects.filter(kind=kind.code).first()
    sender = sender or Sender.objects.filter(is_default=True).first()
    written = write(
        kind,
        wording.subject if wording else kind.subject,
        wording.text if wording else kind.text,
        values,
        sender.signature if sender else "",
    )
    due_at = due_at or now
    message = Message.objects.create(
        occasion=occasion,
        address=address,
        kind=kind.code,
        topic=topic,
        sender=sender,
        reply_to=reply_to,
        subject=written.subject,
        text=written.text,
        html=written.html,
        sends_again=kind.sends_again,
        created_at=now,
        due_at=max(due_at, _allowed_at(address, now)) if kind.confirms else due_at,
    )
    Attachment.objects.bulk_create(
        Attachment(message=message, name=each.name, content_type=each.content_type, content=each.content)
        for each in files
    )
    return message


def _allowed_at(address: str, now: datetime) -> datetime:
    """Give when this address may get its next confirmation."""
    confirming = [kind.code for kind in KINDS.values() if kind.confirms]
    recent = Message.objects.filter(address=address, kind__in=confirming, due_at__gt=now - DAY)
    times = sorted(recent.values_list("due_at", flat=True))
    at = now
    if len(times) >= AN_HOUR:
        at = max(at, times[-AN_HOUR] + HOUR)
    if len(times) >= A_DAY:
        at = max(at, times[-A_DAY] + DAY)
    return at


@transaction.atomic
def withdraw(*, topic: str, kinds: Sequence[Kind], now: datetime) -> int:  # noqa: ARG001 - the audit of who did it is the caller's
    """Take back the mails of these kinds about a topic that have not left; says how many."""
    waiting = Message.objects.about(topic).filter(
        kind__in=[kind.code for kind in kinds], status=Message.Status.QUEUED
    )
    return waiting.update(status=Message.Status.WITHDRAWN)
