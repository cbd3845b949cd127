"""Writing answers down: the one way in, for what was sealed, sent on name, or read from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from secrets import SystemRandom
from typing import Any

from trekker.feedback.models import Answer, Evaluation, FollowUp, Response
from trekker.kernel.sealing import seal

BATCH = 500
ADDRESS = "feedback.follow_up.address"


def store(evaluation: Evaluation, payloads: Iterable[Mapping[str, Any]]) -> int:
    """
    Write answers to one evaluation, in the caller's transaction; says how many.

    A payload has ``number``, ``source``, ``replies`` (each question, choice, number and text),
    ``may_quote``, and where known ``name``, ``person``, ``organisation``, and ``address`` for who
    agreed to be asked again.
    """
    payloads = list(payloads)
    Response.objects.bulk_create(
        (
            Response(
                number=each["number"],
                evaluation=evaluation,
                source=each["source"],
                name=each.get("name", ""),
                person_id=each.get("person"),
                organisation_id=each.get("organisation"),
                may_quote=each["may_quote"],
            )
            for each in payloads
        ),
        batch_size=BATCH,
    )
    answers = [
        Answer(response_id=each["number"], question_id=question, choice=choice, number=number, text=text)
        for each in payloads
        for question, choice, number, text in each["replies"]
    ]
    SystemRandom().shuffle(answers)  # side by side, their numbers would tell what one person answered
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    due_on = evaluation.follow_up_on
    if due_on:
        FollowUp.objects.bulk_create(
            (
                FollowUp(
                    response_id=each["number"],
                    due_on=due_on,
                    address=seal(each["address"], purpose=ADDRESS, block=256),
                )
                for each in payloads
                if each.get("address")
            ),
            batch_size=BATCH,
        )
    return len(payloads)
