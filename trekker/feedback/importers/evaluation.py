"""The evaluation that a file with answers belongs to, and what its rows hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trekker.feedback.importers.answers import Asked, asked_of
from trekker.feedback.models import Evaluation, Mode, Question
from trekker.imports.models import Import

WHO = ("mark", "email", "name")  # fields that are no question
MOST_WORDS = 100  # a question with more different words that do not fit has the wrong column


def evaluation_of(options: Mapping[str, Any]) -> Evaluation | None:
    """Give the evaluation that was chosen with a file; it may be gone by now."""
    return Evaluation.objects.filter(pk=options.get("evaluation", 0)).first()


def questions_of(options: Mapping[str, Any]) -> list[Question]:
    """Give the questions of the evaluation that was chosen with a file."""
    rows = Question.objects.filter(questionnaire__evaluations=options.get("evaluation", 0))
    return list(rows.order_by("sort_order", "pk"))


def asked_in(draft: Import) -> dict[str, Asked]:
    """Give the questions of the evaluation by their key, ready to read cells."""
    return asked_of(questions_of(draft.options))


def is_named(evaluation: Evaluation | None) -> bool:
    """Tell whether it may be kept who answered."""
    return evaluation is not None and evaluation.mode == Mode.NAMED
