"""
Mails leave: each is claimed, handed over, and marked.

A claim is committed before the mail is handed over, and the mark of one mail goes with the claim of
the next. So a process that is killed leaves at most one mail of which nobody knows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from trekker.mail.actions.relaying import NotReached, Refused, Relay, Unanswered, as_mail
from trekker.mail.actions.stopping import stop_address
from trekker.mail.models import Message, StoppedAddress
from trekker.mail.queries import is_private
from trekker.mail.reading import LATER, REFUSED, explained, names_unknown, one_line, status_in

Status = Message.Status
MOST, LONGEST = 50, timedelta(seconds=20)  # of one turn
DOUBT_AFTER = timedelta(minutes=10)  # longer than a mail can take with a server that is slow in each answer
FIRST_PAUSE, LAST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
AWAY_PAUSE = timedelta(minutes=10)  # at most, as it says nothing about the mail
GIVE_UP_AFTER = timedelta(days=3)
MOST_DOUBTS = 5  # a mail that fells the process each time is for a person
BROKEN = 500
STOPPED = "Dit adres werkt niet. Laat het eerst weer toe."
AWAY = "De mailserver is niet bereikbaar. Trekker probeert het vanzelf opnieuw."
IN_DOUBT = "Trekker weet niet of deze mail vertrok. Beslis zelf of je ze opnieuw stuurt."
FELL = "Het versturen brak af. Trekker stuurt de mail vanzelf opnieuw."
NOT_MADE = "Trekker kan deze mail niet opmaken."
TOO_LATE = "De mailserver was te lang weg. Deze mail kwam te laat en bleef hier."
GAVE_UP = "Het lukte drie dagen lang niet."
log = logging.getLogger(__name__)


@dataclass
class Delivery:
    """What one turn did; ``away`` says that the mail server cannot be reached."""

    sent: int = 0
    other: int = 0
    away: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one claimed mail, to be written down."""

    message: Message
    changes: dict[str, Any]
    stops: str = ""
    away: bool = False


def deliver(
    *,
    clock: Callable[[], datetime],
    most: int = MOST,
    longest: timedelta = LONGEST,
    going: Callable[[], bool] = lambda: True,
) -> Delivery:
    """
    Send what is due, one by one over one line, until nothing is left, the turn is full, or told to stop.

    Several processes may do this at the same time; each mail is claimed by one of them.
    """
    done, until = Delivery(), clock() + longest
    batch = _next_batch(most, clock())
    if not batch:
        return done
    with Relay() as relay:
        try:
            relay.open()
        except NotReached as fault:
            _note_away(str(fault), clock())
            return Delivery(away=True)
        outcome: Outcome | None = None
        for message in batch:
            if done.away or clock() >= until or not going():
                break
            claimed = _mark_and_claim(outcome, message, clock())
            outcome = _hand_over(relay, message, clock) if claimed else None
            if outcome:
                done.away = outcome.away
                done.sent += outcome.changes["status"] == Status.SENT
                done.other += outcome.changes["status"] != Status.SENT
        _mark(outcome, clock())
    return done


def _next_batch(most: int, now: datetime) -> list[Message]:
    """Read what may be claimed next, with all that is sent along; set aside what cannot be reached."""
    past = Message.objects.past_at(now)
    if past.exists():
        past.update(status=Status.WITHDRAWN, problem=TOO_LATE)
    waiting = Message.objects.waiting_at(now)
    if not waiting.exists():
        return []
    stopped = StoppedAddress.objects.values("address")
    waiting.filter(address__in=stopped).update(status=Status.STOPPED, problem=STOPPED)
    rows = waiting.order_by("due_at", "pk").select_related("sender").prefetch_related("attachments")
    return list(rows[:most])


@transaction.atomic
def _mark_and_claim(outcome: Outcome | None, message: Message, now: datetime) -> bool:
    """Write down what became of one mail and claim another, in one commit; tells whether it is ours."""
    _mark(outcome, now)
    # One statement, so that no two processes get the same.
    free = Message.objects.waiting_at(now).filter(pk=message.pk)
    if connection.features.has_select_for_update_skip_locked:  # what another is busy with is passed over
        free = Message.objects.filter(pk__in=free.select_for_update(skip_locked=True).values("pk"))
    message.claim = token_hex(16)
    message.attempts += 1
    changes = {"status": Status.SENDING, "claim": message.claim, "claimed_at": now}
    return bool(free.update(**changes, attempts=F("attempts") + 1))


@transaction.atomic
def _mark(outcome: Outcome | None, now: datetime) -> None:
    """Write down what became of a claimed mail, unless a person decided meanwhile."""
    if outcome is None:
        return
    # A slow answer may come after the claim was called in doubt, or given free: it still counts.
    claimed = Message.objects.filter(pk=outcome.message.pk, claim=outcome.message.claim)
    claimed.filter(status__in=[Status.SENDING, Status.DOUBT, Status.QUEUED]).update(**outcome.changes)
    if outcome.stops:
        stop_address(address=outcome.message.address, reason=outcome.stops, by=None, now=now)


def _hand_over(relay: Relay, message: Message, clock: Callable[[], datetime]) -> Outcome:
    """Hand one claimed mail over; whatever happens, it has an outcome."""
    try:
        relay.send(as_mail(message, clock()))
    except Refused as answer:
        return _refused(message, answer, clock())
    except NotReached as fault:
        return Outcome(
            message, _later(message, f"{AWAY} {one_line(str(fault))}", AWAY_PAUSE, clock()), away=True
        )
    except Unanswered as fault:
        return Outcome(message, _doubted(message, one_line(str(fault)), clock()))
    except Exception as fault:  # a mail that cannot be made may not hold up the others
        log.exception("Mail %s cannot be made", message.pk)
        return Outcome(message, {"status": Status.FAILED, "problem": f"{NOT_MADE} {one_line(str(fault))}"})
    sent = {"status": Status.SENT, "sent_at": clock(), "problem": "", "tried_since": None}
    return Outcome(message, {**sent, **wiped(message)})


def wiped(message: Message) -> dict[str, str]:
    """Give what is thrown away of a mail that was sent: the text of a private one."""
    return {"text": "", "html": ""} if is_private(message) else {}


def _refused(message: Message, answer: Refused, now: datetime) -> Outcome:
    words = f"{answer.code} {answer.words}"
    status = status_in(answer.words)
    if answer.code < BROKEN:
        return Outcome(message, _later(message, explained(status, words, otherwise=LATER), LAST_PAUSE, now))
    problem = explained(status, words) if answer.at != "MAIL" else f"{REFUSED} {one_line(words)}"
    unknown = answer.at != "MAIL" and status.startswith("5.1.") and names_unknown(status, words)
    return Outcome(message, {"status": Status.FAILED, "problem": problem}, stops=problem if unknown else "")


def _later(message: Message, problem: str, most: timedelta, now: datetime) -> dict[str, Any]:
    """Let a mail wait twice as long as before; after three days it is for a person."""
    since = message.tried_since or now
    if now - since >= GIVE_UP_AFTER:
        return {"status": Status.FAILED, "problem": f"{GAVE_UP} {problem}"}
    pause = min(FIRST_PAUSE * 2 ** min(message.attempts - 1, 12), most)
    return {"status": Status.QUEUED, "due_at": now + pause, "problem": problem, "tried_since": since}


def _doubted(message: Message, words: str, now: datetime) -> dict[str, Any]:
    if message.sends_again and message.attempts < MOST_DOUBTS:
        return _later(message, f"{FELL} {words}", LAST_PAUSE, now)
    return {"status": Status.DOUBT, "problem": f"{IN_DOUBT} {words}"}


@transaction.atomic
def _note_away(words: str, now: datetime) -> None:
    """Note with the first mail in the queue that the server is away; the next turn tries another."""
    waiting = Message.objects.waiting_at(now).order_by("due_at", "pk")
    if message := waiting.select_for_update(skip_locked=True).first():
        message.attempts += 1
        changes = _later(message, f"{AWAY} {one_line(words)}", AWAY_PAUSE, now)
        Message.objects.filter(pk=message.pk, status=Status.QUEUED).update(
            attempts=message.attempts, **changes
        )


@transaction.atomic
def settle_doubt(*, now: datetime) -> int:
    """Look at claims of processes that fell: send again what may, show the others; says how many."""
    gone = Message.objects.filter(status=Status.SENDING, claimed_at__lt=now - DOUBT_AFTER)
    again = gone.filter(sends_again=True, attempts__lt=MOST_DOUBTS).update(
        status=Status.QUEUED, due_at=now, problem=FELL
    )
    return again + gone.update(status=Status.DOUBT, problem=IN_DOUBT)
