"""
What people answered to each question, in evaluations read together.

An evaluation counts for a question only where at least five people answered that question
there, so that two readings never differ by fewer than five answers to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.models import Question
from trekker.feedback.models.evaluation import LEAST
from trekker.feedback.queries.results_counting import Cell, Counts
from trekker.feedback.queries.results_spread import Spread, spread

OPEN_KINDS = {QuestionKind.SHORT, QuestionKind.LONG}
RANKED = {QuestionKind.SCALE, QuestionKind.NUMBER}
MOST_VALUES = 12  # different numbers that a chart shows one by one
GROUPS = 8


@dataclass(frozen=True)
class Choice:
    """
    One thing that could be answered: how many people did, and what share of who answered that is.

    Of a ranking ``count`` is how often it came first, ``place`` where it mostly stands.
    """

    key: str
    label: str
    count: int
    share: float
    place: Spread | None = None


@dataclass(frozen=True)
class QuestionResult:
    """
    One question, over all forms and versions that ask it, worded as in the newest.

    ``skipped`` saw it and left it open; ``not_asked`` did not see it, because of an earlier answer.
    ``left_out`` evaluations do not count here: from one to four people answered it there. In ``few``
    they wrote something that may be read: as all there could write it, nobody can be told by it.
    """

    key: str
    code: str
    label: str
    kind: str
    answered: int
    skipped: int
    not_asked: int
    left_out: int
    few: int = 0
    choices: tuple[Choice, ...] = ()
    spread: Spread | None = None
    low: str = ""
    high: str = ""
    top: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered it."""
        return self.answered >= LEAST

    @property
    def scale_top(self) -> int:
        """The highest step of a scale; nothing for what is no scale."""
        return self.top if self.kind == QuestionKind.SCALE else 0

    @property
    def anchor(self) -> str:
        """A name for it on a page that has each question once."""
        return f"vraag-{self.key}-{self.kind.lower()}-{self.top}"

    @property
    def bars(self) -> list[tuple[str, int, float]]:
        """Each choice with how many people and what share, to draw."""
        return [(each.label, each.count, each.share) for each in self.choices]

    @property
    def is_open(self) -> bool:
        """Whether people answer it in their own words."""
        return self.kind in OPEN_KINDS


@dataclass
class _Sum:
    """What is added up for one question."""

    newest: Question
    options: list[str]
    answered: int = 0
    skipped: int = 0
    not_asked: int = 0
    left_out: int = 0
    few: int = 0
    given: Counter[tuple[str, float | None]] = field(default_factory=Counter)


def merge(evaluations: Sequence[Any], counts: Counts) -> tuple[QuestionResult, ...]:
    """Add up the same question of all evaluations, in the order of the newest form."""
    sums: dict[tuple[str, str, int], _Sum] = {}
    for form in counts.forms.values():
        for question in form:
            found = sums.setdefault(_same(question), _Sum(question, []))
            found.options += [each for each in question.choices if each not in found.options]
    for evaluation in evaluations:
        form = counts.forms[evaluation.questionnaire_id]
        for question in form:
            _add(sums[_same(question)], evaluation, question, form, counts)
    return tuple(_result(each) for each in sums.values())


def _same(question: Question) -> tuple[str, str, int]:
    """Tell what questions have in common that may be added up: a scale with other steps may not."""
    steps = question.steps if question.kind == QuestionKind.SCALE else 0
    return question.same_as, question.kind, steps


def _add(into: _Sum, evaluation: Any, question: Question, form: list[Question], counts: Counts) -> None:
    cell = Cell(evaluation.pk, question.pk)
    people = counts.people.get(cell, 0)
    if 0 < people < LEAST:
        if question.kind in OPEN_KINDS and not question.only_if:
            into.few += 1
        else:
            into.left_out += 1
        return
    if not people and question.only_if:
        return  # how many would have been asked is a small number of its own
    asked = max(_asked(evaluation, question, form, counts), people)
    into.answered += people
    into.skipped += asked - people
    into.not_asked += max(evaluation.answered - asked, 0)
    for choice, number, many in counts.given.get(cell, ()):
        into.given[choice, number] += many


def _asked(evaluation: Any, question: Question, form: list[Question], counts: Counts) -> int:
    """Tell how many people saw a question: all, or who gave the answer that leads to it."""
    if not question.only_if or question.only_if > len(form):
        return evaluation.answered
    before = form[question.only_if - 1]
    given = counts.given.get(Cell(evaluation.pk, before.pk), ())
    wanted = question.only_if_answer
    return sum(
        many
        for choice, number, many in given
        if wanted in {choice, "" if number is None else as_text(number)}
    )


def as_text(number: float) -> str:
    """Write a number as a choice: a whole one without a point."""
    return str(int(number)) if number == int(number) else str(number)


def _result(of: _Sum) -> QuestionResult:
    question = of.newest
    result = QuestionResult(
        key=question.same_as,
        code=question.code,
        label=question.label,
        kind=question.kind,
        answered=of.answered,
        skipped=of.skipped,
        not_asked=of.not_asked,
        left_out=of.left_out,
        few=of.few,
        low=question.low,
        high=question.high,
        top=question.steps,
    )
    if not result.is_shown or result.is_open:
        return result
    ranked = spread(_numbers(of.given)) if question.kind in RANKED else None
    return QuestionResult(**{**vars(result), "choices": tuple(_choices(of, result)), "spread": ranked})


def _numbers(given: Counter[tuple[str, float | None]]) -> Iterable[tuple[float, int]]:
    return ((number, many) for (_choice, number), many in given.items() if number is not None)


def _choices(of: _Sum, result: QuestionResult) -> Iterable[Choice]:
    """Give what could be answered, in the order of the form; a choice that is gone from it comes last."""
    if result.kind == QuestionKind.NUMBER:
        yield from _numbers_in_groups(dict(_numbers(of.given)), result.answered)
        return
    if result.kind == QuestionKind.RANKING:
        yield from _places(of, result)
        return
    totals: Counter[str] = Counter()
    for (choice, number), many in of.given.items():
        totals[choice if number is None else as_text(number)] += many
    for label in dict.fromkeys([*of.options, *sorted(totals)]):
        words = _ends(label, result) if result.kind == QuestionKind.SCALE else label
        yield Choice(label, words, totals[label], 100 * totals[label] / result.answered)


def _ends(step: str, result: QuestionResult) -> str:
    """Name the step of a scale, with its word at both ends."""
    word = result.low if step == "1" else result.high if step == str(result.top) else ""
    return f"{step} ({word})" if word else step


def _places(of: _Sum, result: QuestionResult) -> Iterable[Choice]:
    by_choice: dict[str, list[tuple[float, int]]] = {option: [] for option in of.options}
    for (choice, number), many in of.given.items():
        if number is not None:
            by_choice.setdefault(choice, []).append((number, many))
    for label, places in by_choice.items():
        first = sum(many for place, many in places if place == 1)
        yield Choice(label, label, first, 100 * first / result.answered, place=spread(places))


def _numbers_in_groups(totals: dict[float, int], answered: int) -> Iterable[Choice]:
    """Give each number, or when there are many, groups of equal width."""
    if len(totals) <= MOST_VALUES:
        for number in sorted(totals):
            label = as_text(number).replace(".", ",")
            yield Choice(label, label, totals[number], 100 * totals[number] / answered)
        return
    lowest, highest = min(totals), max(totals)
    whole = all(number == int(number) for number in totals)
    width = ceil((highest - lowest + 1) / GROUPS) if whole else (highest - lowest) / GROUPS
    groups: Counter[int] = Counter()
    for number, many in totals.items():
        groups[min(int((number - lowest) / width), GROUPS - 1)] += many
    for place in range(GROUPS):
        ends = (lowest + place * width, lowest + (place + 1) * width - whole)
        if ends[0] > highest:
            break
        label = " tot ".join(as_text(round(each, 1)).replace(".", ",") for each in ends)
        yield Choice(label, label, groups[place], 100 * groups[place] / answered)
