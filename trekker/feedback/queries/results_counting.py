"""
All that a page of results counts, in one question to the database.

It counts per evaluation: how often each choice and number was given to each question; how many people
that were, where one person gives more than one; what came of it later; and, for a whole year, who can
use it by size of organisation. From there on it is adding up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from trekker.feedback.catalogue import CAN_USE, YES, QuestionKind
from trekker.feedback.models import Answer, FollowUp, Question
from trekker.feedback.models.evaluation import LEAST
from trekker.organisations.models import Organisation

SEVERAL_ROWS = {QuestionKind.MANY, QuestionKind.RANKING}  # more than one row of an answer for each person
SMALL, MEDIUM, LARGE, OTHER, UNKNOWN = "small", "medium", "large", "other", "unknown"
BELOW_SMALL, BELOW_MEDIUM = 15_000, 35_000  # inhabitants


class Cell(NamedTuple):
    """One evaluation and one question of its form."""

    evaluation: int
    question: int


class Outcome(NamedTuple):
    """What came of it for so many people of one evaluation; without a word they did not answer."""

    word: str
    is_asked: bool
    many: int


class Sized(NamedTuple):
    """So many people of organisations of one size said of one evaluation that they can use it, or not."""

    evaluation: int
    size: str
    is_yes: bool
    many: int


@dataclass(frozen=True)
class Counts:
    """
    What was answered, counted: per evaluation and question how many people, and each answer how often.

    ``forms`` has the questions of each form in order, the newest form first. ``outcomes`` are those
    weeks later, per evaluation.
    """

    forms: dict[int, list[Question]]
    people: dict[Cell, int]
    given: dict[Cell, list[tuple[str, float | None, int]]]
    outcomes: dict[int, list[Outcome]]
    sized: list[Sized]

    def of_code(self, evaluation: Any, code: str, choice: str) -> tuple[int, int]:
        """Give how many answered a core question in one evaluation and how many chose this; 0 if few did."""
        for question in self.forms[evaluation.questionnaire_id]:
            if question.code == code:
                cell = Cell(evaluation.pk, question.pk)
                people = self.people.get(cell, 0)
                if people >= LEAST:
                    return people, sum(n for given, _number, n in self.given[cell] if given == choice)
        return 0, 0


class _Part(IntEnum):
    """What a row that came back is about."""

    ANSWERS = 0
    PEOPLE = 1
    OUTCOMES = 2
    SIZES = 3


def count(evaluations: Sequence[Any], *, with_sizes: bool = False) -> Counts:
    """Count all about these evaluations, in two queries: their questions, and everything else."""
    forms = _forms(evaluations)
    questions = [question for form in forms.values() for question in form]
    kinds = {question.pk: question.kind for question in questions}
    counts = Counts(forms, defaultdict(int), defaultdict(list), defaultdict(list), [])
    for part, evaluation, question, word, number, many in _rows(
        evaluations, questions, with_sizes=with_sizes
    ):
        if part == _Part.ANSWERS:
            cell = Cell(evaluation, question)
            counts.given[cell].append((word, number, many))
            if kinds[question] not in SEVERAL_ROWS:
                counts.people[cell] += many
        elif part == _Part.PEOPLE:
            counts.people[Cell(evaluation, question)] = many
        elif part == _Part.OUTCOMES:
            counts.outcomes[evaluation].append(Outcome(word, bool(question), many))
        else:
            counts.sized.append(Sized(evaluation, word, bool(question), many))
    return counts


def _forms(evaluations: Sequence[Any]) -> dict[int, list[Question]]:
    wanted = {each.questionnaire_id for each in evaluations}
    forms: dict[int, list[Question]] = {}
    rows = Question.objects.filter(questionnaire__in=wanted)
    for question in rows.order_by("-questionnaire", "sort_order", "pk"):
        forms.setdefault(question.questionnaire_id, []).append(question)
    return forms | {missing: [] for missing in wanted - forms.keys()}


def _rows(
    evaluations: Sequence[Any], questions: Sequence[Question], *, with_sizes: bool
) -> Iterable[tuple[int, int, int, str, float | None, int]]:
    numbers = [each.pk for each in evaluations]
    answers = Answer.objects.filter(response__evaluation__in=numbers)
    parts = [_outcomes(FollowUp.objects.of_ended_rounds().filter(response__evaluation__in=numbers))]
    if several := [each.pk for each in questions if each.kind in SEVERAL_ROWS]:
        parts.append(_people(answers.filter(question__in=several)))
    if with_sizes and (of_use := [each.pk for each in questions if each.code == CAN_USE]):
        parts.append(_sizes(answers.filter(question__in=of_use)))
    return _answers(answers).union(*parts, all=True)


def _laid(rows: QuerySet, part: _Part, *, question: Any, word: Any, number: Any, many: Any) -> QuerySet:
    """Lay rows out in the columns that all parts have, and count them by these."""
    named = rows.annotate(
        part=Value(part.value, output_field=IntegerField()),
        evaluation=F("response__evaluation"),
        asked=question,
        word=word,
        value=number,
    )
    grouped = named.order_by().values("part", "evaluation", "asked", "word", "value")
    return grouped.annotate(many=many).values_list("part", "evaluation", "asked", "word", "value", "many")


NO_WORD = Value("", output_field=CharField())
NO_NUMBER = Value(None, output_field=FloatField())


def _answers(rows: QuerySet) -> QuerySet:
    # As a float: making a decimal of each group costs more than counting them.
    number = Cast("number", FloatField())
    return _laid(
        rows, _Part.ANSWERS, question=F("question_id"), word=F("choice"), number=number, many=Count("pk")
    )


def _people(rows: QuerySet) -> QuerySet:
    people = Count("response", distinct=True)
    return _laid(rows, _Part.PEOPLE, question=F("question_id"), word=NO_WORD, number=NO_NUMBER, many=people)


def _outcomes(rows: QuerySet) -> QuerySet:
    is_asked = Case(When(Q(asked_on=None, outcome=""), then=0), default=1, output_field=IntegerField())
    return _laid(
        rows, _Part.OUTCOMES, question=is_asked, word=F("outcome"), number=NO_NUMBER, many=Count("pk")
    )


def _sizes(rows: QuerySet) -> QuerySet:
    of = "response__organisation"
    rows = rows.annotate(
        kind=Coalesce(f"{of}__counts_as__kind", f"{of}__kind"),
        inhabitants=Coalesce(f"{of}__counts_as__population", f"{of}__population"),
    )
    size = Case(
        When(kind=None, then=Value(UNKNOWN)),
        When(~Q(kind=Organisation.Kind.MUNICIPALITY), then=Value(OTHER)),
        When(inhabitants=None, then=Value(UNKNOWN)),
        When(inhabitants__lt=BELOW_SMALL, then=Value(SMALL)),
        When(inhabitants__lt=BELOW_MEDIUM, then=Value(MEDIUM)),
        default=Value(LARGE),
        output_field=CharField(),
    )
    is_yes = Case(When(choice=YES, then=1), default=0, output_field=IntegerField())
    return _laid(rows, _Part.SIZES, question=is_yes, word=size, number=NO_NUMBER, many=Count("pk"))
