"""What lessons come from, and the open answers one may be drawn from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from trekker.feedback.models import Answer, Evaluation, Lesson

MOST = 60  # more than a person ticks in one list


def to_come_from(evaluation: Evaluation | None, reader: Any) -> QuerySet[Evaluation]:
    """Give the evaluations a lesson can come from: those that can be read, and the one it started from."""
    readable = Q(pk__in=Evaluation.objects.readable().values("pk"))
    started = Q(pk=evaluation.pk) if evaluation else Q()
    return Evaluation.objects.visible_to(reader).filter(readable | started).order_by("-about_on", "-pk")


def to_draw_from(evaluation: Evaluation | None, chosen: Collection[int], reader: Any) -> QuerySet[Answer]:
    """Give the answers that a lesson can be tied to: those chosen, and the first of the evaluation."""
    readable = Answer.objects.visible_to(reader)
    keys = list(readable.filter(pk__in=chosen).values_list("pk", flat=True))
    if evaluation:
        of_it = readable.filter(response__evaluation=evaluation).exclude(pk__in=keys)
        keys += of_it.order_by("question__sort_order", "pk").values_list("pk", flat=True)[:MOST]
    return in_words(readable.filter(pk__in=keys))


def answers_of(lesson: Lesson, reader: Any) -> QuerySet[Answer]:
    """Give the answers a lesson comes from, that this reader may read."""
    return in_words(Answer.objects.visible_to(reader).filter(lessons=lesson))


def in_words(rows: QuerySet[Answer]) -> QuerySet[Answer]:
    """Load what is shown of answers, in the order of their questions."""
    return rows.select_related("question", "response__evaluation").order_by("question__sort_order", "pk")
