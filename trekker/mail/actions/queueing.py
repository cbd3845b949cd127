"""Putting mails in the outbox, and taking back what has not left yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, connection, transaction

from trekker.mail.actions.senders import default_sender
from trekker.mail.addresses import normal
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


def queue(
    *,
    kind: Kind,
    occasion: str,
    address: str,
    values: Mapping[str, str],
    now: datetime,
    due_at: datetime | None = None,
    until_at: datetime | None = None,
    topic: str = "",
    sender: Sender | None = None,
    reply_to: str = "",
    files: Sequence[File] = (),
) -> Message | None:
    """
    Put one mail in the outbox, in the caller's transaction; gives nothing if it was there already.

    It leaves at ``due_at``, or at once; what is late stays back from ``until_at`` on.
    One ``occasion`` reaches an address once, however the address is written.
    """
    address = normal(address)
    same = Message.objects.filter(occasion=occasion, address=address)
    if same.exists():
        return None
    sender = sender or default_sender()
    wording = Wording.objects.filter(kind=kind.code).first() or kind
    written = write(kind, wording.subject, wording.text, values, sender.signature)
    due_at = due_at or now
    try:
        with transaction.atomic():  # a savepoint: the caller's transaction survives a double
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
                due_at=max(due_at, _allowed_at(kind, address, now)) if kind.confirms else due_at,
                until_at=until_at,
            )
            if files:
                Attachment.objects.bulk_create(
                    Attachment(
                        message=message, name=each.name, content_type=each.content_type, content=each.content
                    )
                    for each in files
                )
    except IntegrityError:
        if same.exists():
            return None
        raise
    return message


def _allowed_at(kind: Kind, address: str, now: datetime) -> datetime:
    """Give when this address may get its next confirmation, over all forms together."""
    _one_at_a_time(address)
    confirming = [
        each.code
        for each in KINDS.values()
        if each.confirms and (each.delays_others or not kind.delays_others)
    ]
    recent = Message.objects.filter(address=address, kind__in=confirming, due_at__gt=now - DAY)
    times = sorted(recent.exclude(status=Message.Status.WITHDRAWN).values_list("due_at", flat=True))
    at = now
    if len(times) >= AN_HOUR:
        at = max(at, times[-AN_HOUR] + HOUR)
    if len(times) >= A_DAY:
        at = max(at, times[-A_DAY] + DAY)
    return at


def _one_at_a_time(address: str) -> None:
    """
    Let two forms with the same address count one after the other, until the end of the transaction.

    SQLite writes one transaction at a time by itself.
    """
    if connection.vendor == "postgresql":
        key = int.from_bytes(sha256(address.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def withdraw(*, topic: str, kinds: Sequence[Kind], address: str = "", now: datetime) -> int:  # noqa: ARG001 - the audit of who did it is the caller's
    """
    Take back the mails of these kinds about a topic that have not left, to all or to one; says how many.

    It is one statement: a mail that is being sent at the moment has left, and is not taken back.
    """
    waiting = Message.objects.about(topic).filter(
        kind__in=[kind.code for kind in kinds], status=Message.Status.QUEUED
    )
    if address:
        waiting = waiting.filter(address=normal(address))
    return waiting.update(status=Message.Status.WITHDRAWN)
