"""What the screens of the back office show about questionnaires."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.models import Evaluation, Question, Questionnaire


@dataclass(frozen=True)
class AskedInOrder:
    """A question of a form, and in words when it is asked."""

    question: Question
    condition: str

    @property
    def answer(self) -> str:
        """How it is answered, in words."""
        kind = _begun(self.question.get_kind_display())
        if self.question.kind != QuestionKind.SCALE:
            return kind
        return f"{kind}: van 1 ({self.question.low}) tot {self.question.steps} ({self.question.high})"


def _begun(words: str) -> str:
    """Begin a sentence; of two accents only the second stays on a capital."""
    return words.capitalize().replace("Éé", "Eé", 1)


def in_order(questionnaire: Questionnaire) -> list[AskedInOrder]:
    """Give the questions of a form in order."""
    return [AskedInOrder(each, _condition(each)) for each in questionnaire.questions.all()]


def _condition(question: Question) -> str:
    if not question.only_if:
        return ""
    return f"enkel na “{question.only_if_answer}” bij vraag {question.only_if}"


def versions(questionnaire: Questionnaire) -> list[Questionnaire]:
    """Give every version of a form, the newest first, each with ``used``: how often it was asked."""
    found = {questionnaire.pk}
    edge = {questionnaire.pk}
    pairs = dict(Questionnaire.objects.exclude(replaces=None).values_list("pk", "replaces"))
    following = {older: newer for newer, older in pairs.items()}
    while edge:
        edge = {near for each in edge for near in (pairs.get(each), following.get(each)) if near} - found
        found |= edge
    return list(with_use(Questionnaire.objects.filter(pk__in=found)).order_by("-version"))


def with_use(rows: QuerySet[Questionnaire]) -> QuerySet[Questionnaire]:
    """Give the forms with ``used``, how many evaluations ask it, and ``asked``, its number of questions."""
    return rows.annotate(used=Count("evaluations", distinct=True), asked=Count("questions", distinct=True))


def latest_uses(questionnaire: Questionnaire, most: int = 20) -> list[Evaluation]:
    """Give the evaluations that ask this version, the latest first."""
    return list(questionnaire.evaluations.order_by("-about_on", "-pk")[:most])
