"""The rows behind a figure, column by column: what each contributes, and where its organisation stands."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

from django.db.models import Count, F, IntegerField, QuerySet, Value

from trekker.kernel.measures.filters import Filters
from trekker.kernel.measures.measure import Measure
from trekker.kernel.periods import Period

AT_ONCE = 5_000  # rows fetched at a time
TENTH = Decimal("0.1")


def _numbers() -> array[int]:
    return array("q")


@dataclass(frozen=True)
class Rows:
    """
    The counted rows of one figure, ordered by number.

    ``contributions`` is empty where every row contributes one. Of a share, ``wholes`` says of how many
    each contribution is a part. An organisation is its number, 0 for none.
    """

    pks: Sequence[int] = field(default_factory=_numbers)
    contributions: Sequence[Decimal] = ()
    wholes: Sequence[Decimal] = ()
    organisations: Sequence[int] = field(default_factory=_numbers)

    def added(self) -> Decimal:
        """Add up what the rows contribute."""
        return sum(self.contributions, Decimal(0)) if self.contributions else Decimal(len(self.pks))


def evidence_of(measure: Measure, period: Period, filters: Filters) -> Rows:
    """
    Give the rows behind the figure of a period: one query.

    :raises InvalidFilters: if a filter is unknown
    """
    found, names = _asked(measure, period, filters)
    known: dict[Decimal, Decimal] = {}  # a hundred thousand rows contribute the same few amounts
    pks, organisations = _numbers(), _numbers()
    columns: tuple[list[Decimal], ...] = tuple([] for _name in names)
    for pk, organisation, *amounts in found.iterator(chunk_size=AT_ONCE):
        pks.append(pk)
        organisations.append(organisation or 0)
        for column, amount in zip(columns, amounts, strict=True):
            exact = Decimal(amount or 0)
            column.append(known.setdefault(exact, exact))
    contributions, wholes = (*columns, [], [])[:2]
    return Rows(pks, contributions, wholes, organisations)


def _asked(measure: Measure, period: Period, filters: Filters) -> tuple[QuerySet, tuple[str, ...]]:
    """Give the question for number, organisation and amounts, with the names of the amounts."""
    where = measure.stands_at(period) if callable(measure.stands_at) else measure.stands_at
    organisation = F(where) if isinstance(where, str) and where else where
    rows = measure.rows(period, filters).order_by("pk").prefetch_related(None)
    rows = rows.annotate(stands_at=organisation or Value(0, output_field=IntegerField()))
    if measure.part_of:
        return rows.values_list("pk", "stands_at", *measure.part_of), measure.part_of
    if measure.total == Count("pk"):
        return rows.values_list("pk", "stands_at"), ()
    each = rows.values("pk", "stands_at").annotate(contributed=measure.total)
    return each.values_list("pk", "stands_at", "contributed"), ("contributed",)


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """Give a share in percents, rounded down to a tenth; none of nothing."""
    return (100 * part / whole).quantize(TENTH, ROUND_FLOOR) if whole else None
