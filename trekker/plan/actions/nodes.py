"""Goals, actions and indicators: add, correct, remove; their lines of the text move along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db import transaction

from trekker.kernel import audit
from trekker.plan.actions.locks import refuse_adopted
from trekker.plan.models import Action, Goal, Indicator, Lead, Moment, Passage, PlanVersion, Remark

GOAL_SAVED = audit.act("plan.goal_saved", "Doelstelling bewaard")
MOMENT_SAVED = audit.act("plan.moment_saved", "Gepland moment bewaard")
ACTION_SAVED = audit.act("plan.action_saved", "Actie bewaard")
INDICATOR_SAVED = audit.act("plan.indicator_saved", "Indicator bewaard")
NOTED = audit.act("plan.counting_note", "Telregel gekozen")
NODE_REMOVED = audit.act("plan.node_removed", "Uit het plan verwijderd")

REMARK_SETTLED = audit.act("plan.remark_settled", "Opmerking bij het lezen bekeken")

AnyNode: TypeAlias = Goal | Action | Indicator | Passage


class CodeTaken(Exception):
    """Another goal of the version has this code."""


class GoalUnderItself(Exception):
    """A goal would hang under itself or under a goal below it."""


def nodes_with_lines(version: PlanVersion) -> list[AnyNode]:
    """Give every node of a version that owns lines of its text."""
    return [
        *version.goals.all(),
        *Action.objects.filter(goal__version=version).select_related("goal"),
        *Indicator.objects.filter(goal__version=version).select_related("goal"),
        *version.passages.all(),
    ]


def take_lines(version: PlanVersion, node: AnyNode, lines: Sequence[int]) -> None:
    """
    Give a node exactly these lines of the text, and take them from whoever had them.

    Lines the node lets go become a passage of their own, so that each line keeps one owner.
    """
    wanted = sorted({line for line in lines if 1 <= line <= len(version.source)})
    freed = set(node.source_lines) - set(wanted)
    for other in nodes_with_lines(version):
        if (type(other), other.pk) != (type(node), node.pk) and set(other.source_lines) & set(wanted):
            other.source_lines = [line for line in other.source_lines if line not in wanted]
            if isinstance(other, Passage) and not other.source_lines:
                other.delete()
            else:
                other.save(update_fields=["source_lines"])
    node.source_lines = wanted
    node.position = min(wanted, default=node.position)
    node.save(update_fields=["source_lines", "position"])
    _keep_as_passage(version, freed)


def _keep_as_passage(version: PlanVersion, lines: Iterable[int]) -> None:
    if kept := sorted(lines):
        text = " ".join(version.source[line - 1].strip() for line in kept).strip()
        version.passages.create(kind="loose", text=text, source_lines=kept, position=kept[0])


def _write_leads(node: Goal | Action, leads: Sequence[str], partners: Sequence[str]) -> None:
    node.leads.all().delete()
    rows = [(party, Lead.Role.LEAD) for party in leads]
    rows += [(party, Lead.Role.SUPPORT) for party in partners if party not in leads]
    for party, role in rows:
        node.leads.create(party=party, role=role)


def _refuse_taken_code(version: PlanVersion, code: str, goal: Goal | None) -> None:
    taken = version.goals.filter(code=code)
    if (taken.exclude(pk=goal.pk) if goal else taken).exists():
        raise CodeTaken


@transaction.atomic
def add_goal(
    *,
    version: PlanVersion,
    code: str,
    title: str,
    level: str,
    parent: Goal | None,
    text: str,
    leads: Sequence[str],
    partners: Sequence[str],
    source_lines: Sequence[int],
    by: Any,
    now: datetime,
) -> Goal:
    """
    Add a goal, with the lines of the text it came from.

    :raises CodeTaken: if another goal of the version has the code
    :raises NotAConcept: if the version was adopted
    """
    refuse_adopted(version)
    _refuse_taken_code(version, code, None)
    last = max((each.position for each in version.goals.all()), default=0)
    goal = version.goals.create(
        code=code, title=title, level=level, parent=parent, text=text, position=last + 1
    )
    _write_leads(goal, leads, partners)
    take_lines(version, goal, source_lines)
    audit.record(GOAL_SAVED, goal, by=by, at=now, version=version.pk)
    return goal


@transaction.atomic
def correct_goal(
    *,
    goal: Goal,
    code: str,
    title: str,
    level: str,
    parent: Goal | None,
    text: str,
    leads: Sequence[str],
    partners: Sequence[str],
    source_lines: Sequence[int],
    by: Any,
    now: datetime,
) -> Goal:
    """
    Correct a goal; what a person corrected is certain.

    :raises CodeTaken: if another goal of the version has the code
    :raises GoalUnderItself: if the parent is the goal itself or lies below it
    :raises NotAConcept: if the version was adopted
    """
    refuse_adopted(goal.version)
    _refuse_taken_code(goal.version, code, goal)
    if parent is not None and _is_under(parent, goal):
        raise GoalUnderItself
    before = {"code": goal.code, "title": goal.title}
    goal.code, goal.title, goal.level, goal.parent, goal.text = code, title, level, parent, text
    goal.certainty = 1.0
    goal.save()
    _write_leads(goal, leads, partners)
    take_lines(goal.version, goal, source_lines)
    audit.record(GOAL_SAVED, goal, by=by, at=now, before=before)
    return goal


@transaction.atomic
def correct_action(
    *,
    action: Action,
    goal: Goal,
    text: str,
    leads: Sequence[str],
    partners: Sequence[str],
    source_lines: Sequence[int],
    by: Any,
    now: datetime,
) -> Action:
    """
    Correct the words of an action, who does it, or the goal it belongs to.

    :raises NotAConcept: if the version was adopted
    """
    refuse_adopted(goal.version)
    before = {"text": action.text, "goal": action.goal.code}
    action.goal, action.text = goal, text
    action.save()
    _write_leads(action, leads, partners)
    take_lines(goal.version, action, source_lines)
    audit.record(ACTION_SAVED, action, by=by, at=now, before=before)
    return action


@transaction.atomic
def add_indicator(
    *,
    goal: Goal,
    text: str,
    is_narrative: bool,
    condition: str,
    counting_note: str,
    source_lines: Sequence[int],
    by: Any,
    now: datetime,
) -> Indicator:
    """Add an indicator to a goal, with the lines of the text it came from; it has no lines to measure yet."""
    indicator = Indicator(goal=goal, position=goal.position)
    indicator.position = max((each.position for each in goal.indicators.all()), default=goal.position) + 1
    indicator.save()
    return correct_indicator(
        indicator=indicator,
        goal=goal,
        text=text,
        is_narrative=is_narrative,
        condition=condition,
        counting_note=counting_note,
        source_lines=source_lines,
        by=by,
        now=now,
    )


@transaction.atomic
def correct_indicator(
    *,
    indicator: Indicator,
    goal: Goal,
    text: str,
    is_narrative: bool,
    condition: str,
    counting_note: str,
    source_lines: Sequence[int],
    by: Any,
    now: datetime,
) -> Indicator:
    """
    Correct an indicator; what a person corrected is certain.

    A changed counting note remembers who chose it and when. A narrative indicator keeps no lines.

    :raises NotAConcept: if the version was adopted
    """
    refuse_adopted(goal.version)
    before = {"text": indicator.text}
    note_choice(indicator=indicator, counting_note=counting_note, by=by, now=now)
    indicator.goal, indicator.text, indicator.is_narrative = goal, text, is_narrative
    indicator.condition, indicator.certainty = condition, 1.0
    indicator.save()
    if is_narrative:
        indicator.lines.all().delete()
    take_lines(goal.version, indicator, source_lines)
    audit.record(INDICATOR_SAVED, indicator, by=by, at=now, before=before)
    return indicator


@transaction.atomic
def correct_moment(
    *,
    moment: Moment,
    goal: Goal,
    text: str,
    start: date | None,
    end: date | None,
    times: int | None,
    by: Any,
    now: datetime,
) -> Moment:
    """
    Correct a planned moment; it only points at lines of the text and owns none.

    :raises NotAConcept: if the version was adopted
    """
    refuse_adopted(goal.version)
    before = {"text": moment.text, "start": str(moment.start or "")}
    moment.goal, moment.text, moment.certainty = goal, text, 1.0
    moment.start, moment.end, moment.times = start, end, times
    moment.save()
    audit.record(MOMENT_SAVED, moment, by=by, at=now, before=before)
    return moment


@transaction.atomic
def note_choice(*, indicator: Indicator, counting_note: str, by: Any, now: datetime) -> None:
    """Settle what the text leaves open, also once the version holds; remember who chose it and when."""
    if counting_note == indicator.counting_note:
        return
    before = indicator.counting_note
    indicator.counting_note, indicator.noted_by, indicator.noted_at = counting_note, by, now
    indicator.save()
    audit.record(NOTED, indicator, by=by, at=now, before=before, after=counting_note)


@transaction.atomic
def remove_node(*, node: Goal | Action | Indicator | Moment, by: Any, now: datetime) -> None:
    """
    Remove a goal with all below it, an action, an indicator or a moment; lines stay as a passage.

    :raises NotAConcept: if the version was adopted
    """
    version = node.version if isinstance(node, Goal) else node.goal.version
    refuse_adopted(version)
    owned = [each for each in nodes_with_lines(version) if _is_under(each, node)]
    lines = {line for each in owned for line in each.source_lines}
    audit.record(NODE_REMOVED, node, by=by, at=now, text=str(node))
    node.delete()
    _keep_as_passage(version, lines)


def _is_under(each: AnyNode, node: Goal | Action | Indicator | Moment) -> bool:
    if (type(each), each.pk) == (type(node), node.pk):
        return True
    if not isinstance(node, Goal) or isinstance(each, Passage):
        return False
    goal = each.parent if isinstance(each, Goal) else each.goal
    while goal is not None and goal.pk != node.pk:
        goal = goal.parent
    return goal is not None


@transaction.atomic
def settle_remark(*, remark: Remark, by: Any, now: datetime) -> None:
    """Note that a person looked at something the reader was not sure of."""
    remark.is_settled = True
    remark.save(update_fields=["is_settled"])
    audit.record(REMARK_SETTLED, remark.version, by=by, at=now, text=remark.text)
