"""Lines: how a promise is measured."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from trekker.kernel import audit
from trekker.kernel.measures import Filters, InvalidFilters, catalogue
from trekker.plan.models import Indicator, IndicatorLine

LINE_SAVED = audit.act("plan.line_saved", "Meetlijn bewaard")
LINE_REMOVED = audit.act("plan.line_removed", "Meetlijn verwijderd")


@transaction.atomic
def save_line(
    *,
    indicator: Indicator,
    line: IndicatorLine | None,
    measure: str,
    filters: Filters,
    comparator: str,
    target: Decimal | None,
    unit: str,
    by: Any,
    now: datetime,
) -> IndicatorLine:
    """
    Set how an indicator is measured; without ``line`` a new one is added at the end.

    :raises InvalidFilters: if the measure does not exist or cannot be narrowed so
    """
    if measure not in catalogue:
        raise InvalidFilters("Kies een maat uit de lijst.")
    catalogue[measure].check(filters)
    before = line.sentence() if line else ""
    if line is None:
        last = indicator.lines.aggregate(last=Max("position"))["last"]
        line = IndicatorLine(indicator=indicator, position=0 if last is None else last + 1)
    line.measure, line.filters, line.comparator = measure, dict(filters), comparator
    line.target, line.unit = target, unit
    line.save()
    audit.record(LINE_SAVED, indicator, by=by, at=now, before=before, after=line.sentence())
    return line


@transaction.atomic
def remove_line(*, line: IndicatorLine, by: Any, now: datetime) -> None:
    """Remove a line; the promise stays."""
    audit.record(LINE_REMOVED, line.indicator, by=by, at=now, before=line.sentence())
    line.delete()
