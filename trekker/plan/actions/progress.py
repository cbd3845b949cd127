"""How far an action has come: its state, its days, who follows it up, and its log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from trekker.kernel import audit
from trekker.people.models import Account
from trekker.plan.models import Action, Progress, ProgressNote
from trekker.plan.models.progress import STEPS, Step

MOVED = audit.act("plan.progress_moved", "Stand van een actie gewijzigd")
NOTED = audit.act("plan.progress_noted", "Notitie bij een actie")
PLANNED = audit.act("plan.progress_planned", "Planning van een actie gewijzigd")
CORRECTED = audit.act("plan.progress_corrected", "Notitie bij een actie verbeterd")
State = Progress.State
BY_PAIR: dict[tuple[str, str], Step] = {(step.source, step.target): step for step in STEPS}


class ChangedMeanwhile(Exception):
    """Someone else changed it since this reader opened the page; nothing was written."""


class WrongStep(Exception):
    """No step leads from where the action stands to where it should go."""


class NeedsWhy(Exception):
    """The step is taken with a note that says why."""


class NothingToSay(Exception):
    """There is neither a step nor a text."""


class OutOfOrder(Exception):
    """The planned end comes before the planned beginning."""


class CorrectedBefore(Exception):
    """The note was corrected already: the correction is what can be corrected."""


def possible_steps(state: str) -> list[Step]:
    """Give the steps that may be taken from a state, in the order of the table."""
    return [step for step in STEPS if step.source == state]


def _of(action: Action, edition: int) -> Progress:
    """
    Give the progress of an action in its year, locked; the first change makes it.

    :raises ChangedMeanwhile: if it is not the edition that the reader saw
    """
    key: dict[str, Any] = {"thread": action.thread, "year": action.goal.version.year}
    Progress.objects.get_or_create(**key)
    progress = Progress.objects.select_for_update(of=("self",)).get(**key)
    if progress.edition != edition:
        raise ChangedMeanwhile
    progress.edition += 1
    return progress


@transaction.atomic
def note_progress(
    *,
    action: Action,
    edition: int,
    to: str = "",
    text: str = "",
    for_report: bool = False,
    by: Any,
    now: datetime,
) -> ProgressNote:
    """
    Write a note in the log of an action, take a step, or both at once; ``edition`` is what the reader saw.

    :raises ChangedMeanwhile: if someone else changed the action since
    :raises WrongStep: if no step leads to the state asked for
    :raises NeedsWhy: if the step asks for a note and there is none
    :raises NothingToSay: if there is neither a step nor a text
    """
    progress = _of(action, edition)
    text = text.strip()
    if not to and not text:
        raise NothingToSay
    if to:
        step = BY_PAIR.get((progress.state, to))
        if step is None:
            raise WrongStep
        if step.asks_why and not text:
            raise NeedsWhy
    before, progress.state = progress.state, State(to or progress.state)
    progress.save(update_fields=["state", "edition"])
    note = progress.notes.create(
        text=text, moved_to=to, for_report=for_report and bool(text), written_by=by, written_at=now
    )
    if to:
        audit.record(MOVED, action, by=by, at=now, **{"from": before, "to": to})
    else:
        audit.record(NOTED, action, by=by, at=now)
    return note


@transaction.atomic
def plan_action(
    *,
    action: Action,
    edition: int,
    starts_on: date | None,
    ends_on: date | None,
    in_charge: Account | None,
    by: Any,
    now: datetime,
) -> Progress:
    """
    Set when an action should begin and end, and who follows it up.

    :raises ChangedMeanwhile: if someone else changed the action since ``edition``
    :raises OutOfOrder: if the end comes before the beginning
    """
    progress = _of(action, edition)
    if starts_on and ends_on and ends_on < starts_on:
        raise OutOfOrder
    before = {"starts_on": str(progress.starts_on or ""), "ends_on": str(progress.ends_on or "")}
    progress.starts_on, progress.ends_on, progress.in_charge = starts_on, ends_on, in_charge
    progress.save()
    after = {"starts_on": str(starts_on or ""), "ends_on": str(ends_on or "")}
    audit.record(PLANNED, action, by=by, at=now, before=before, after=after)
    return progress


@transaction.atomic
def correct_note(
    *, action: Action, note: ProgressNote, text: str, for_report: bool, by: Any, now: datetime
) -> ProgressNote:
    """
    Correct a note by a next one; the old words stay in the log.

    :raises NothingToSay: if the correction says nothing
    :raises CorrectedBefore: if another correction came first
    """
    if not text.strip():
        raise NothingToSay
    progress = Progress.objects.select_for_update(of=("self",)).get(pk=note.progress_id)
    if ProgressNote.objects.filter(corrects=note).exists():
        raise CorrectedBefore
    correction = progress.notes.create(
        text=text.strip(), for_report=for_report, corrects=note, written_by=by, written_at=now
    )
    audit.record(CORRECTED, action, by=by, at=now, before=note.text, after=correction.text)
    return correction
