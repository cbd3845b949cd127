"""What held earlier in the year: the versions of its plan, and the targets they changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from trekker.plan.models import IndicatorLine, PlanVersion
from trekker.reports.contents import Earlier, Revision


def _versions(version: PlanVersion) -> QuerySet[PlanVersion]:
    """Give the versions of the year that held up to and with this one, in the order in which they held."""
    held = PlanVersion.objects.adopted().filter(plan=version.plan_id, year=version.year)  # type: ignore[attr-defined]
    if version.in_force_from is not None:
        held = held.filter(in_force_from__lte=version.in_force_from)
    return held.order_by("in_force_from", "number")


def revisions(version: PlanVersion) -> tuple[Revision, ...]:
    """Give the versions of the plan that held in the year, the first first; one query."""
    return tuple(
        Revision(number=each.number, since=each.in_force_from, reason=each.reason)
        for each in _versions(version).defer("source")
        if each.in_force_from is not None
    )


def earlier_targets(version: PlanVersion) -> dict[int, Sequence[Earlier]]:
    """
    Give for each line of a version the targets it had before, by the number of the line, newest first.

    A line is the same as an earlier one that asks the same of the registers in a goal of the same code, or
    anywhere where only one does; failing that, as one whose indicator has the same words.
    """
    versions = [each for each in _versions(version).defer("source") if each.pk != version.pk]
    if not versions:
        return {}
    lines = IndicatorLine.objects.filter(indicator__goal__version__in=[*versions, version])
    by_version: dict[int, list[IndicatorLine]] = defaultdict(list)
    for line in lines.select_related("indicator__goal").order_by("pk"):
        by_version[line.indicator.goal.version_id].append(line)
    found: dict[int, list[Earlier]] = defaultdict(list)
    for now in by_version[version.pk]:
        here, after = now, version
        for before in reversed(versions):
            same = _same(here, by_version[before.pk])
            if same is None:
                break
            if same.target != here.target and after.in_force_from is not None:
                found[now.pk].append(
                    Earlier(target=same.target, until=after.in_force_from, reason=after.reason)
                )
            here, after = same, before
    return dict(found)


def _same(line: IndicatorLine, others: Iterable[IndicatorLine]) -> IndicatorLine | None:
    known = list(others)
    asked = _question(line)
    by_question = [each for each in known if line.measure and _question(each) == asked]
    at_home = [each for each in by_question if each.indicator.goal.code == line.indicator.goal.code]
    by_words = [
        each
        for each in known
        if each.indicator.text == line.indicator.text and each.position == line.position
    ]
    for these in (at_home, by_question, by_words):
        if len(these) == 1:
            return these[0]
    return None


def _question(line: IndicatorLine) -> tuple[str, str]:
    return line.measure, json.dumps(line.filters, sort_keys=True)
