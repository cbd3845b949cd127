"""Versions: from a text that was read to a plan that holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias, TypeVar

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from trekker.kernel import audit
from trekker.plan.actions.locks import refuse_adopted
from trekker.plan.actions.threads import Threads, threads_along
from trekker.plan.models import (
    Action,
    Goal,
    Indicator,
    IndicatorLine,
    Lead,
    Moment,
    Passage,
    Plan,
    PlanVersion,
    Remark,
)
from trekker.plan.queries.review import read_again
from trekker.plan.reader import Change, compare, only_changes
from trekker.plan.reader import proposal as read

READ = audit.act("plan.read", "Plan ingelezen als concept")
STARTED = audit.act("plan.started", "Versie gestart met de hand")
ADOPTED = audit.act("plan.adopted", "Versie van het plan vastgesteld")
DISCARDED = audit.act("plan.discarded", "Concept weggegooid")


class NothingChanged(Exception):
    """The text says the same as that of the newest version of the year."""


class ReasonMissing(Exception):
    """A version that follows another says why."""


def newest(plan: Plan, year: int) -> PlanVersion | None:
    """Give the newest version of a year, concept or not."""
    return plan.versions.filter(year=year).order_by("-number").first()


@transaction.atomic
def start_version(*, title: str, owner: str, year: int, by: Any, now: datetime) -> PlanVersion:
    """Start an empty concept for a year, to type a plan by hand."""
    version = _new_version(title=title, owner=owner, year=year, by=by, now=now)
    audit.record(STARTED, version, by=by, at=now)
    return version


@transaction.atomic
def store_proposal(
    *, proposal: read.Proposal, title: str, owner: str, year: int, file_name: str, by: Any, now: datetime
) -> PlanVersion:
    """
    Store what was read as a concept, node by node, each with its lines of the text.

    What the text says as it did in the newest version of the year is taken over as people mended it
    there: the words of goals and indicators, who leads, counting notes and lines.

    :raises NothingChanged: if the text says the same as that of the newest version of the year
    """
    plan = Plan.objects.filter(title=title).first()
    before = newest(plan, year) if plan else None
    changes = compare(read_again(before), proposal) if before and before.source else []
    if changes and not only_changes(changes):
        raise NothingChanged
    version = _new_version(
        title=title, owner=owner, year=year, by=by, now=now, source=list(proposal.lines), file_name=file_name
    )
    kept = _kept(before, changes) if before else {}
    threads = threads_along(before, changes) if before else {}
    goals = _store_goals(version, proposal, kept, threads)
    _store_actions(goals, proposal, threads)
    _store_indicators(goals, proposal, kept)
    _store_the_rest(version, goals, proposal)
    audit.record(READ, version, by=by, at=now, file=file_name, lines=len(proposal.lines))
    return version


def _new_version(*, title: str, owner: str, year: int, by: Any, now: datetime, **fields: Any) -> PlanVersion:
    plan, _ = Plan.objects.get_or_create(title=title, defaults={"owner": owner})
    last = plan.versions.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    return plan.versions.create(year=year, number=last + 1, made_by=by, made_at=now, **fields)


# A node of the version before, by the lines of the new text that say the same as its own lines did.
Kept: TypeAlias = "Mapping[tuple[type[Goal | Indicator], tuple[int, ...]], Goal | Indicator]"


def _kept(before: PlanVersion, changes: Sequence[Change]) -> Kept:
    stored: list[Goal | Indicator] = [
        *before.goals.prefetch_related("leads"),
        *Indicator.objects.filter(goal__version=before).prefetch_related("lines"),
    ]
    by_lines = {(type(node), tuple(node.source_lines)): node for node in stored if node.source_lines}
    kinds: dict[type, type[Goal | Indicator]] = {read.Goal: Goal, read.Indicator: Indicator}
    kept: dict[tuple[type[Goal | Indicator], tuple[int, ...]], Goal | Indicator] = {}
    for change in changes:
        kind = kinds.get(type(change.new))
        if kind and change.old and change.new and change.kind == "kept":
            node = by_lines.get((kind, change.old.source_lines))
            if node:
                kept[kind, change.new.source_lines] = node
    return kept


def _store_goals(
    version: PlanVersion, proposal: read.Proposal, kept: Kept, threads: Threads
) -> dict[str, Goal]:
    goals: dict[str, Goal] = {}
    for each in proposal.goals:
        known = kept.get((Goal, each.source_lines))
        goal = version.goals.create(
            code=each.code,
            title=known.title if isinstance(known, Goal) else each.title,
            level=str(each.level),
            parent=goals.get(each.parent or ""),
            text=known.text if known else each.text,
            **_place(each),
            **threads.get((Goal, each.source_lines), {}),
            certainty=known.certainty if known else each.certainty,
        )
        goals[each.code] = goal
        if isinstance(known, Goal):
            _copy(known.leads.all(), goal=goal)
            continue
        leads = [(party, Lead.Role.LEAD) for party in each.leads]
        leads += [(party, Lead.Role.SUPPORT) for party in each.partners]
        Lead.objects.bulk_create(Lead(goal=goal, party=party, role=role) for party, role in leads)
    return goals


def _place(node: read.Node) -> dict[str, Any]:
    return {"source_lines": list(node.source_lines), "position": min(node.source_lines, default=0)}


def _store_actions(goals: Mapping[str, Goal], proposal: read.Proposal, threads: Threads) -> None:
    for each in proposal.actions:
        if goal := goals.get(each.goal or ""):
            thread = threads.get((Action, each.source_lines), {})
            action = Action.objects.create(goal=goal, text=each.text, **_place(each), **thread)
            Lead.objects.bulk_create(
                Lead(action=action, party=lead.party, role=str(lead.role)) for lead in each.leads
            )


def _store_indicators(goals: Mapping[str, Goal], proposal: read.Proposal, kept: Kept) -> None:
    for each in proposal.indicators:
        goal = goals.get(each.goal or "")
        if goal is None:
            continue
        known = kept.get((Indicator, each.source_lines))
        if isinstance(known, Indicator):
            lines = list(known.lines.all())
            (indicator,) = _copy([known], goal=goal, **_place(each))
            _copy(lines, indicator=indicator)
            continue
        indicator = Indicator.objects.create(
            goal=goal,
            text=each.text,
            is_narrative=each.narrative,
            condition="; ".join(each.conditions)[:300],
            certainty=each.certainty,
            **_place(each),
        )
        for position, line in enumerate(each.lines):
            IndicatorLine.objects.create(indicator=indicator, position=position, **_line(line))


Row = TypeVar("Row", bound=Model)


def _copy(rows: Iterable[Row], **changes: Any) -> list[Row]:
    """Write each record once more, with these fields changed."""
    copies = []
    for row in rows:
        copy = type(row)(
            **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        )
        copy.pk = None
        for name, value in changes.items():
            setattr(copy, name, value)
        copy.save(force_insert=True)
        copies.append(copy)
    return copies


def _line(line: read.Line) -> dict[str, Any]:
    return {
        "measure": line.measure or "",
        "filters": dict(line.filters),
        "comparator": line.comparator,
        "target": line.target,
        "unit": line.unit,
    }


def _store_the_rest(version: PlanVersion, goals: Mapping[str, Goal], proposal: read.Proposal) -> None:
    for moment in proposal.moments:
        if goal := goals.get(moment.goal or ""):
            Moment.objects.create(
                goal=goal,
                text=moment.text[:300],
                kind=str(moment.kind),
                times=moment.times,
                start=moment.start,
                end=moment.end,
                **_place(moment),
            )
    passages: list[tuple[str, str, read.Node]] = [
        (str(each.kind), each.text, each) for each in proposal.passages
    ]
    homeless: list[read.Action | read.Indicator] = [*proposal.actions, *proposal.indicators]
    for node in homeless:
        if node.goal not in goals:
            passages.append(("loose", node.text, node))
            version.remarks.create(
                text="Deze tekst hoort nog bij geen doelstelling. Kies er een.",
                source_lines=list(node.source_lines),
            )
    for kind, text, place in passages:
        Passage.objects.create(version=version, kind=kind, text=text, **_place(place))
    Remark.objects.bulk_create(
        Remark(version=version, text=each.text[:500], source_lines=list(each.source_lines))
        for each in proposal.warnings
    )


@transaction.atomic
def copy_version(*, version: PlanVersion, by: Any, now: datetime) -> PlanVersion:
    """Start a next concept for the same year that is equal to a version, to change it by hand."""
    plan = version.plan
    fields = {"source": version.source, "file_name": version.file_name}
    copy = _new_version(title=plan.title, owner=plan.owner, year=version.year, by=by, now=now, **fields)
    goals: dict[int, Goal] = {}
    # A goal comes after the one it hangs under, whatever its place in the text.
    waiting = list(version.goals.order_by("position", "pk"))
    while waiting:
        ready = [each for each in waiting if each.parent_id is None or each.parent_id in goals]
        for goal in ready:
            (goals[goal.pk],) = _copy([goal], version=copy, parent=goals.get(goal.parent_id or 0))
            _copy(goal.leads.all(), goal=goals[goal.pk])
        waiting = [each for each in waiting if each.pk not in goals]
    for model, below in ((Action, "leads"), (Indicator, "lines"), (Moment, "")):
        for node in model.objects.filter(goal__version=version):
            (twin,) = _copy([node], goal=goals[node.goal_id])
            owner = {"leads": {"action": twin}, "lines": {"indicator": twin}}.get(below, {})
            _copy(getattr(node, below).all() if below else [], **owner)
    _copy(version.passages.all(), version=copy)
    audit.record(STARTED, copy, by=by, at=now, copied_from=version.number)
    return copy


@transaction.atomic
def adopt(*, version: PlanVersion, in_force_from: date, reason: str, by: Any, now: datetime) -> PlanVersion:
    """
    Make a concept the plan that holds from a day on.

    :raises NotAConcept: if it was adopted before
    :raises ReasonMissing: if it follows another version and says no reason
    """
    version = PlanVersion.objects.select_for_update().get(pk=version.pk)
    refuse_adopted(version)
    if version.number > 1 and not reason.strip():
        raise ReasonMissing
    version.state = PlanVersion.State.ADOPTED
    version.adopted_on = timezone.localdate(now)
    version.in_force_from = in_force_from
    version.reason = reason
    version.save()
    audit.record(ADOPTED, version, by=by, at=now, reason=reason, in_force_from=in_force_from.isoformat())
    return version


@transaction.atomic
def discard(*, version: PlanVersion, by: Any, now: datetime) -> None:
    """
    Throw a concept away with all that was read into it.

    :raises NotAConcept: if it was adopted: what once held is kept
    """
    refuse_adopted(version)
    audit.record(DISCARDED, version, by=by, at=now)
    version.delete()
