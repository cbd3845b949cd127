"""Lines: how a promise is measured."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from trekker.kernel import audit
from trekker.kernel.measures import Filters, InvalidFilters, catalogue
from trekker.plan.actions.locks import refuse_adopted
from trekker.plan.models import Indicator, IndicatorLine

LINE_SAVED = audit.act("plan.line_saved", "Meetlijn bewaard")
EXPORTED = audit.act("plan.rows_exported", "Rijen achter een cijfer gedownload")
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

    Once the version holds, what was promised stands: the target, and how many lines there are.

    :raises InvalidFilters: if the measure does not exist or cannot be narrowed so
    :raises NotAConcept: if the version was adopted and the promise itself would change
    """
    promised = (line.comparator, line.target) if line else None
    if promised != (comparator, target):
        refuse_adopted(indicator.goal.version)
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
    """
    Remove a line; the indicator stays.

    :raises NotAConcept: if the version was adopted
    """
    refuse_adopted(line.indicator.goal.version)
    audit.record(LINE_REMOVED, line.indicator, by=by, at=now, before=line.sentence())
    line.delete()


def note_export(*, line: IndicatorLine, by: Any, now: datetime) -> None:
    """Note in the log that someone took the rows behind a figure along."""
    audit.record(EXPORTED, line.indicator, by=by, at=now, line=line.sentence())
