"""Versions: from a text that was read to a plan that holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from trekker.kernel import audit
from trekker.plan.actions.copies import copy, copy_nodes
from trekker.plan.actions.locks import NotAConcept, refuse_adopted
from trekker.plan.actions.origins import link_read, pass_on
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
from trekker.plan.queries.history import latest
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


class Overtaken(Exception):
    """Another version was adopted since someone saw what this one changes."""


class TooEarly(Exception):
    """A version cannot hold before the one that it follows."""


def newest(plan: Plan, year: int) -> PlanVersion | None:
    """Give the newest version of a year, concept or not; trials left out."""
    return plan.versions.filter(year=year).exclude(state=PlanVersion.State.TRIAL).order_by("-number").first()


@transaction.atomic
def start_version(*, title: str, owner: str, year: int, by: Any, now: datetime) -> PlanVersion:
    """Start an empty concept for a year, to type a plan by hand."""
    version = new_version(title=title, owner=owner, year=year, by=by, now=now)
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
    version = new_version(
        title=title,
        owner=owner,
        year=year,
        by=by,
        now=now,
        source=list(proposal.lines),
        file_name=file_name,
        based_on=before,
    )
    kept = _kept(before, changes) if before else {}
    threads = threads_along(before, changes) if before else {}
    goals = _store_goals(version, proposal, kept, threads)
    _store_actions(goals, proposal, threads)
    _store_indicators(goals, proposal, kept)
    _store_the_rest(version, goals, proposal)
    if before:
        link_read(before, version, changes)
    audit.record(READ, version, by=by, at=now, file=file_name, lines=len(proposal.lines))
    return version


def new_version(*, title: str, owner: str, year: int, by: Any, now: datetime, **fields: Any) -> PlanVersion:
    """Make an empty concept for a year, with the next number; the plan itself where it is new."""
    plan, _ = Plan.objects.get_or_create(title=title, defaults={"owner": owner})
    # Two who start a version at the same moment get numbers of their own.
    Plan.objects.select_for_update().get(pk=plan.pk)
    number = next_number(plan, year)
    return plan.versions.create(year=year, number=number, made_by=by, made_at=now, **fields)


def next_number(plan: Plan, year: int) -> int:
    """Give the number of the next version of a year."""
    return (plan.versions.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


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
            copy(known.leads.all(), goal=goal)
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
            (indicator,) = copy([known], goal=goal, **_place(each))
            copy(lines, indicator=indicator)
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
    """
    Start a next concept for the same year that is equal to a version, to change it by hand.

    Each part remembers the one it was copied from.
    """
    plan = version.plan
    fields = {"source": version.source, "file_name": version.file_name, "based_on": version}
    made = new_version(title=plan.title, owner=plan.owner, year=version.year, by=by, now=now, **fields)
    copy_nodes(version, made)
    audit.record(STARTED, made, by=by, at=now, copied_from=version.number)
    return made


@transaction.atomic
def adopt(
    *,
    version: PlanVersion,
    in_force_from: date,
    reason: str,
    by: Any,
    now: datetime,
    instead_of: int | None = None,
) -> PlanVersion:
    """
    Make a concept the plan that holds from a day on.

    ``instead_of`` is the version that it was laid beside when someone decided, by its number in the database;
    0 where nothing held yet.

    :raises NotAConcept: if it was adopted before, or is a trial
    :raises ReasonMissing: if it follows another version and says no reason
    :raises Overtaken: if meanwhile another version than ``instead_of`` was adopted
    :raises TooEarly: if it would hold before the version that it follows
    """
    # Who adopts waits for who adopts another version of the same plan.
    Plan.objects.select_for_update().get(pk=version.plan_id)
    version = PlanVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_concept:
        raise NotAConcept
    if version.number > 1 and not reason.strip():
        raise ReasonMissing
    last = latest(version)
    if instead_of is not None and (last.pk if last else 0) != instead_of:
        raise Overtaken
    if last and last.in_force_from and in_force_from < last.in_force_from:
        raise TooEarly
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
    Throw a concept or a trial away; what came from it comes from what it came from itself.

    :raises NotAConcept: if it was adopted, also meanwhile: what once held is kept
    """
    # Who adopts it at the same moment goes first or finds it gone.
    Plan.objects.select_for_update().get(pk=version.plan_id)
    found = PlanVersion.objects.select_for_update().filter(pk=version.pk).first()
    if found is None:
        return
    refuse_adopted(found)
    audit.record(DISCARDED, version, by=by, at=now)
    pass_on(version)
    version.delete()
