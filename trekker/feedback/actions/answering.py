"""Answering: saving to go on later, sending, and taking an answer back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from trekker.feedback.actions.evaluations import AlreadyClosed, lock
from trekker.feedback.actions.storing import store
from trekker.feedback.models import Evaluation, Invitation, Mode, Response, SealedAnswer
from trekker.feedback.queries.sealed import locked, sealed_with
from trekker.kernel.sealing import number_of, seal
from trekker.people.addresses import address

DRAFT = "feedback.draft"
Source = Response.Source


class Closed(Exception):
    """Answers are not taken: not open yet, or closed before the form was opened."""


class AlreadyAnswered(Exception):
    """The personal link served before."""


class OtherQuestions(Exception):
    """The questions, or what is kept of whom, changed since the form was opened."""


@dataclass(frozen=True)
class Reply:
    """The answer to one question; of more choices, and of a ranking, each choice is a reply."""

    question: int
    choice: str = ""
    number: str | None = None
    text: str = ""


@dataclass(frozen=True)
class Given:
    """
    All that someone sends: the replies, and what they allow.

    ``address`` is where who ``agrees`` to be asked again can be reached; a personal link knows it.
    """

    replies: tuple[Reply, ...]
    may_quote: bool = False
    agrees: bool = False
    address: str = ""
    name: str = ""


@transaction.atomic
def answer(
    *,
    evaluation: Evaluation,
    given: Given,
    ticket: str,
    opened_at: datetime,
    invitation: Invitation | None = None,
    source: str = Source.OPEN,
    promised: str = "",
    now: datetime,
) -> int:
    """
    Take in what someone answered; gives the number of the response, by which they can take it back.

    The same ``ticket`` twice is one answer, and one ``invitation`` serves once. Who opened the form
    before the end may send it until the answers are opened. Unless on name, the answer is sealed, and
    nothing ties it to the invitation. ``promised`` is the promise of the form that was shown.

    :raises Closed: if answers are not taken
    :raises AlreadyAnswered: if the personal link served before
    :raises OtherQuestions: if the evaluation asks or promises something else by now
    :raises NotAnAddress: if the address is none
    """
    try:
        evaluation = lock(evaluation)
    except (AlreadyClosed, Evaluation.DoesNotExist):
        raise Closed from None
    sent = f"{evaluation.pk}.{ticket}"
    number = number_of(sent, purpose="feedback.response")
    seal_number = number_of(sent, purpose="feedback.seal")
    if evaluation.sealed.filter(pk=seal_number).exists() or Response.objects.filter(pk=number).exists():
        return number
    if now < evaluation.opens_at or opened_at >= evaluation.closes_at:
        raise Closed
    if promised and promised != evaluation.promise:
        raise OtherQuestions
    if invitation:
        _use(invitation)
    payload = _payload(evaluation, given, invitation, number, source)
    if evaluation.is_sealed:
        SealedAnswer.objects.create(
            number=seal_number, evaluation=evaluation, content=locked(evaluation, payload)
        )
    else:
        store(evaluation, [payload])
    return number


def _use(invitation: Invitation) -> None:
    used = Invitation.objects.filter(pk=invitation.pk, answered=False).update(answered=True, draft=None)
    if not used:
        raise AlreadyAnswered


def _payload(
    evaluation: Evaluation, given: Given, invitation: Invitation | None, number: int, source: str
) -> dict[str, Any]:
    """Lay down what is kept: on name all, with a pseudonym what was agreed to, anonymous nothing else."""
    replies = [[each.question, each.choice, each.number, each.text] for each in given.replies]
    kept: dict[str, Any] = {
        "number": number,
        "source": source,
        "replies": replies,
        "may_quote": given.may_quote,
    }
    follows = given.agrees and bool(evaluation.follow_up_weeks)
    if follows:
        kept["address"] = invitation.email if invitation else address(given.address)
    if invitation and (evaluation.mode == Mode.NAMED or follows):
        kept["organisation"] = invitation.organisation_id
    if evaluation.mode == Mode.NAMED:
        kept["name"] = invitation.name if invitation else given.name
        kept["person"] = invitation.person_id if invitation else None
    return kept


@transaction.atomic
def save_draft(*, invitation: Invitation, answers: dict[str, Any], now: datetime) -> None:
    """
    Keep what someone filled in so far, sealed, to go on later by the same link.

    :raises Closed: if answers are not taken
    :raises AlreadyAnswered: if the personal link served before
    """
    try:
        evaluation = lock(invitation.evaluation)
    except (AlreadyClosed, Evaluation.DoesNotExist):
        raise Closed from None
    if not evaluation.is_open_at(now):
        raise Closed
    content = seal(json.dumps(answers), purpose=DRAFT, salt=str(invitation.pk).encode())
    kept = Invitation.objects.filter(pk=invitation.pk, answered=False).update(draft=content)
    if not kept:
        raise AlreadyAnswered


@transaction.atomic
def take_back(*, evaluation: int, number: int) -> bool:
    """
    Delete an answer with all that follows from it, for who gave it; tells whether it was there.

    The link they used does not serve again: nothing ties it to the answer.
    """
    found = Evaluation.objects.select_for_update(of=("self",)).filter(pk=evaluation).first()
    if not found:
        return False
    if not found.closed_at and (held := sealed_with(found, number)):
        held.delete()
        return True
    count, _ = Response.objects.filter(pk=number, evaluation=found).delete()
    return bool(count)
