"""Adding answers that were read from a file to an evaluation, without showing who gave which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from trekker.feedback.actions.storing import BATCH, store
from trekker.feedback.models import Evaluation, Imprint, Mode, Response, SealedAnswer
from trekker.feedback.models.evaluation import LEAST
from trekker.feedback.queries.sealed import locked
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.kernel.sealing import fingerprint, number_of

READ = audit.act("feedback.file_read", "antwoorden uit een bestand ingelezen")


class TooFew(Exception):
    """So few answers join those that can be read already that the difference would show them."""


@dataclass(frozen=True)
class FromFile:
    """
    One answer from a file: the ``mark`` of its row, which tells it from all others, and the replies.

    Who gave it is kept on name only.
    """

    mark: str
    replies: Sequence[Sequence[Any]]
    email: str = ""
    name: str = ""
    person: int | None = None
    organisation: int | None = None


def imprint(evaluation: Evaluation, mark: str) -> str:
    """Give what is kept of the mark of a row."""
    return fingerprint(f"{evaluation.pk}\x1f{mark}", purpose="feedback.imprint")


def are_too_few(evaluation: Evaluation, many: int) -> bool:
    """
    Tell whether so many new answers would be shown by the difference they make.

    Only where totals can be read already and nobody is named: an evaluation that is still sealed opens
    all its answers together.
    """
    if evaluation.closed_at is None or evaluation.mode == Mode.NAMED or not 0 < many < LEAST:
        return False
    return evaluation.responses.exists()


@transaction.atomic
def add_from_file(
    *, evaluation: Evaluation, answers: Sequence[FromFile], by: AnyAccount, now: datetime
) -> int:
    """
    Add answers from a file; a row that was read before adds nothing. Says how many are new.

    Everything is written in the order of numbers that say nothing, so that neither ids nor places in a
    table tell in which order people answered. While the evaluation is sealed the answers are sealed like
    all others and open with them; a closed one, or one on name, takes them in at once. An invitation of
    someone on name has served then.

    :raises TooFew: if the answers of fewer than five people would join those that can be read already
    """
    evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    known = set(evaluation.imprints.values_list("mark", flat=True))
    fresh = {imprint(evaluation, each.mark): each for each in answers}
    fresh = {mark: each for mark, each in sorted(fresh.items()) if mark not in known}
    if are_too_few(evaluation, len(fresh)):
        raise TooFew
    payloads = sorted(
        (_payload(evaluation, each) for each in fresh.values()), key=lambda each: each["number"]
    )
    if evaluation.is_sealed and evaluation.closed_at is None:
        SealedAnswer.objects.bulk_create(
            (
                SealedAnswer(
                    number=number_of(str(each["number"]), purpose="feedback.seal"),
                    evaluation=evaluation,
                    content=locked(evaluation, each),
                )
                for each in payloads
            ),
            batch_size=BATCH,
        )
    else:
        store(evaluation, payloads)
    Imprint.objects.bulk_create(
        (Imprint(evaluation=evaluation, mark=mark) for mark in fresh), batch_size=BATCH
    )
    _serve(evaluation, [each.email for each in fresh.values() if each.email])
    if fresh:
        audit.record(READ, evaluation, by=by, at=now, answers=len(fresh))
    return len(fresh)


def _payload(evaluation: Evaluation, answer: FromFile) -> Mapping[str, Any]:
    """Lay down what is kept; who it was, on name only."""
    kept: dict[str, Any] = {
        "number": number_of(f"{evaluation.pk}\x1f{answer.mark}", purpose="feedback.response"),
        "source": Response.Source.FILE,
        "replies": [list(reply) for reply in answer.replies],
        "may_quote": False,
    }
    if evaluation.mode == Mode.NAMED:
        kept |= {"name": answer.name, "person": answer.person, "organisation": answer.organisation}
    return kept


def _serve(evaluation: Evaluation, emails: Sequence[str]) -> None:
    """Note that who answered elsewhere need not be reminded."""
    if evaluation.mode != Mode.NAMED:
        return
    for start in range(0, len(emails), BATCH):
        waiting = evaluation.invitations.filter(email__in=emails[start : start + BATCH])
        waiting.update(answered=True, draft=None)
