"""What is locked until an evaluation closes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from trekker.feedback.models import Evaluation, SealedAnswer
from trekker.kernel.sealing import seal, unseal

PURPOSE = "feedback.answer"


def locked(evaluation: Evaluation, payload: Mapping[str, Any]) -> bytes:
    """Lock one answer with the key of its evaluation."""
    return seal(json.dumps(payload), purpose=PURPOSE, salt=evaluation.salt)


def opened(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Open every answer of an evaluation that is not closed yet."""
    contents = evaluation.sealed.values_list("content", flat=True)
    return [json.loads(unseal(each, purpose=PURPOSE, salt=evaluation.salt)) for each in contents]


def sealed_with(evaluation: Evaluation, number: int) -> SealedAnswer | None:
    """Find what holds the response with this number, by opening all."""
    for each in evaluation.sealed.all():
        payload = json.loads(unseal(each.content, purpose=PURPOSE, salt=evaluation.salt))
        if payload["number"] == number:
            return each
    return None
