"""Copies of what a version promises; each part remembers what it came in the place of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from trekker.plan.models import Action, Goal, Indicator, IndicatorLine, Moment, PlanVersion

Row = TypeVar("Row", bound=Model)
HEIRS: tuple[type[Any], ...] = (Goal, Action, Indicator, IndicatorLine, Moment)


def copy(rows: Iterable[Row], **changes: Any) -> list[Row]:
    """Write each record once more, with these fields changed."""
    copies = []
    for row in rows:
        twin = type(row)(
            **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        )
        twin.pk = None
        for name, value in changes.items():
            setattr(twin, name, value)
        twin.save(force_insert=True)
        copies.append(twin)
    return copies


def link(pairs: Iterable[tuple[Any, Any]]) -> None:
    """Let each part remember what it came in the place of: one question for each kind of part."""
    links: dict[type[Any], list[Any]] = {}
    for heir, origin in pairs:
        field = type(heir)._meta.get_field("supersedes")
        names = field.m2m_column_name(), field.m2m_reverse_name()
        row = type(heir).supersedes.through(**{names[0]: heir.pk, names[1]: origin.pk})
        links.setdefault(type(heir), []).append(row)
    for model, rows in links.items():
        model.supersedes.through.objects.bulk_create(rows, ignore_conflicts=True)


def copy_nodes(version: PlanVersion, onto: PlanVersion) -> None:
    """Give an empty version all that another promises, each part linked to the one it was copied from."""
    twins = _copy_goals(version, onto)
    pairs: list[tuple[Any, Any]] = [(twins[pk], Goal(pk=pk)) for pk in twins]
    for action in (
        Action.objects.filter(goal__version=version).order_by("position", "pk").prefetch_related("leads")
    ):
        (twin,) = copy([action], goal=twins[action.goal_id])
        copy(action.leads.all(), action=twin)
        pairs.append((twin, action))
    for indicator in (
        Indicator.objects.filter(goal__version=version).order_by("position", "pk").prefetch_related("lines")
    ):
        (promise,) = copy([indicator], goal=twins[indicator.goal_id])
        lines = list(indicator.lines.all())
        pairs += [(promise, indicator), *zip(copy(lines, indicator=promise), lines, strict=True)]
    for moment in Moment.objects.filter(goal__version=version).order_by("position", "pk"):
        pairs += zip(copy([moment], goal=twins[moment.goal_id]), [moment], strict=True)
    copy(version.passages.all(), version=onto)
    link(pairs)


def _copy_goals(version: PlanVersion, onto: PlanVersion) -> Mapping[int, Goal]:
    goals: dict[int, Goal] = {}
    # A goal comes after the one it hangs under, whatever its place in the text.
    waiting = list(version.goals.order_by("position", "pk").prefetch_related("leads"))
    while waiting:
        ready = [each for each in waiting if each.parent_id is None or each.parent_id in goals]
        for goal in ready:
            (goals[goal.pk],) = copy([goal], version=onto, parent=goals.get(goal.parent_id or 0))
            copy(goal.leads.all(), goal=goals[goal.pk])
        waiting = [each for each in waiting if each.pk not in goals]
    return goals
