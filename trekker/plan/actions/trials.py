"""What if: a copy of the plan to try changes in, apart from the plan; and the plan of the next year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format

from trekker.kernel import audit
from trekker.plan.actions.copies import copy_nodes
from trekker.plan.actions.locks import NotAConcept
from trekker.plan.actions.nodes import remove_node
from trekker.plan.actions.versions import new_version, next_number
from trekker.plan.models import Action, Indicator, IndicatorLine, Moment, Plan, PlanVersion

TRIED = audit.act("plan.trial_started", "Wat als gestart")
REVISED = audit.act("plan.trial_revised", "Wat als gewijzigd")
PROMOTED = audit.act("plan.trial_promoted", "Van wat als een concept gemaakt")
NEXT_YEAR = audit.act("plan.next_year_started", "Plan van het volgende jaar gestart")


class NameTaken(Exception):
    """Another trial of the same plan and year has this name."""


class YearTaken(Exception):
    """The plan has a version for that year already."""


@transaction.atomic
def start_trial(*, version: PlanVersion, label: str, by: Any, now: datetime) -> PlanVersion:
    """
    Copy a version to try changes in. Only who may change the plan sees it, and it can never hold itself.

    Another trial may be copied as well, to try something further.

    :raises NameTaken: if another trial of the plan and year has the name
    """
    try:
        with transaction.atomic():
            trial = version.plan.versions.create(
                year=version.year,
                number=0,
                state=PlanVersion.State.TRIAL,
                label=label,
                based_on=version.based_on if version.is_trial else version,
                source=version.source,
                file_name=version.file_name,
                made_by=by,
                made_at=now,
            )
    except IntegrityError as error:
        raise NameTaken from error
    copy_nodes(version, trial)
    audit.record(TRIED, trial, by=by, at=now, copied_from=version.short_name)
    return trial


@transaction.atomic
def revise_trial(
    *,
    trial: PlanVersion,
    targets: Mapping[int, Decimal | None],
    dropped: Collection[Indicator | Action],
    by: Any,
    now: datetime,
) -> None:
    """
    Change several targets at once, and drop promises and actions.

    ``targets`` gives by the number of a line what it promises from now on. Lines, promises and actions of
    another version are left alone.

    :raises NotAConcept: if it is no trial
    """
    trial = PlanVersion.objects.select_for_update().get(pk=trial.pk)
    if not trial.is_trial:
        raise NotAConcept
    changed = []
    for line in IndicatorLine.objects.filter(indicator__goal__version=trial, pk__in=targets):
        if line.target != targets[line.pk]:
            line.target = targets[line.pk]
            changed.append(line)
    IndicatorLine.objects.bulk_update(changed, ["target"])
    gone = [node for node in dropped if node.goal.version_id == trial.pk]
    for node in gone:
        remove_node(node=node, by=by, now=now)
    if changed or gone:
        audit.record(REVISED, trial, by=by, at=now, changed=len(changed), dropped=len(gone))


@transaction.atomic
def promote(*, trial: PlanVersion, by: Any, now: datetime) -> PlanVersion:
    """
    Make a concept of a trial, to look over and adopt with a date and a reason.

    :raises NotAConcept: if it is no trial
    """
    Plan.objects.select_for_update().get(pk=trial.plan_id)
    trial = PlanVersion.objects.select_for_update().get(pk=trial.pk)
    if not trial.is_trial:
        raise NotAConcept
    trial.number = next_number(trial.plan, trial.year)
    trial.state = PlanVersion.State.CONCEPT
    trial.save(update_fields=["number", "state"])
    audit.record(PROMOTED, trial, by=by, at=now, label=trial.label)
    return trial


@transaction.atomic
def start_next_year(*, version: PlanVersion, title: str, by: Any, now: datetime) -> PlanVersion:
    """
    Start the plan of the next year from one that holds: the same promises and targets, as a concept.

    Each part remembers the one it was copied from. A planned moment with a day loses that day: a remark says
    which it was and asks for another. A rhythm stays.

    :raises NotAConcept: if it was never adopted, so that it is no ground for a next year
    :raises YearTaken: if a plan of that title has a version for that year
    """
    if version.may_be_mended:
        raise NotAConcept
    year = version.year + 1
    if (
        PlanVersion.objects.exclude(state=PlanVersion.State.TRIAL)
        .filter(plan__title=title, year=year)
        .exists()
    ):
        raise YearTaken
    fields = {"source": version.source, "file_name": version.file_name, "based_on": version}
    made = new_version(title=title, owner=version.plan.owner, year=year, by=by, now=now, **fields)
    copy_nodes(version, made)
    _ask_days(made)
    audit.record(NEXT_YEAR, made, by=by, at=now, copied_from=str(version))
    return made


def _ask_days(version: PlanVersion) -> None:
    text = f"Dit plan start van dat van {version.year - 1}. Kijk na of elke tekst nog klopt."
    version.remarks.create(text=text, source_lines=[])
    for moment in Moment.objects.filter(goal__version=version, start__isnull=False).select_related("goal"):
        was = date_format(moment.start, "j F Y") if moment.start else ""
        version.remarks.create(
            text=f"{moment.goal.code}: «{moment.text}» stond op {was}. Kies een dag in {version.year}."[:500],
            source_lines=moment.source_lines,
        )
        moment.start, moment.end, moment.certainty = None, None, 0.0
        moment.save(update_fields=["start", "end", "certainty"])
