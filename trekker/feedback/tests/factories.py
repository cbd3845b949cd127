"""Test records of asking afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import factory
from factory.django import DjangoModelFactory

from trekker.feedback.actions.storing import store
from trekker.feedback.catalogue import CORE, QuestionKind
from trekker.feedback.models import Evaluation, FollowUp, Invitation, Mode, Question, Questionnaire

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
NUMBERS = count(1_000)
ASKED = ("satisfaction", "can_use", "intention")


class QuestionnaireFactory(DjangoModelFactory):
    """A form with three core questions, unless other ``questions`` are given."""

    class Meta:
        model = Questionnaire
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Na een activiteit {n}")
    created_at = NOW

    @factory.post_generation
    def questions(self, _create, given, **_kwargs):
        for place, each in enumerate(given if given is not None else ASKED):
            question = core(each) if isinstance(each, str) else each
            question.questionnaire, question.sort_order = self, place
            question.save()


def core(code: str) -> Question:
    """Give an unsaved core question."""
    fixed = CORE[code]
    return Question(
        code=code,
        label=fixed.label,
        kind=fixed.kind,
        options="\n".join(fixed.options),
        low=fixed.low,
        high=fixed.high,
    )


def asked(label: str, kind: str = QuestionKind.LONG, **more) -> Question:
    """Give an unsaved question of one's own."""
    return Question(label=label, kind=kind, **more)


class EvaluationFactory(DjangoModelFactory):
    """An evaluation that is open at ``NOW``, with a pseudonym."""

    class Meta:
        model = Evaluation

    class Params:
        named = factory.Trait(mode=Mode.NAMED)
        anonymous = factory.Trait(mode=Mode.ANONYMOUS, follow_up_weeks=None)
        closed = factory.Trait(closed_at=NOW, salt=b"")

    title = factory.Sequence(lambda n: f"Netwerkbijeenkomst {n}")
    kind = "network_meeting"
    about_on = date(2026, 5, 1)
    questionnaire = factory.SubFactory(QuestionnaireFactory)
    mode = Mode.PSEUDONYM
    follow_up_weeks = 10
    opens_at = NOW - timedelta(days=1)
    closes_at = NOW + timedelta(days=14)
    created_at = NOW


class InvitationFactory(DjangoModelFactory):
    """Someone who was invited."""

    class Meta:
        model = Invitation

    evaluation = factory.SubFactory(EvaluationFactory)
    name = "An Peeters"
    email = factory.Sequence(lambda n: f"an{n}@gemeente.example")


def answers(evaluation: Evaluation, *given: dict[str, object], **more) -> list[int]:
    """
    Write answers down as if they had come in; gives their numbers.

    Each is a mapping of code or label of a question to what was answered: a word for a choice, a
    whole number for a step, a sentence for a text.
    """
    questions = {
        key: each for each in evaluation.questionnaire.questions.all() for key in (each.code, each.label)
    }
    numbers = [next(NUMBERS) for _ in given]
    store(
        evaluation,
        [
            {
                "number": number,
                "source": "LINK",
                "may_quote": True,
                "replies": [_reply(questions[key], value) for key, value in each.items()],
                **more,
            }
            for number, each in zip(numbers, given, strict=True)
        ],
    )
    return numbers


def offered(evaluation: Evaluation | None = None, intention: str = "Een buurtbabbel", **more) -> FollowUp:
    """Write down what someone intended, did, and offers as a practice."""
    evaluation = evaluation or EvaluationFactory(closed=True)
    (number,) = answers(evaluation, {"intention": intention})
    given = {"outcome": FollowUp.Outcome.DONE, "offers": FollowUp.Offer.PRACTICE, "contact": "014 00 00 00"}
    dates = {"due_on": NOW.date(), "answered_on": NOW.date()}
    return FollowUp.objects.create(response_id=number, **(dates | given | more))


def _reply(question: Question, value: object) -> list[object]:
    if question.kind in {QuestionKind.SHORT, QuestionKind.LONG}:
        return [question.pk, "", None, value]
    if question.kind in {QuestionKind.SCALE, QuestionKind.NUMBER}:
        return [question.pk, "", value, ""]
    return [question.pk, value, None, ""]
