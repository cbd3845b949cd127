"""Putting mails in the outbox, and taking back what has not left yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

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


@dataclass(frozen=True)
class Style:
    """In whose name mails leave at the moment, and the texts that staff chose for some kinds."""

    sender: Sender
    wordings: Mapping[str, Wording]


def style_of(kinds: Collection[Kind]) -> Style:
    """Read the style of some kinds of mail; best before a lock, so that nobody waits for it."""
    wordings = Wording.objects.filter(kind__in=[kind.code for kind in kinds])
    return Style(default_sender(), {each.kind: each for each in wordings})


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
    style: Style | None = None,
    reply_to: str = "",
    files: Sequence[File] = (),
    daily: str = "",
) -> Message | None:
    """
    Put one mail in the outbox, in the caller's transaction; gives nothing if it was there already.

    It leaves at ``due_at``, or at once; what is late stays back from ``until_at`` on.
    One ``occasion`` reaches an address once, however the address is written. Of the occasions that
    start with ``daily``, which ends in a colon, it gets one a day: one too many is written and undone,
    so that time does not tell what someone got before. ``style`` is what was read before.
    """
    address = normal(address)
    same = Message.objects.filter(occasion=occasion, address=address)
    try:
        with transaction.atomic():  # a savepoint: the caller's transaction survives a double
            if kind.confirms:
                _one_at_a_time(address)
            earlier = _earlier(same, address, now)
            if any(each.occasion == occasion for each in earlier):
                return None
            style = style or style_of([kind])
            wording = style.wordings.get(kind.code, kind)
            written = write(kind, wording.subject, wording.text, values, style.sender.signature)
            due_at = due_at or now
            message = Message.objects.create(
                occasion=occasion,
                address=address,
                kind=kind.code,
                topic=topic,
                sender=style.sender,
                reply_to=reply_to,
                subject=written.subject,
                text=written.text,
                html=written.html,
                sends_again=kind.sends_again,
                created_at=now,
                due_at=max(due_at, _allowed_at(kind, earlier, now)) if kind.confirms else due_at,
                until_at=until_at,
            )
            _keep(files, message)
            too_many = bool(daily) and any(_is_lately(each, daily, now) for each in earlier)
            transaction.set_rollback(too_many)
    except IntegrityError:
        if same.exists():
            return None
        raise
    return None if too_many else message


def _keep(files: Sequence[File], message: Message) -> None:
    if files:
        Attachment.objects.bulk_create(
            Attachment(message=message, name=each.name, content_type=each.content_type, content=each.content)
            for each in files
        )


def _earlier(same: QuerySet[Message], address: str, now: datetime) -> list[Message]:
    """Give what went or goes to an address for the same occasion, or lately for another."""
    lately = Q(status=Message.Status.QUEUED) | Q(created_at__gt=now - DAY) | Q(due_at__gt=now - DAY)
    rows = same | Message.objects.filter(lately, address=address)
    return list(rows.only("occasion", "kind", "status", "created_at", "due_at"))


def _is_lately(message: Message, daily: str, now: datetime) -> bool:
    """Tell whether a mail of a series waits, or was made in the last day."""
    waits = message.status == Message.Status.QUEUED
    return f"{message.occasion}:".startswith(daily) and (waits or message.created_at > now - DAY)


def _allowed_at(kind: Kind, earlier: Sequence[Message], now: datetime) -> datetime:
    """Give when an address may get its next confirmation, over all forms together."""
    confirming = {
        each.code
        for each in KINDS.values()
        if each.confirms and (each.delays_others or not kind.delays_others)
    }
    counted = [each for each in earlier if each.kind in confirming and each.due_at > now - DAY]
    times = sorted(each.due_at for each in counted if each.status != Message.Status.WITHDRAWN)
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
