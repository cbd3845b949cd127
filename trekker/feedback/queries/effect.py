"""
What evaluations come to: who answered, who can use it, who did something with it.

Whole evaluations only, and each only where at least five people answered the question: so no figure,
and no difference between two, tells of fewer than five.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from trekker.feedback.catalogue import CAN_USE, YES
from trekker.feedback.models import (
    Answer,
    Evaluation,
    EvaluationQuerySet,
    FollowUp,
    Invitation,
    Mode,
    Response,
)
from trekker.feedback.models.evaluation import LEAST

OPEN = Q(closed_at=None) & ~Q(mode=Mode.NAMED)  # its answers are sealed still


def _tally(rows: QuerySet, path: str, of: str = "pk", *, distinct: bool = False) -> Coalesce:
    """Count rows by the evaluation at the end of a path."""
    mine = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    counted = mine.annotate(tally=Count(of, distinct=distinct)).values("tally")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _counts() -> dict[str, Any]:
    """Give what is counted of one evaluation, by name."""
    answers = Answer.objects.filter(question__code=CAN_USE).exclude(choice="")
    followed = FollowUp.objects.of_ended_rounds().exclude(outcome="")  # type: ignore[attr-defined]
    here, there = "response__evaluation", "evaluation"
    return {
        "responses_in": _tally(Response.objects.all(), there),
        "invited_in": _tally(Invitation.objects.all(), there),
        "can_use_in": _tally(answers, here, "response", distinct=True),
        "can_use": _tally(answers.filter(choice=YES), here, "response", distinct=True),
        "followed_in": _tally(followed, here),
        "applied": _tally(followed.applied(), here),  # type: ignore[attr-defined]
    }


def with_counts(rows: QuerySet[Evaluation]) -> EvaluationQuerySet:
    """
    Annotate evaluations with all that is counted of them.

    ``responses_in`` of ``asked`` people answered; ``can_use`` of ``can_use_in`` say they can use it;
    ``applied`` of ``followed_in`` did something with it, for ``organisations`` organisations. ``asked`` is
    none where nobody knows how many could answer, and at least who answered where that is known.
    """
    applied = FollowUp.objects.applied()  # type: ignore[attr-defined]
    told = Greatest(Coalesce("audience_size", 0, output_field=IntegerField()), F("invited_in"))
    return rows.annotate(**_counts()).annotate(  # type: ignore[return-value]  # the same queryset, with more
        asked=Case(
            When(Q(invited_in=0) & Q(Q(audience_size=None) | Q(audience_size=0)), then=0),
            default=Greatest(told, F("responses_in")),
        ),
        organisations=_tally(applied, "response__evaluation", "response__organisation", distinct=True),
    )


def shown(rows: QuerySet[Evaluation], *, least: str) -> EvaluationQuerySet:
    """Narrow to readable evaluations where at least five people gave what ``least`` counts."""
    readable = Evaluation.objects.readable().values("pk")
    return with_counts(rows.filter(pk__in=readable)).filter(**{f"{least}__gte": LEAST})


def too_few(rows: QuerySet[Evaluation], *, least: str) -> EvaluationQuerySet:
    """Narrow to evaluations that are over, and where fewer than five gave what ``least`` counts."""
    return with_counts(rows.exclude(OPEN)).filter(**{f"{least}__lt": LEAST})


@dataclass(frozen=True)
class Part:
    """So many of so many; ``unknown`` are the evaluations that are over and do not count in it."""

    count: int
    of: int
    unknown: int = 0

    @property
    def percent(self) -> int:
        """The part in whole percents, rounded down."""
        return 100 * self.count // self.of if self.of else 0


@dataclass(frozen=True)
class Counted:
    """What is counted of one evaluation, with the organisations for which people did something."""

    pk: int
    is_open: bool
    counts: Mapping[str, int]
    organisations: AbstractSet[int] = field(default_factory=frozenset)

    def has(self, least: str) -> bool:
        """Tell whether at least five people gave what ``least`` counts."""
        return not self.is_open and min(self.counts["responses_in"], self.counts[least]) >= LEAST


@dataclass(frozen=True)
class Effect:
    """
    What a number of evaluations come to together, each counted once.

    Of ``sizeless`` ones nobody knows how many could answer: they are no part of the response.
    """

    evaluations: int
    still_open: int
    sizeless: int
    response: Part
    can_use: Part
    applied: Part
    organisations: int

    @property
    def is_readable(self) -> bool:
        """Whether any of them may be read: the same that a page of results asks."""
        return self.evaluations > self.still_open + self.response.unknown

    @property
    def shown(self) -> tuple[tuple[str, Part], ...]:
        """What may be said of it, each with its Dutch words; nothing where fewer than five answered."""
        named = (
            ("kan ermee aan de slag", self.can_use),
            ("deed er later iets mee", self.applied),
            ("antwoordde", self.response),
        )
        return tuple((label, part) for label, part in named if part.of >= LEAST)


def counted(rows: QuerySet[Evaluation]) -> dict[int, Counted]:
    """Count evaluations one by one: two questions, however many there are."""
    counts = _counts()
    found = list(
        rows.annotate(**counts).order_by().values("pk", "closed_at", "mode", "audience_size", *counts)
    )
    if not found:
        return {}
    applied = FollowUp.objects.applied().filter(response__evaluation__in=rows.order_by().values("pk"))  # type: ignore[attr-defined]
    of: dict[int, set[int]] = {}
    pairs = applied.exclude(response__organisation=None).order_by()
    for pk, organisation in pairs.values_list("response__evaluation", "response__organisation").distinct():
        of.setdefault(pk, set()).add(organisation)
    return {each["pk"]: _counted(each, of.get(each["pk"], set())) for each in found}


def _counted(row: dict[str, Any], organisations: set[int]) -> Counted:
    told = max(row["audience_size"] or 0, row["invited_in"])
    row["asked"] = told and max(told, row["responses_in"])
    is_open = row["closed_at"] is None and row["mode"] != Mode.NAMED
    return Counted(row["pk"], is_open, row, organisations)


def added(evaluations: Iterable[Counted]) -> Effect:
    """Add evaluations up: of each question those where enough people answered it."""
    listed = list({each.pk: each for each in evaluations}.values())
    over = [each for each in listed if not each.is_open]
    sized = [each for each in over if each.counts["asked"] or not each.has("responses_in")]
    lasting = [each for each in over if each.has("followed_in")]
    return Effect(
        evaluations=len(listed),
        still_open=len(listed) - len(over),
        sizeless=len(over) - len(sized),
        response=_part(sized, "responses_in", "asked", least="responses_in"),
        can_use=_part(over, "can_use", "can_use_in", least="can_use_in"),
        applied=_part(over, "applied", "followed_in", least="followed_in"),
        organisations=len(set().union(*(each.organisations for each in lasting))),
    )


def _part(evaluations: list[Counted], count: str, of: str, *, least: str) -> Part:
    enough = [each for each in evaluations if each.has(least)]
    return Part(
        sum(each.counts[count] for each in enough),
        sum(each.counts[of] for each in enough),
        len(evaluations) - len(enough),
    )
