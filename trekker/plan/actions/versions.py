"""Versions: from a text that was read to a plan that holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from trekker.kernel import audit
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
from trekker.plan.reader import compare, only_changes
from trekker.plan.reader import proposal as read

READ = audit.act("plan.read", "Plan ingelezen als concept")
STARTED = audit.act("plan.started", "Lege versie gestart")
ADOPTED = audit.act("plan.adopted", "Versie van het plan vastgesteld")
DISCARDED = audit.act("plan.discarded", "Concept weggegooid")


class NothingChanged(Exception):
    """The text says the same as that of the newest version of the year."""


class NotAConcept(Exception):
    """The version was adopted already: it is changed by a new version, not here."""


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

    Where the newest version of the year has the same indicator, its lines and counting note are
    taken over: what a person mended is not asked again.

    :raises NothingChanged: if the text says the same as that of the newest version of the year
    """
    plan = Plan.objects.filter(title=title).first()
    before = newest(plan, year) if plan else None
    if before and before.source and not only_changes(compare(read_again(before), proposal)):
        raise NothingChanged
    version = _new_version(
        title=title, owner=owner, year=year, by=by, now=now, source=list(proposal.lines), file_name=file_name
    )
    goals = _store_goals(version, proposal)
    _store_actions(goals, proposal)
    _store_indicators(goals, proposal, kept=_settled(before))
    _store_the_rest(version, goals, proposal)
    audit.record(READ, version, by=by, at=now, file=file_name, lines=len(proposal.lines))
    return version


def _new_version(*, title: str, owner: str, year: int, by: Any, now: datetime, **fields: Any) -> PlanVersion:
    plan, _ = Plan.objects.get_or_create(title=title, defaults={"owner": owner})
    last = plan.versions.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    return plan.versions.create(year=year, number=last + 1, made_by=by, made_at=now, **fields)


def _settled(before: PlanVersion | None) -> dict[str, Indicator]:
    if before is None:
        return {}
    indicators = Indicator.objects.filter(goal__version=before).prefetch_related("lines")
    return {" ".join(each.text.split()): each for each in indicators}


def _store_goals(version: PlanVersion, proposal: read.Proposal) -> dict[str, Goal]:
    goals: dict[str, Goal] = {}
    for each in proposal.goals:
        goal = version.goals.create(
            code=each.code,
            title=each.title,
            level=str(each.level),
            parent=goals.get(each.parent or ""),
            text=each.text,
            **_place(each),
            certainty=each.certainty,
        )
        goals[each.code] = goal
        leads = [(party, Lead.Role.LEAD) for party in each.leads]
        leads += [(party, Lead.Role.SUPPORT) for party in each.partners]
        Lead.objects.bulk_create(Lead(goal=goal, party=party, role=role) for party, role in leads)
    return goals


def _place(node: read.Node) -> dict[str, Any]:
    return {"source_lines": list(node.source_lines), "position": min(node.source_lines, default=0)}


def _store_actions(goals: Mapping[str, Goal], proposal: read.Proposal) -> None:
    for each in proposal.actions:
        if goal := goals.get(each.goal or ""):
            action = Action.objects.create(goal=goal, text=each.text, **_place(each))
            Lead.objects.bulk_create(
                Lead(action=action, party=lead.party, role=str(lead.role)) for lead in each.leads
            )


def _store_indicators(
    goals: Mapping[str, Goal], proposal: read.Proposal, *, kept: Mapping[str, Indicator]
) -> None:
    for each in proposal.indicators:
        goal = goals.get(each.goal or "")
        if goal is None:
            continue
        known = kept.get(" ".join(each.text.split()))
        indicator = Indicator.objects.create(
            goal=goal,
            text=each.text,
            is_narrative=each.narrative,
            condition="; ".join(each.conditions)[:300],
            certainty=each.certainty,
            counting_note=known.counting_note if known else "",
            noted_by_id=known.noted_by_id if known else None,
            noted_at=known.noted_at if known else None,
            **_place(each),
        )
        lines = known.lines.all() if known else [_line(line) for line in each.lines]
        for position, line in enumerate(lines):
            line.pk, line.indicator, line.position = None, indicator, position
            line.save(force_insert=True)


def _line(line: read.Line) -> IndicatorLine:
    return IndicatorLine(
        measure=line.measure or "",
        filters=dict(line.filters),
        comparator=line.comparator,
        target=line.target,
        unit=line.unit,
    )


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
def adopt(*, version: PlanVersion, in_force_from: date, reason: str, by: Any, now: datetime) -> PlanVersion:
    """
    Make a concept the plan that holds from a day on.

    :raises NotAConcept: if it was adopted before
    """
    version = PlanVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_concept:
        raise NotAConcept
    version.state = PlanVersion.State.ADOPTED
    version.adopted_on = now.date()
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
    if not version.is_concept:
        raise NotAConcept
    audit.record(DISCARDED, version, by=by, at=now)
    version.delete()
