"""Results: what is counted of who answered, and of each question."""

from __future__ import annotations

import pytest

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.queries import results
from trekker.feedback.tests.factories import (
    EvaluationFactory,
    InvitationFactory,
    QuestionnaireFactory,
    answers,
    asked,
)
from trekker.feedback.tests.reading import closed, read

pytestmark = pytest.mark.django_db


def by_label(reading: results.Reading, label: str):
    return next(each for each in reading.questions if each.label == label)


def figures(question) -> dict[str, int]:
    return {each.label: each.count for each in question.choices}


class TestReach:
    def test_counts_who_was_invited(self):
        evaluation = closed(yes=5, no=1)
        InvitationFactory.create_batch(8, evaluation=evaluation)

        assert read(evaluation).reach == results.Reach(answered=6, of=8, known=6, unknown=0)

    def test_takes_the_size_of_the_audience_before_the_invitations(self):
        evaluation = closed(audience_size=20)
        InvitationFactory(evaluation=evaluation)

        assert read(evaluation).reach.of == 20

    def test_does_not_make_up_how_many_could_answer(self):
        known, unknown = closed(audience_size=20), closed()

        reach = read(known, unknown).reach

        assert (reach.answered, reach.known, reach.of, reach.unknown) == (10, 5, 20, 1)

    def test_knows_when_more_people_answer_than_were_counted(self):
        assert read(closed(audience_size=4)).reach.is_over


class TestQuestions:
    def test_counts_each_choice_in_the_order_of_the_form(self):
        question = read(closed(yes=3, no=2)).of_code("can_use")

        assert figures(question) == {"ja": 3, "deels": 0, "neen": 2, "weet ik nog niet": 0}
        assert [each.share for each in question.choices] == [60, 0, 40, 0]

    def test_says_who_skipped_a_question(self):
        evaluation = closed(yes=6, no=0)
        answers(evaluation, {"satisfaction": 4}, {"satisfaction": 5})

        assert read(evaluation).of_code("can_use").skipped == 2

    def test_says_who_did_not_get_a_question(self):
        form = QuestionnaireFactory(
            questions=[
                "can_use",
                asked(
                    "Waarom niet?", QuestionKind.ONE, options="tijd\ngeld", only_if=1, only_if_answer="neen"
                ),
            ]
        )
        evaluation = EvaluationFactory(closed=True, questionnaire=form)
        answers(
            evaluation,
            *[{"can_use": "ja"}] * 4,
            *[{"can_use": "neen", "Waarom niet?": "tijd"}] * 5,
            {"can_use": "neen"},
        )

        why = by_label(read(evaluation), "Waarom niet?")

        assert (why.answered, why.skipped, why.not_asked) == (5, 1, 4)

    def test_shows_a_question_only_when_five_people_answered_it(self):
        evaluation = closed(yes=5, no=0)
        answers(evaluation, *[{"satisfaction": 1}] * 4)

        question = next(q for q in read(evaluation).questions if q.code == "satisfaction")

        assert (question.is_shown, question.left_out, question.choices, question.spread) == (
            False,
            1,
            (),
            None,
        )

    def test_reads_a_scale_by_its_middle_and_its_quartiles(self):
        evaluation = EvaluationFactory(closed=True)
        answers(evaluation, *[{"satisfaction": step} for step in (1, 3, 4, 4, 5, 5, 5, 5)])

        question = read(evaluation).of_code("satisfaction")

        assert figures(question)["5 (heel erg)"] == 4
        assert (question.spread.lower, question.spread.middle, question.spread.upper) == (3, (4, 5), 5)

    def test_counts_people_and_not_ticks_where_more_can_be_chosen(self):
        form = QuestionnaireFactory(questions=[asked("Wat?", QuestionKind.MANY, options="a\nb\nc")])
        evaluation = EvaluationFactory(closed=True, questionnaire=form)
        numbers = answers(evaluation, *[{"Wat?": "a"}] * 5)
        question = form.questions.get()
        for number in numbers[:2]:
            question.answers.create(response_id=number, choice="b")

        found = by_label(read(evaluation), "Wat?")

        assert found.answered == 5
        assert [(each.label, each.count, each.share) for each in found.choices] == [
            ("a", 5, 100),
            ("b", 2, 40),
            ("c", 0, 0),
        ]

    def test_reads_a_ranking_by_the_middle_place_and_how_often_first(self):
        form = QuestionnaireFactory(questions=[asked("Rang?", QuestionKind.RANKING, options="x\ny")])
        evaluation = EvaluationFactory(closed=True, questionnaire=form)
        question = form.questions.get()
        for place, number in enumerate(answers(evaluation, *[{}] * 5)):
            first, second = ("x", "y") if place < 4 else ("y", "x")
            question.answers.create(response_id=number, choice=first, number=1)
            question.answers.create(response_id=number, choice=second, number=2)

        found = by_label(read(evaluation), "Rang?")

        assert found.answered == 5
        assert [(each.label, each.count, each.place.middle) for each in found.choices] == [
            ("x", 4, (1,)),
            ("y", 1, (2,)),
        ]

    def test_puts_many_different_numbers_in_groups(self):
        form = QuestionnaireFactory(questions=[asked("Hoeveel?", QuestionKind.NUMBER)])
        evaluation = EvaluationFactory(closed=True, questionnaire=form)
        answers(evaluation, *[{"Hoeveel?": number} for number in range(17)])

        found = by_label(read(evaluation), "Hoeveel?")

        assert [each.count for each in found.choices] == [3, 3, 3, 3, 3, 2]
        assert [each.label for each in found.choices][:2] == ["0 tot 2", "3 tot 5"]
        assert found.spread.middle == (8,)

    def test_puts_broken_numbers_in_groups_that_touch(self):
        form = QuestionnaireFactory(questions=[asked("Hoeveel?", QuestionKind.NUMBER)])
        evaluation = EvaluationFactory(closed=True, questionnaire=form)
        answers(evaluation, *[{"Hoeveel?": number} for number in ("0.5", *range(1, 16), "16.5")])

        found = by_label(read(evaluation), "Hoeveel?")

        assert sum(each.count for each in found.choices) == 17
        assert [each.label for each in found.choices][:2] == ["0,5 tot 2,5", "2,5 tot 4,5"]

    def test_shows_few_different_numbers_one_by_one(self):
        form = QuestionnaireFactory(questions=[asked("Hoeveel?", QuestionKind.NUMBER)])
        evaluation = EvaluationFactory(closed=True, questionnaire=form)
        answers(evaluation, *[{"Hoeveel?": number} for number in ("2.5", 10, 10, 10, 10)])

        assert figures(by_label(read(evaluation), "Hoeveel?")) == {"2,5": 1, "10": 4}

    def test_adds_up_the_same_question_of_other_versions_worded_as_in_the_newest(self):
        old = QuestionnaireFactory(questions=[asked("Oud?", QuestionKind.ONE, options="a\nb", key="zelfde")])
        new = QuestionnaireFactory(
            questions=[asked("Nieuw?", QuestionKind.ONE, options="b\nc", key="zelfde")]
        )
        first = EvaluationFactory(closed=True, questionnaire=old)
        second = EvaluationFactory(closed=True, questionnaire=new)
        answers(first, *[{"Oud?": "a"}] * 5)
        answers(second, *[{"Nieuw?": "c"}] * 6)

        (question,) = read(first, second).questions

        assert question.label == "Nieuw?"
        assert figures(question) == {"b": 0, "c": 6, "a": 5}

    def test_keeps_scales_with_other_steps_apart(self):
        forms = [
            QuestionnaireFactory(questions=[asked("Hoe?", QuestionKind.SCALE, steps=steps, key="zelfde")])
            for steps in (5, 7)
        ]
        evaluations = [EvaluationFactory(closed=True, questionnaire=form) for form in forms]
        for evaluation in evaluations:
            answers(evaluation, *[{"Hoe?": 5}] * 5)

        assert [len(question.choices) for question in read(*evaluations).questions] == [7, 5]
