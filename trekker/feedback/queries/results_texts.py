"""
What people wrote in their own words, and what staff put beside it.

No order of texts follows people: the texts of each question are shuffled by themselves, in the same way
every time, so that two texts on the same place are not of the same person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.models import Answer, AnswerTag, Lesson, Question, RoomNote

QUOTES = 6
NOTES = 20
OPEN_KINDS = [QuestionKind.SHORT, QuestionKind.LONG]
SEVERAL = 4  # texts that one person may have written


@dataclass(frozen=True)
class TagUse:
    """A tag, and on how many answers it stands here."""

    name: str
    count: int


def texts(
    user: Any, evaluations: Sequence[int], *, words: str = "", tag: str = "", question: str = ""
) -> QuerySet[Answer]:
    """Give the open answers of these evaluations that this user may read, per question, shuffled."""
    rows = Answer.objects.visible_to(user).filter(response__evaluation__in=evaluations)
    for word in words.split():
        rows = rows.filter(text__icontains=word)
    if tag:
        rows = rows.filter(tag_items__tag__name=tag)
    if question:
        rows = rows.filter(Q(question__code=question) | Q(question__code="", question__key=question))
    rows = rows.select_related("question", "response__evaluation").prefetch_related("tag_items__tag")
    return rows.order_by("question__code", "question__key", "pk")  # numbers were drawn in no order


def tags(user: Any, evaluations: Sequence[int]) -> list[TagUse]:
    """Give the tags on the open answers of these evaluations, the most used first."""
    answers = Answer.objects.visible_to(user).filter(response__evaluation__in=evaluations)
    rows = AnswerTag.objects.filter(content_object__in=answers.values("pk"))
    counted = rows.values_list("tag__name").annotate(many=Count("pk")).order_by("-many", "tag__name")
    return [TagUse(name, many) for name, many in counted]


def quotes(evaluations: Sequence[int]) -> list[Answer]:
    """
    Give some answers that may be quoted word for word, of evaluations that may be read; of a person one.

    Of a question that not everyone got only where five answered it: fewer could be told by what they
    chose before.
    """
    rows = Answer.objects.quotable().by_enough()
    rows = rows.filter(response__evaluation__in=evaluations, question__kind__in=OPEN_KINDS)
    found: dict[int, Answer] = {}
    for each in rows.select_related("question").order_by("pk")[: QUOTES * SEVERAL]:
        found.setdefault(each.response_id, each)
    return list(found.values())[:QUOTES]


def lessons(user: Any, evaluations: Sequence[int]) -> list[Lesson]:
    """Give what was decided to do differently because of these evaluations, the newest first."""
    rows = Lesson.objects.visible_to(user).filter(evaluation__in=evaluations)
    return list(rows.order_by("-decided_at", "-pk")[:NOTES])


def notes(user: Any, evaluation: int) -> list[RoomNote]:
    """Give what someone of ours heard in the room."""
    rows = RoomNote.objects.visible_to(user).filter(evaluation=evaluation)
    return list(rows.order_by("heard_on", "pk")[:NOTES])


def questions(evaluations: Sequence[int]) -> list[tuple[str, str]]:
    """Give the open questions of the forms of these evaluations, each once, worded as in the newest."""
    rows = Question.objects.filter(questionnaire__evaluations__in=evaluations, kind__in=OPEN_KINDS).distinct()
    ordered = rows.order_by("questionnaire", "sort_order", "pk")
    return list({each.same_as: each.label for each in ordered}.items())
