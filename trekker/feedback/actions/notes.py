"""Writing down what was heard in the room."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trekker.feedback.models import Evaluation, RoomNote
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

NOTED = audit.act("feedback.note_added", "notitie uit de zaal toegevoegd")
CORRECTED = audit.act("feedback.note_corrected", "notitie uit de zaal verbeterd")
REMOVED = audit.act("feedback.note_removed", "notitie uit de zaal verwijderd")


class NotYetHeard(Exception):
    """The day lies in the future."""


@transaction.atomic
def add_note(*, evaluation: Evaluation, text: str, heard_on: date, by: AnyAccount, now: datetime) -> RoomNote:
    """
    Write down what someone of ours heard, also after the evaluation closed; it is never counted.

    :raises NotYetHeard: if the day has not come
    """
    _refuse_future(heard_on, now)
    note = evaluation.notes.create(text=text, heard_on=heard_on, noted_at=now, noted_by=by)
    audit.record(NOTED, evaluation, by=by, at=now)
    return note


@transaction.atomic
def correct_note(*, note: RoomNote, text: str, heard_on: date, by: AnyAccount, now: datetime) -> RoomNote:
    """
    Write a note down differently.

    :raises NotYetHeard: if the day has not come
    """
    _refuse_future(heard_on, now)
    note = RoomNote.objects.select_for_update(of=("self",)).select_related("evaluation").get(pk=note.pk)
    note.text, note.heard_on = text, heard_on
    note.save(update_fields=["text", "heard_on"])
    audit.record(CORRECTED, note.evaluation, by=by, at=now)
    return note


@transaction.atomic
def remove_note(*, note: RoomNote, by: AnyAccount, now: datetime) -> None:
    """Delete a note."""
    audit.record(REMOVED, note.evaluation, by=by, at=now)
    note.delete()


def _refuse_future(heard_on: date, now: datetime) -> None:
    if heard_on > timezone.localdate(now):
        raise NotYetHeard
