"""What a report says: as it was fixed, or from the registers of today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import F, Max, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from trekker.plan.models import PlanVersion
from trekker.plan.queries.versions import current_version
from trekker.reports.contents import Contents, Narrative
from trekker.reports.formats import canonical
from trekker.reports.models import NarrativeText, Report, Snapshot
from trekker.reports.queries.contents import contents

FORM = 1  # of the document in a snapshot


class NoPlanAdopted(Exception):
    """No version of the plan was adopted for the year of the report."""


def report_contents(report: Report, *, now: datetime, snapshot: Snapshot | None = None) -> Contents:
    """
    Give what a report says: as it was fixed last, and from the registers while it is under way.

    With ``snapshot`` it is what that one fixed.

    :raises NoPlanAdopted: if it is under way and there is no plan to tell of
    """
    if snapshot is None and report.is_fixed:
        snapshot = report.snapshots.order_by("-number").first()
    return fixed_contents(snapshot) if snapshot else contents_of_today(report, now=now)


def fixed_contents(snapshot: Snapshot) -> Contents:
    """Read back what was fixed."""
    return canonical.read(Contents, document_of(snapshot)["contents"])


def document_of(snapshot: Snapshot) -> dict[str, Any]:
    """Read the whole document of a snapshot: the contents, and what was said of fixing them."""
    document: dict[str, Any] = json.loads(snapshot.data)
    return document


def contents_of_today(
    report: Report, *, now: datetime, fixed_on: date | None = None, with_rows: bool = True
) -> Contents:
    """
    Gather what a report says from the registers, with the figures up to its last day or today.

    A page that shows no rows and no map asks it not ``with_rows``.

    :raises NoPlanAdopted: if there is no plan to tell of
    """
    today = timezone.localdate(now)
    return contents(
        version_of(report, today),
        min(report.last_day, today),
        today=today,
        now=now,
        narratives=narratives_of(report),
        title=report.title,
        fixed_on=fixed_on,
        with_rows=with_rows,
    )


def version_of(report: Report, today: date) -> PlanVersion:
    """
    Give the version of the plan that a report tells of: the one that held on its last day.

    :raises NoPlanAdopted: if there is none
    """
    versions = PlanVersion.objects.filter(plan=report.plan_id)
    version = current_version(versions, year=report.year, day=min(report.last_day, today))
    if version is None:
        raise NoPlanAdopted
    return version


def newest_texts(report: Report) -> dict[str, NarrativeText]:
    """Give the newest edition of each narrative, also an empty one, by the code of its goal; one query."""
    nth = Window(RowNumber(), partition_by=F("goal_code"), order_by=F("edition").desc())
    rows = report.narratives.select_related("by").annotate(nth=nth).filter(nth=1)
    return {each.goal_code: each for each in rows}


def narratives_of(report: Report) -> dict[str, Narrative]:
    """Give what was written, by the code of its goal."""
    return {
        code: Narrative(text=each.text, by=str(each.by or ""), at=each.at)
        for code, each in newest_texts(report).items()
        if each.text.strip()
    }


def edition_of(report: Report, goal_code: str) -> int:
    """Give the number of the newest edition of a narrative, 0 where nobody wrote yet."""
    found = report.narratives.filter(goal_code=goal_code).aggregate(newest=Max("edition"))
    return found["newest"] or 0


def mark_of(found: Contents) -> str:
    """Give a mark that differs once any figure, row or text differs, whenever it was counted."""
    said = canonical.plain(found) | {"made_at": "", "fixed_on": None}
    return sha256(canonical.written(said)).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Fixing:
    """What is said of fixing, within what is fixed."""

    number: int
    fixed_by: str
    fixed_at: datetime
    reason: str
    before: str


def document(report: Report, version: PlanVersion, found: Contents, fixing: Fixing) -> bytes:
    """Write the document of a snapshot: everything that the hash is over."""
    facts: Mapping[str, Any] = {
        "form": FORM,
        "report": {"key": report.pk, "kind": report.kind, "year": report.year},
        "version": {"key": version.pk, "number": version.number, "in_force_from": version.in_force_from},
        "fixing": fixing,
        "contents": found,
    }
    return canonical.written(canonical.plain(facts))


@dataclass(frozen=True)
class Listed:
    """A report in the list, with what was fixed of it last."""

    report: Report
    snapshot: Snapshot | None


def listed(reports: QuerySet[Report]) -> list[Listed]:
    """List reports, the newest year first; two queries."""
    rows = list(reports.select_related("plan").order_by("-year", "-last_day", "pk"))
    last = {each.report_id: each for each in Snapshot.objects.filter(report__in=rows).latest_first()[::-1]}
    return [Listed(each, last.get(each.pk)) for each in rows]


def versions_to_tell_of() -> list[PlanVersion]:
    """Give for each plan and year with an adopted version the newest one, the newest year first."""
    adopted = PlanVersion.objects.adopted().select_related("plan").defer("source")  # type: ignore[attr-defined]
    newest = {(each.plan_id, each.year): each for each in adopted.order_by("number")}
    return sorted(newest.values(), key=lambda each: (-each.year, str(each.plan)))
