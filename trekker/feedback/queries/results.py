"""
The results of one evaluation, or of several read together.

All of it stands on ``Evaluation.objects.readable()`` and adds up whole evaluations: whatever two
readings have in common and not, they differ by all the answers of evaluations that have at least five.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from trekker.feedback.catalogue import CAN_USE, KINDS, PARTLY, YES
from trekker.feedback.models import Evaluation, EvaluationQuerySet, Invitation
from trekker.feedback.queries.effect import OPEN
from trekker.feedback.queries.results_counting import Counts
from trekker.feedback.queries.results_questions import QuestionResult, merge
from trekker.feedback.queries.results_spread import Share, Spread
from trekker.feedback.registry import SELECTIONS
from trekker.kernel.periods import Period

SATISFACTION = "satisfaction"
# What pages say of an evaluation: a year has hundreds, and none shows its seal, link or dates of asking.
SHOWN = ("title", "kind", "about_on", "strand", "strand_name", "questionnaire", "mode", "audience_size")


@dataclass(frozen=True)
class Reach:
    """
    How many people answered, and of how many.

    ``of`` is how many could answer, in the evaluations for which that is known (``known`` answered
    there); for ``unknown`` evaluations nobody knows. More can answer than were counted: by the link for
    everyone, and on paper.
    """

    answered: int
    of: int
    known: int
    unknown: int

    @property
    def is_over(self) -> bool:
        """Whether more people answered than were counted."""
        return self.known > self.of


@dataclass(frozen=True)
class Line:
    """One evaluation in a list: how many answered of how many, and how many can use it."""

    evaluation: Evaluation
    answered: int
    of: int | None
    can_use: Share | None

    @property
    def kind_label(self) -> str:
        """What it is about, in words."""
        return KINDS.get(self.evaluation.kind, self.evaluation.kind)


@dataclass(frozen=True)
class Reading:
    """What a number of readable evaluations say together."""

    lines: tuple[Line, ...]
    reach: Reach
    questions: tuple[QuestionResult, ...]
    counts: Counts

    @property
    def evaluations(self) -> list[int]:
        """The numbers of the evaluations."""
        return [line.evaluation.pk for line in self.lines]

    def of_code(self, code: str) -> QuestionResult | None:
        """Give the result of a core question that enough people answered."""
        found = (each for each in self.questions if each.code == code and each.is_shown)
        return next(found, None)

    @property
    def can_use(self) -> Share | None:
        """How many can use it, of who answered that."""
        return _share(self.of_code(CAN_USE), YES)

    @property
    def can_use_partly(self) -> Share | None:
        """How many can use it in part."""
        return _share(self.of_code(CAN_USE), PARTLY)

    @property
    def satisfaction(self) -> Spread | None:
        """The middle and the quartiles of how content people are."""
        found = self.of_code(SATISFACTION)
        return found.spread if found else None


def _share(question: QuestionResult | None, label: str) -> Share | None:
    if not question:
        return None
    return Share(next((each.count for each in question.choices if each.key == label), 0), question.answered)


def readable(user: Any) -> EvaluationQuerySet:
    """Give what this user may read, each with how many were invited as ``invited``."""
    invited = (
        Invitation.objects.filter(evaluation=OuterRef("pk"))
        .order_by()
        .values("evaluation")
        .annotate(many=Count("pk"))
        .values("many")
    )
    rows = Evaluation.objects.visible_to(user).readable().only(*SHOWN)
    return rows.annotate(invited=Coalesce(Subquery(invited, output_field=IntegerField()), 0))


def is_complete(period: Period, today: date) -> bool:
    """
    Tell whether a year is over and none of its evaluations can be answered any more.

    Only then it is divided by size of organisation: a division that grows tells who came last.
    """
    running = Evaluation.objects.filter(closed_at=None, closes_at__gte=period.from_at)
    return today > period.last_day and not running.filter(about_on__lte=period.last_day).exists()


def within(user: Any, period: Period, *, code: str = "", key: str = "") -> EvaluationQuerySet:
    """
    Give the readable evaluations of a period, or those of one selection within it.

    A selection only says which: that they are readable and whole is settled here, whatever it gives.
    """
    return _of(readable(user), period, code, key).order_by("-about_on", "-pk")


def _of(rows: EvaluationQuerySet, period: Period, code: str, key: str) -> EvaluationQuerySet:
    """Narrow evaluations to those of a period, and of one selection within it."""
    rows = rows.filter(about_on__gte=period.start, about_on__lt=period.end)
    return rows.filter(pk__in=SELECTIONS[code].evaluations(key, period).values("pk")) if code else rows


def too_small(period: Period, *, code: str = "", key: str = "") -> EvaluationQuerySet:
    """Give the evaluations of a period or selection that are over, and too few people answered to show."""
    over = _of(Evaluation.objects.all(), period, code, key).exclude(OPEN)
    return over.exclude(pk__in=Evaluation.objects.readable().values("pk"))


def with_kept_back(
    rows: EvaluationQuerySet, period: Period, *, code: str = "", key: str = ""
) -> EvaluationQuerySet:
    """Add to each as ``kept_back`` how many are :func:`too_small` to show."""
    counted = (
        too_small(period, code=code, key=key)
        .order_by()
        .values(all=Value(1))
        .annotate(many=Count("pk"))
        .values("many")
    )
    return rows.annotate(kept_back=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def read(evaluations: Sequence[Evaluation], counts: Counts) -> Reading:
    """Read evaluations that :func:`readable` gave together, from what was counted of these or more."""
    lines = tuple(_line(each, counts) for each in evaluations)
    known = [line for line in lines if line.of is not None]
    reach = Reach(
        answered=sum(line.answered for line in lines),
        of=sum(line.of or 0 for line in known),
        known=sum(line.answered for line in known),
        unknown=len(lines) - len(known),
    )
    return Reading(lines, reach, merge(evaluations, counts), counts)


def _line(evaluation: Any, counts: Counts) -> Line:
    people, yes = counts.of_code(evaluation, CAN_USE, YES)
    return Line(
        evaluation=evaluation,
        answered=evaluation.answered,
        of=max(evaluation.audience_size or 0, evaluation.invited) or None,
        can_use=Share(yes, people) if people else None,
    )
