"""How the outbox stands, and which texts there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Count

from trekker.kernel.models import Turn
from trekker.kernel.numbers import whole_number
from trekker.mail.models import Message, MessageQuerySet, StoppedAddress, Wording
from trekker.mail.registry import KINDS, ROOMS, TOPICS, Kind

Status = Message.Status
LATE = timedelta(minutes=15)
DELIVER = "mail.deliver"  # the chore by which mails leave


@dataclass(frozen=True)
class Standing:
    """
    How many mails wait, are in doubt or failed.

    ``late_since`` is set when mails do not leave, or the clock that makes some of them stands still.
    """

    waiting: int
    doubt: int
    failed: int
    stopped_addresses: int
    late_since: datetime | None


def is_private(message: Message) -> bool:
    """Tell whether a mail holds a link that opens what only the receiver may see."""
    kind = KINDS.get(message.kind)
    return bool(kind and kind.private)


def standing(messages: MessageQuerySet, *, now: datetime) -> Standing:
    """Count what asks for a look, over all mails that the reader may see."""
    looked_at = [Status.QUEUED, Status.DOUBT, Status.FAILED]
    counted = messages.filter(status__in=looked_at).order_by().values_list("status").annotate(Count("pk"))
    by_status = dict(counted)
    # A mail that was tried is late for a reason that stands with it.
    late = messages.filter(status=Status.QUEUED, due_at__lt=now - LATE, attempts=0).order_by("due_at").first()
    missed = Turn.objects.filter(chore=DELIVER, next_at__lt=now - LATE).first()
    return Standing(
        waiting=by_status.get(Status.QUEUED, 0),
        doubt=by_status.get(Status.DOUBT, 0),
        failed=by_status.get(Status.FAILED, 0),
        stopped_addresses=StoppedAddress.objects.count(),
        late_since=late.due_at if late else missed.next_at if missed else None,
    )


@dataclass(frozen=True)
class KindRow:
    """One kind of mail in the list of texts."""

    kind: Kind
    room: str
    changed: bool


def kinds_with_wording() -> list[KindRow]:
    """List every kind of mail by room and label, and whether staff changed its text."""
    changed = set(Wording.objects.values_list("kind", flat=True))
    rows = (KindRow(each, room_of(each.code), each.code in changed) for each in KINDS.values())
    return sorted(rows, key=lambda row: (row.room, row.kind.label))


def room_of(code: str) -> str:
    """Name the room that declared a kind of mail, as the first part of its code says."""
    label = code.partition(".")[0]
    if label in apps.app_configs:
        return str(apps.get_app_config(label).verbose_name)
    return ROOMS.get(label, label)


def topic_words(topic: str) -> str:
    """Say what a topic is in words, such as *activiteit 12*; one that nobody declared stays as it is."""
    prefix, _, key = topic.partition(":")
    return f"{TOPICS[prefix].word} {key}" if prefix in TOPICS else OTHER.get(prefix, topic)


def topic_of(words: str) -> str:
    """Give the topic that someone typed in words, or as it is kept."""
    word, _, key = words.strip().lower().partition(" ")
    return next((f"{prefix}:{key.strip()}" for prefix, each in TOPICS.items() if each.word == word), words)


def subject_of(topic: str) -> tuple[str, str]:
    """Give the title and the address of what mails are about; without address once it is gone."""
    prefix, _, key = topic.partition(":")
    number = whole_number(key)
    found = TOPICS[prefix].find(number) if prefix in TOPICS and number is not None else None
    return found or (topic_words(topic), "")


def label_of(code: str) -> str:
    """Name a kind of mail; one that is no longer declared keeps its code."""
    return KINDS[code].label if code in KINDS else OTHER.get(code, code)


OTHER = {"mail.trial": "Proefmail"}


def kind_choices() -> Iterable[tuple[str, str]]:
    """Give every kind of mail to choose from."""
    named = [(row.kind.code, f"{row.room}: {row.kind.label}") for row in kinds_with_wording()]
    return [*named, *OTHER.items()]
