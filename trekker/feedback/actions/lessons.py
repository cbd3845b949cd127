"""Deciding to do something differently, and saying later what came of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from trekker.feedback.models import Answer, Evaluation, Lesson
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

LEARNT = audit.act("feedback.lesson_added", "les genoteerd")
CHANGED = audit.act("feedback.lesson_changed", "les verbeterd")
CONCLUDED = audit.act("feedback.lesson_concluded", "gezegd wat van een les kwam")
State = Lesson.State


class OutcomeMissing(Exception):
    """A lesson that is no longer kept in mind says what came of it, or why not."""


@transaction.atomic
def add_lesson(
    *,
    text: str,
    kinds: Sequence[str],
    evaluation: Evaluation | None = None,
    answers: Iterable[Answer] = (),
    by: AnyAccount,
    now: datetime,
) -> Lesson:
    """Write down what to do differently, for which kinds of activity, with the answers it comes from."""
    lesson = Lesson.objects.create(
        text=text, kinds=list(kinds), evaluation=evaluation, decided_at=now, decided_by=by
    )
    lesson.answers.set(answers)
    audit.record(LEARNT, lesson, by=by, at=now)
    return lesson


@transaction.atomic
def change_lesson(
    *,
    lesson: Lesson,
    text: str,
    kinds: Sequence[str],
    evaluation: Evaluation | None,
    answers: Iterable[Answer] | None = None,
    by: AnyAccount,
    now: datetime,
) -> Lesson:
    """Write a lesson down differently; what came of it stays, and its answers unless others are given."""
    lesson = _locked(lesson)
    lesson.text, lesson.kinds, lesson.evaluation = text, list(kinds), evaluation
    lesson.save(update_fields=["text", "kinds", "evaluation"])
    if answers is not None:
        lesson.answers.set(answers)
    audit.record(CHANGED, lesson, by=by, at=now)
    return lesson


@transaction.atomic
def conclude_lesson(*, lesson: Lesson, state: str, outcome: str, by: AnyAccount, now: datetime) -> Lesson:
    """
    Say that a lesson was applied or is no longer needed, and what came of it; or keep it in mind again.

    :raises OutcomeMissing: if it is not said what came of it
    """
    if state != State.KEPT_IN_MIND and not outcome.strip():
        raise OutcomeMissing
    lesson = _locked(lesson)
    lesson.state, lesson.outcome = state, outcome.strip()
    lesson.save(update_fields=["state", "outcome"])
    audit.record(CONCLUDED, lesson, by=by, at=now, state=State(state).label)
    return lesson


def _locked(lesson: Lesson) -> Lesson:
    return Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
