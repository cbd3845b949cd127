"""Asks after the activities of the invented year, and lets people answer, by the doors a user would take."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import TypeAlias

from django.utils import timezone

from trekker.demo import feedback_answers as facts
from trekker.demo import post
from trekker.demo.feedback_answers import Round
from trekker.events.actions.feedback import ask_feedback, choose_asking
from trekker.events.models import Event
from trekker.feedback.actions import evaluations, following, lessons, notes
from trekker.feedback.actions.answering import Given, Reply, answer
from trekker.feedback.actions.questionnaires import load_first_forms
from trekker.feedback.catalogue import CAN_USE, INTENTION, NO, NOT_SURE, PARTLY, YES, QuestionKind
from trekker.feedback.models import Answer, Evaluation, FollowUp, Lesson, Question, Response
from trekker.people.models import Account

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Said: TypeAlias = tuple[datetime, Given, int]  # when, what, and by which invitation
TODAY = date(2026, 11, 20)  # after it, nothing was asked yet
OUTCOME = {"D": "DONE", "P": "PARTLY", "N": "NOT_YET", "X": "NO"}
# What people feel, by whether they can use it: the steps from which one is drawn.
FELT = {YES: (4, 4, 5, 5), PARTLY: (3, 3, 4), NO: (2, 3), NOT_SURE: (3, 4)}


def at(day: date, hour: int = 9) -> datetime:
    """Give the moment of a day and an hour in Brussels."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001 - made aware here


def load(*, by: Account) -> None:
    """Ask, answer, close, and ask again weeks later; then what was learnt of it."""
    load_first_forms(now=at(date(2026, 1, 5)))
    for title in facts.SKIPPED:
        event = Event.objects.get(title__startswith=title)
        choose_asking(event=event, asks=False, by=by, now=event.created_at)
    agreed: dict[int, str] = {}
    for number, each in enumerate(facts.ROUNDS):
        agreed |= _round(each, random.Random(number), by=by)  # noqa: S311 - invented, always the same
    _later(agreed, random.Random(len(facts.ROUNDS)))  # noqa: S311
    _learnt(by=by)


def _round(each: Round, pick: random.Random, *, by: Account) -> dict[int, str]:
    """Ask about one activity; gives who agreed to be asked later, each with what they will say then."""
    event = Event.objects.get(title__startswith=each.about)
    asked_at = _ready_at(event)
    evaluation = ask_feedback(event=event, by=None, now=asked_at)
    if each.mode:
        evaluation = evaluations.change_evaluation(
            evaluation=evaluation, facts={"mode": each.mode}, by=by, now=asked_at
        )
    says = list(_answers(each, evaluation, pick))
    reminded = asked_at + DAY * 7
    early = [one for one in says if one[0] < reminded]
    later = [one for one in says if one[0] >= reminded]
    post.let_leave()
    numbers = _send(evaluation, early)
    evaluations.remind_due(now=reminded)
    post.let_leave()
    numbers += _send(evaluation, later)
    if not each.is_open:
        evaluations.close_evaluation(evaluation=evaluation, by=None, now=evaluation.closes_at + DAY)
    agreeing = [number for number, (_now, given, _key) in zip(numbers, says, strict=True) if given.agrees]
    return dict(zip(agreeing, each.later + "-" * each.silent, strict=True))


def _ready_at(event: Event) -> datetime:
    """Give when the clock would have asked: once all is settled, or after two days."""
    settled = [each.attendance_at for each in event.sessions.all()]
    ends = event.ends_at or event.created_at
    known = [moment for moment in settled if moment]
    return max(known) + HOUR if len(known) == len(settled) else ends + DAY * 2 + HOUR


def _answers(each: Round, evaluation: Evaluation, pick: random.Random) -> Iterator[Said]:
    """Give the answers in the order in which they come, each with its moment and its invitation."""
    counts = {YES: each.yes, PARTLY: each.partly, NO: each.no, NOT_SURE: each.unsure}
    words = [word for word, count in counts.items() for _ in range(count)]
    pick.shuffle(words)
    keys = pick.sample(list(evaluation.invitations.order_by("pk").values_list("pk", flat=True)), len(words))
    agreeing = len(each.later) + each.silent
    moments = sorted(evaluation.opens_at + HOUR * pick.randrange(2, 24 * 18) for _ in words)
    questions = list(evaluation.questionnaire.questions.all())
    for place, (word, moment, key) in enumerate(zip(words, moments, keys, strict=True)):
        by_code = place >= len(words) - each.by_code
        given = Given(
            replies=tuple(_replies(questions, word, pick)),
            may_quote=place % 3 != 2,  # noqa: PLR2004 - two of three
            agrees=place < agreeing,
        )
        yield moment, given, 0 if by_code else key


def _replies(questions: list[Question], word: str, pick: random.Random) -> Iterator[Reply]:
    for question in questions:
        if question.only_if and word != question.only_if_answer:
            continue
        if question.code == CAN_USE:
            yield Reply(question.pk, choice=word)
        elif question.kind == QuestionKind.SCALE:
            yield Reply(question.pk, number=str(pick.choice(FELT[word] if question.code else (2, 3, 3, 4))))
        elif pick.random() < 0.7:  # noqa: PLR2004 - who writes something down
            yield Reply(question.pk, text=pick.choice(_words_for(question)))


def _words_for(question: Question) -> tuple[str, ...]:
    if question.code == INTENTION:
        return facts.INTENTIONS
    if question.only_if:
        return facts.HELD_BACK
    return facts.TAKEN_HOME if "anderen" in question.label else facts.BETTER


def _send(evaluation: Evaluation, says: list[Said]) -> list[int]:
    invitations = {each.pk: each for each in evaluation.invitations.all()}
    return [
        answer(
            evaluation=evaluation,
            given=given,
            ticket=f"demo:{evaluation.title}:{moment.isoformat()}:{key}",
            opened_at=moment - timedelta(minutes=3),
            invitation=invitations.get(key),
            source=Response.Source.LINK if key else Response.Source.OPEN,
            now=moment,
        )
        for moment, given, key in says
    ]


def _later(agreed: dict[int, str], pick: random.Random) -> None:
    """Ask what came of it on the day that it is due, and answer in the two weeks after."""
    days = FollowUp.objects.filter(due_on__lte=TODAY).order_by("due_on").values_list("due_on", flat=True)
    offers = cycle((*facts.OFFERS, ("", ""), ("", "")))
    for day in days.distinct():
        following.ask_due(now=at(day))
        found = {each.pk: each for each in FollowUp.objects.filter(asked_on=day)}
        for number, letter in agreed.items():  # in the order in which they answered before
            if number in found and letter in OUTCOME:
                offered = next(offers) if letter == "D" else ("", "")
                _came_of_it(found[number], letter, offered, pick)
        following.remind_due(now=at(day + timedelta(days=10)))
    following.expire(now=at(TODAY))
    FollowUp.objects.filter(asked_on=None).update(address=None)  # the clock of today asks nobody
    FollowUp.objects.filter(outcome="").update(reminded=True, address=None)
    post.let_leave()


def _came_of_it(follow_up: FollowUp, letter: str, offered: tuple[str, str], pick: random.Random) -> None:
    following.answer_follow_up(
        follow_up=follow_up,
        outcome=OUTCOME[letter],
        helped=pick.choice(facts.HELPED) if letter in "DP" else "",
        hindered=pick.choice(facts.HINDERED) if letter in "NX" else "",
        offers=offered[0],
        contact=offered[1],
        now=at(follow_up.due_on + timedelta(days=pick.randrange(1, 14))),
    )


def _learnt(*, by: Account) -> None:
    """Add lessons, notes from the room, and what became of offers."""
    for about, text, kinds, day in facts.LESSONS:
        evaluation = Evaluation.objects.get(title__startswith=about)
        wishes = Answer.objects.filter(response__evaluation=evaluation, text__in=facts.BETTER)
        lesson = lessons.add_lesson(
            text=text,
            kinds=kinds,
            evaluation=evaluation,
            answers=wishes.order_by("pk")[:2],
            by=by,
            now=at(date.fromisoformat(day)),
        )
    lessons.conclude_lesson(
        lesson=lesson,
        state=Lesson.State.APPLIED,
        outcome="Sinds mei staat bij elke infosessie een blad online.",
        by=by,
        now=at(date(2026, 5, 20)),
    )
    for about, text in facts.NOTES:
        evaluation = Evaluation.objects.get(title__startswith=about)
        heard = evaluation.about_on
        notes.add_note(evaluation=evaluation, text=text, heard_on=heard, by=by, now=at(heard + DAY))
    offered = FollowUp.objects.exclude(offers="").order_by("due_on", "offers", "contact", "helped")
    first, second = offered.filter(offers="PRACTICE").first(), offered.filter(offers="STORY").first()
    if first and second:
        title = "Een blad met de grenzen van hulp aan elke balie"
        following.make_idea(follow_up=first, title=title, by=by, now=at(date(2026, 9, 14)))
        following.settle(follow_up=second, by=by, now=at(date(2026, 9, 14)))
