"""The regular talk about the plan: start it, write minutes, agree, close it, open it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from trekker.kernel import audit
from trekker.people.models import Account
from trekker.plan.models import Agreement, Meeting, Minute, Plan
from trekker.plan.models.meeting import GENERAL
from trekker.plan.queries.meetings import overview, to_json

STARTED = audit.act("plan.meeting_started", "Overleg gepland")
CHANGED = audit.act("plan.meeting_changed", "Dag of aanwezigen van een overleg gewijzigd")
WRITTEN = audit.act("plan.minute_written", "Verslag van een overleg geschreven")
AGREED = audit.act("plan.agreed", "Afspraak gemaakt of gewijzigd")
SETTLED = audit.act("plan.agreement_settled", "Afspraak afgewerkt")
UNSETTLED = audit.act("plan.agreement_unsettled", "Afspraak weer open")
CLOSED = audit.act("plan.meeting_closed", "Verslag van een overleg afgesloten")
REOPENED = audit.act("plan.meeting_reopened", "Verslag van een overleg heropend")
State = Meeting.State


class IsClosed(Exception):
    """The meeting was closed: open it again, with a reason, before anything changes."""


class IsOpen(Exception):
    """The meeting is open already."""


class DayTaken(Exception):
    """The plan has a meeting on that day already."""


class WrittenMeanwhile(Exception):
    """Someone else changed it since this reader opened the page; nothing was written."""


class ReasonMissing(Exception):
    """Opening again says why."""


class SettledBefore(Exception):
    """The agreement was settled already, or is no task."""


@dataclass(frozen=True)
class About:
    """What something in a meeting is about: the thread of a goal and what it is called."""

    thread: UUID = GENERAL
    label: str = ""


def _open(meeting: Meeting) -> Meeting:
    """
    Lock a meeting that is open.

    :raises IsClosed: if it was closed
    """
    found = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not found.is_open:
        raise IsClosed
    return found


@transaction.atomic
def start_meeting(
    *, plan: Plan, held_on: date, present: Iterable[Account], by: Any, now: datetime
) -> Meeting:
    """
    Plan a meeting on a day.

    :raises DayTaken: if the plan has one on that day
    """
    try:
        with transaction.atomic():
            meeting = plan.meetings.create(held_on=held_on)
    except IntegrityError as error:
        raise DayTaken from error
    meeting.present.set(present)
    audit.record(STARTED, meeting, by=by, at=now)
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, edition: int, held_on: date, present: Iterable[Account], by: Any, now: datetime
) -> Meeting:
    """
    Set another day, or who is present.

    :raises IsClosed: if it was closed
    :raises WrittenMeanwhile: if someone else changed it since ``edition``
    :raises DayTaken: if the plan has another one on that day
    """
    meeting = _open(meeting)
    if meeting.edition != edition:
        raise WrittenMeanwhile
    meeting.held_on, meeting.edition = held_on, edition + 1
    try:
        with transaction.atomic():
            meeting.save(update_fields=["held_on", "edition"])
    except IntegrityError as error:
        raise DayTaken from error
    meeting.present.set(present)
    audit.record(CHANGED, meeting, by=by, at=now, held_on=held_on.isoformat())
    return meeting


@transaction.atomic
def write_minute(
    *, meeting: Meeting, about: About, text: str, edition: int, by: Any, now: datetime
) -> Minute:
    """
    Write what was said about a goal; ``edition`` is what the reader saw, 0 where nothing stood yet.

    :raises IsClosed: if the meeting was closed
    :raises WrittenMeanwhile: if someone else wrote about it since
    """
    meeting = _open(meeting)
    minute = meeting.minutes.filter(thread=about.thread).first()
    if (minute.edition if minute else 0) != edition:
        raise WrittenMeanwhile
    minute = minute or Minute(meeting=meeting, thread=about.thread)
    before, minute.text = minute.text, text.strip()
    minute.label, minute.edition = about.label[:540], edition + 1
    minute.written_by, minute.written_at = by, now
    minute.save()
    audit.record(WRITTEN, meeting, by=by, at=now, about=minute.label, before=before, after=minute.text)
    return minute


@transaction.atomic
def agree(
    *,
    meeting: Meeting,
    about: About,
    text: str,
    owner: Account | None,
    due_on: date | None,
    by: Any,
    now: datetime,
) -> Agreement:
    """
    Note what was decided; with an owner or a day it is a task.

    The same of the same goal once more, as a form that was sent twice says, is what stands already.

    :raises IsClosed: if the meeting was closed
    """
    meeting = _open(meeting)
    said = {"thread": about.thread, "text": text, "owner": owner, "due_on": due_on}
    if same := meeting.agreements.filter(**said, done_at=None).first():
        return same
    agreement = meeting.agreements.create(**said, label=about.label[:540], is_task=bool(owner or due_on))
    audit.record(AGREED, meeting, by=by, at=now, text=text, due_on=str(due_on or ""))
    return agreement


@transaction.atomic
def correct_agreement(
    *,
    agreement: Agreement,
    edition: int,
    text: str,
    owner: Account | None,
    due_on: date | None,
    by: Any,
    now: datetime,
) -> Agreement:
    """
    Correct an agreement while its meeting is open.

    :raises IsClosed: if the meeting was closed
    :raises WrittenMeanwhile: if someone else changed it since ``edition``
    """
    meeting = _open(agreement.meeting)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if agreement.edition != edition:
        raise WrittenMeanwhile
    before = agreement.text
    agreement.text, agreement.owner, agreement.due_on = text, owner, due_on
    agreement.is_task, agreement.edition = bool(owner or due_on), edition + 1
    agreement.save()
    audit.record(AGREED, meeting, by=by, at=now, before=before, text=text, due_on=str(due_on or ""))
    return agreement


@transaction.atomic
def settle_agreement(*, agreement: Agreement, outcome: str = "", by: Any, now: datetime) -> Agreement:
    """
    Say that a task is done or no longer needed, also once its meeting is closed.

    :raises SettledBefore: if it was settled, or is no task
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not agreement.is_to_do:
        raise SettledBefore
    agreement.done_at, agreement.done_by, agreement.outcome = now, by, outcome.strip()
    agreement.edition += 1
    agreement.save()
    audit.record(SETTLED, agreement.meeting, by=by, at=now, text=agreement.text, outcome=agreement.outcome)
    return agreement


@transaction.atomic
def unsettle_agreement(*, agreement: Agreement, by: Any, now: datetime) -> Agreement:
    """Put a task that was settled by mistake back among what is to do."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if agreement.done_at is not None:
        agreement.done_at, agreement.done_by, agreement.outcome = None, None, ""
        agreement.edition += 1
        agreement.save()
        audit.record(UNSETTLED, agreement.meeting, by=by, at=now, text=agreement.text)
    return agreement


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: Any, now: datetime) -> Meeting:
    """
    Close a meeting and keep what its page shows; from now on it is read only.

    :raises IsClosed: if it was closed before
    """
    meeting = _open(meeting)
    meeting.overview = to_json(overview(meeting, timezone.localdate(now)))
    meeting.state, meeting.closed_at, meeting.closed_by = State.CLOSED, now, by
    meeting.save()
    audit.record(CLOSED, meeting, by=by, at=now)
    return meeting


@transaction.atomic
def reopen_meeting(*, meeting: Meeting, because: str, by: Any, now: datetime) -> Meeting:
    """
    Open a closed meeting again.

    :raises IsOpen: if it is open
    :raises ReasonMissing: if it says no reason
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.is_open:
        raise IsOpen
    if not because.strip():
        raise ReasonMissing
    meeting.state, meeting.reopened_because = State.OPEN, because.strip()
    meeting.save(update_fields=["state", "reopened_because"])
    audit.record(REOPENED, meeting, by=by, at=now, because=meeting.reopened_because)
    return meeting
