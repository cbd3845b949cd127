"""Decides what rows are tied to: one row, or all that are alike, now and in later files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from trekker.imports.models import Decision, Import, Row, RowQuerySet
from trekker.imports.registry import importers
from trekker.kernel.models import AnyAccount


def _tie(rows: RowQuerySet, target: int | None, importer: str) -> None:
    rows.update(target=target, decided=True, state=Row.State.CERTAIN)
    importers[importer].tie(rows, target)


@transaction.atomic
def decide_groups(*, draft: Import, choices: Mapping[str, int | None], by: AnyAccount, now: datetime) -> None:
    """Tie all rows of each group to what was chosen, or to nothing, and remember it for later files."""
    for group, target in choices.items():
        Decision.objects.update_or_create(
            importer=draft.importer,
            group=group,
            defaults={"target": target, "decided_by": by, "decided_at": now},
        )
        _tie(Row.objects.filter(of=draft, group=group), target, draft.importer)


@transaction.atomic
def decide_row(*, row: Row, target: int | None) -> None:
    """Tie one row to what was chosen, or to nothing; the others of its group stay as they are."""
    _tie(Row.objects.filter(pk=row.pk), target, row.of.importer)


@transaction.atomic
def accept_proposals(*, draft: Import, state: str = Row.State.DOUBTFUL, by: AnyAccount, now: datetime) -> int:
    """Take over the proposal of every group in doubt, or unknown; gives the number of groups."""
    doubtful = Row.objects.filter(of=draft, state=state, decided=False, target__isnull=False)
    groups = dict(doubtful.exclude(group="").order_by("-number").values_list("group", "target"))
    decide_groups(draft=draft, choices=groups, by=by, now=now)
    return len(groups)
