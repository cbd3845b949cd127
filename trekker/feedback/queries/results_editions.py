"""One evaluation beside earlier ones of the same course or series, or else of the same kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, Subquery, When
from django.utils.formats import date_format

from trekker.feedback.models import Evaluation
from trekker.feedback.queries.results import Reading, read, readable
from trekker.feedback.queries.results_spread import Difference, Share, Spread, compare

MOST = 5


@dataclass(frozen=True)
class Edition:
    """One edition: how many could use it, how content people were, and how this one compares with it."""

    evaluation: Evaluation
    can_use: Share | None
    satisfaction: Spread | None
    difference: Difference | None = None


@dataclass(frozen=True)
class Editions:
    """The editions, this one first; ``is_strand`` tells a course or series from a kind of activity."""

    rows: tuple[Edition, ...]
    is_strand: bool

    @property
    def bars(self) -> list[tuple[str, float, tuple[float, float]]]:
        """Each edition with its share and where that may lie, to draw."""
        return [
            (date_format(each.evaluation.about_on, "j F Y"), each.can_use.percent, each.can_use.interval)
            for each in self.rows
            if each.can_use
        ]

    @property
    def last_difference(self) -> Difference | None:
        """How this edition compares with the one before for which that is known."""
        return next((each.difference for each in self.rows[1:] if each.difference), None)


def with_earlier(user: Any, pk: int) -> list[Evaluation]:
    """Give an evaluation that may be read, and after it the five before it; nothing if it may not."""
    this = Evaluation.objects.filter(pk=pk)
    strand, kind, on = (Subquery(this.values(name)) for name in ("strand", "kind", "about_on"))
    same = Q(strand=strand) & (~Q(strand="") | Q(kind=kind))
    rows = readable(user).filter(Q(pk=pk) | (same & Q(about_on__lt=on)))
    found = list(rows.order_by(Case(When(pk=pk, then=0), default=1), "-about_on", "-pk")[: MOST + 1])
    return found if found and found[0].pk == pk else []


def editions(reading: Reading, earlier: Sequence[Evaluation]) -> Editions | None:
    """Compare an evaluation, of which this is the reading, with the ones before; nothing for a first one."""
    if not earlier:
        return None
    evaluation = reading.lines[0].evaluation
    this = Edition(evaluation, reading.can_use, reading.satisfaction)
    rows = [_compared(this, read([each], reading.counts)) for each in earlier]
    return Editions((this, *rows), bool(evaluation.strand))


def _compared(this: Edition, before: Reading) -> Edition:
    apart = compare(this.can_use, before.can_use) if this.can_use and before.can_use else None
    return Edition(before.lines[0].evaluation, before.can_use, before.satisfaction, apart)
